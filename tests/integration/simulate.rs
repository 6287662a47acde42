//! `asl simulate`: each folder of fixtures/simulate is a definition and what must come out of it.

mod limits;
mod measured;
mod mocks;
mod proofs;
mod replay;
mod samples;
mod summaries;
mod tests;

use crate::completions::assert_fresh;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// What can come out, and the arguments that ask for it.
const RESULTS: [(&str, &str); 5] = [
    ("timeline.txt", "text"),
    ("summary.json", "json"),
    ("history.json", "history"),
    ("distribution.txt", "text"),
    ("distribution.json", "json"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs asl in an environment that is the same everywhere.
fn asl(args: &[String]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_asl"))
        .args(args)
        .current_dir(root())
        .env_clear()
        .env("LANG", "C.UTF-8")
        .env("COLUMNS", "80")
        .output()
        .unwrap()
}

fn folders(of: &str) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(root().join(of)).unwrap();
    let mut folders: Vec<PathBuf> = folders
        .map(|e| Path::new(of).join(e.unwrap().file_name()))
        .filter(|p| root().join(p).is_dir())
        .collect();
    folders.sort();
    folders
}

/// The arguments that simulate a folder's definition with its input, and with these mocks where they are there.
fn arguments(folder: &Path, mocks: &str) -> Vec<String> {
    let file = |name: &str| {
        let path = folder.join(name);
        root()
            .join(&path)
            .exists()
            .then(|| path.to_str().unwrap().replace('\\', "/"))
    };
    let definition = file("definition.asl.yaml").or_else(|| file("definition.asl.json"));
    let mut args = vec!["simulate".to_owned(), definition.unwrap()];
    if let Some(input) = file("input.json") {
        args.extend(["--input".to_owned(), input]);
    }
    if let Some(mocks) = file(mocks) {
        args.extend(["--mocks".to_owned(), mocks]);
    }
    if let Some(more) = file("args") {
        let more = std::fs::read_to_string(root().join(more)).unwrap();
        args.extend(more.split_whitespace().map(str::to_owned));
    }
    args
}

fn with_format(mut args: Vec<String>, format: &str) -> Vec<String> {
    args.extend(["--format".to_owned(), format.to_owned()]);
    args
}

#[test]
fn output_matches_the_expected_files() {
    let mut compared = 0;
    for folder in folders("fixtures/simulate") {
        for (name, format) in RESULTS {
            let path = folder.join(name);
            if !root().join(&path).exists() {
                continue;
            }
            let output = asl(&with_format(arguments(&folder, "mocks.yaml"), format));
            assert!(
                output.stderr.is_empty(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
            assert_fresh(path.to_str().unwrap(), &String::from_utf8(output.stdout).unwrap());
            compared += 1;
        }
    }
    assert!(compared > 10, "{compared}");
}

#[test]
fn realistic_state_machines_have_readable_timelines() {
    for folder in folders("fixtures/definitions") {
        for mocks in std::fs::read_dir(root().join(&folder)).unwrap() {
            let mocks = mocks.unwrap().file_name().into_string().unwrap();
            let Some(run) = mocks
                .strip_prefix("mocks.")
                .and_then(|rest| rest.strip_suffix("yaml"))
            else {
                continue;
            };
            let output = asl(&arguments(&folder, &mocks));
            assert!(
                output.stderr.is_empty(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
            let name = folder.file_name().unwrap().to_str().unwrap();
            let name = format!("{name}-{}", run.trim_end_matches('.'));
            insta::with_settings!({ snapshot_path => "snapshots/simulate", omit_expression => true, prepend_module_to_snapshot => false }, {
                insta::assert_snapshot!(name.trim_end_matches('-'), String::from_utf8(output.stdout).unwrap());
            });
        }
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let folder = Path::new("fixtures/simulate/many-runs-with-jitter");
    let run = |seed: &str| {
        let mut args = arguments(folder, "mocks.yaml");
        args.extend(["--seed".to_owned(), seed.to_owned()]);
        asl(&args).stdout
    };
    assert_eq!(run("5"), run("5"));
    assert_ne!(run("5"), run("500"));
}

#[test]
fn a_repeated_run_equals_the_run_with_its_seed() {
    let folder = Path::new("fixtures/simulate/many-runs-with-jitter");
    let many = asl(&with_format(arguments(folder, "mocks.yaml"), "json"));
    let many: serde_json::Value = serde_json::from_slice(&many.stdout).unwrap();
    let first = &many["failures"][0];
    let once = Command::new(env!("CARGO_BIN_EXE_asl"))
        .args([
            "simulate",
            "fixtures/simulate/many-runs-with-jitter/definition.asl.yaml",
        ])
        .args(["--mocks", "fixtures/simulate/many-runs-with-jitter/mocks.yaml"])
        .args(["--format", "json", "--seed", &first["seed"].to_string()])
        .current_dir(root())
        .output()
        .unwrap();
    assert_eq!(once.status.code(), Some(1));
    let once: serde_json::Value = serde_json::from_slice(&once.stdout).unwrap();
    for (one, of_many) in [
        ("status", "status"),
        ("error", "error"),
        ("failed_state", "state"),
    ] {
        assert_eq!(once[one], first[of_many]);
    }
}

/// An array of so many numbers.
fn many_items(n: usize) -> String {
    let items: Vec<String> = (0..n).map(|i| i.to_string()).collect();
    format!("[{}]", items.join(","))
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    for format in ["text", "json", "history"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_asl"))
            .args([
                "simulate",
                "fixtures/simulate/a-long-map-three-at-a-time/definition.asl.yaml",
            ])
            .args(["--input", "-", "--format", format])
            .current_dir(root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // Closed before the first byte can come: the input is not there yet.
        drop(child.stdout.take());
        child
            .stdin
            .take()
            .unwrap()
            .write_all(many_items(2000).as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{format}");
        assert_eq!(output.status.code(), Some(0), "{format}");
    }
}

#[test]
fn summarizes_long_maps() {
    let definition = "fixtures/simulate/a-long-map-three-at-a-time/definition.asl.yaml";
    let items = many_items(10_000);
    let args = ["simulate", definition, "--limits", "off", "--input", &items].map(str::to_owned);
    let text = String::from_utf8(asl(&args).stdout).unwrap();
    assert!(text.contains("9,997 more iterations: 9,997 succeeded"), "{text}");
    assert!(text.lines().count() < 80, "{text}");
}

#[test]
fn reports_an_input_above_the_quota() {
    let scratch = replay::Scratch::new("large-input");
    let input = scratch.write("input.json", format!("\"{}\"", "x".repeat(262_143)).as_bytes());
    let definition = "fixtures/definitions/hello-world/definition.asl.json";
    let run = |more: &[&str]| {
        let args = ["simulate", definition, "--input", &input, "--format", "json"];
        asl(&args
            .iter()
            .chain(more)
            .map(|&arg| arg.to_owned())
            .collect::<Vec<_>>())
    };
    let refused = run(&[]);
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("is 262145 bytes long; the maximum is 262144"),
        "{said}"
    );
    assert!(
        run(&["--limits", "off"])
            .status
            .code()
            .is_some_and(|code| code < 2)
    );
}
