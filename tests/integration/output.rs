//! Output files: no file that a command reads is overwritten, and no old output is lost when a command fails.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const FLOW: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}"#;

/// A definition that starts an execution of another state machine.
const PARENT: &str = r#"{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
  "Parameters": {"StateMachineArn": "arn:aws:states:us-east-1:111122223333:stateMachine:other"}, "End": true}}}"#;

/// A folder with files of all kinds that commands read.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("output").join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(folder.join("histories")).unwrap();
    let template = "Resources:\n  F:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n      DefinitionUri: flow.json\n";
    let terraform =
        "resource \"aws_sfn_state_machine\" \"f\" {\n  definition = templatefile(local.path, {})\n}\n";
    let mocks = "objects:\n  s3://bucket/key: { file: object.txt }\nchildren:\n  other: child.asl.json\n";
    let files = [
        ("machine.asl.json", PARENT),
        ("old.asl.json", FLOW),
        ("child.asl.json", FLOW),
        ("flow.json", FLOW),
        ("template.yaml", template),
        ("main.tf", terraform),
        ("locals.tf", "locals {\n  path = \"flow.json\"\n}\n"),
        ("mocks.yaml", mocks),
        ("object.txt", "object"),
        ("input.json", "{}"),
        ("asl.toml", ""),
        ("other.toml", ""),
        ("assume.yaml", "version: 1\n"),
    ];
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
    fs::hard_link(folder.join("machine.asl.json"), folder.join("link.json")).unwrap();
    fs::hard_link(folder.join("flow.json"), folder.join("flow-link.json")).unwrap();
    let history = asl(
        &folder,
        "simulate machine.asl.json --format history -o histories/one.json",
    );
    assert!(history.status.success(), "{history:?}");
    folder
}

fn asl(folder: &Path, arguments: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_asl"));
    command
        .args(arguments.split(' '))
        .current_dir(folder)
        .env("NO_COLOR", "");
    command.output().unwrap()
}

#[test]
fn no_file_that_was_read_is_overwritten() {
    let folder = folder("inputs");
    let cases = [
        ("lint machine.asl.json -o", "link.json"),
        ("lint machine.asl.json -o", "asl.toml"),
        ("lint machine.asl.json --config other.toml -o", "other.toml"),
        ("lint template.yaml -o", "flow.json"),
        ("lint template.yaml -o", "flow-link.json"),
        ("lint main.tf -o", "flow.json"),
        ("lint main.tf -o", "locals.tf"),
        ("graph machine.asl.json -o", "link.json"),
        ("graph template.yaml -o", "flow.json"),
        ("graph main.tf -o", "flow.json"),
        ("graph machine.asl.json --diff old.asl.json -o", "old.asl.json"),
        (
            "graph machine.asl.json --history histories/one.json -o",
            "histories/one.json",
        ),
        ("cost template.yaml -o", "flow.json"),
        ("cost machine.asl.json --mocks mocks.yaml -o", "mocks.yaml"),
        ("cost machine.asl.json --mocks mocks.yaml -o", "object.txt"),
        ("cost machine.asl.json --mocks mocks.yaml -o", "child.asl.json"),
        ("cost machine.asl.json --input input.json -o", "input.json"),
        ("cost machine.asl.json --diff old.asl.json -o", "old.asl.json"),
        ("cost machine.asl.json --assume assume.yaml -o", "assume.yaml"),
        (
            "cost machine.asl.json --history histories -o",
            "histories/one.json",
        ),
        ("simulate template.yaml -o", "flow.json"),
        ("simulate machine.asl.json --mocks mocks.yaml -o", "object.txt"),
        (
            "simulate machine.asl.json --mocks mocks.yaml -o",
            "child.asl.json",
        ),
        (
            "simulate machine.asl.json --mocks mocks.yaml --report",
            "object.txt",
        ),
        ("simulate machine.asl.json --report", "link.json"),
        (
            "simulate machine.asl.json --repeat 2 --input input.json -o",
            "input.json",
        ),
        (
            "simulate machine.asl.json --replay histories/one.json -o",
            "histories/one.json",
        ),
    ];
    for (command, victim) in cases {
        let before = fs::read(folder.join(victim)).unwrap();
        let output = asl(&folder, &format!("{command} {victim}"));
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{command} {victim}: {output:?}");
        assert!(
            message.contains(&format!("output file `{victim}` is also an input")),
            "{command} {victim}: {message}"
        );
        assert_eq!(
            fs::read(folder.join(victim)).unwrap(),
            before,
            "{command} {victim}"
        );
    }
    assert_eq!(temporary_files(&folder), 0);
}

#[test]
fn rejects_two_outputs_to_one_file() {
    let folder = folder("two");
    for (report, file) in [
        ("x.html", "x.html"),
        ("x.html", "./x.html"),
        ("histories/../x.html", "x.html"),
    ] {
        let output = asl(
            &folder,
            &format!("simulate machine.asl.json --report {report} -o {file}"),
        );
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(
            message.contains("--output and --report both write to"),
            "{message}"
        );
        assert!(!folder.join("x.html").exists());
    }
}

#[test]
fn an_old_output_stays_until_the_new_one_is_complete() {
    let folder = folder("old");
    fs::write(folder.join("report.txt"), "old").unwrap();
    let failed = asl(
        &folder,
        "graph machine.asl.json --format mermaid --diff absent.json -o report.txt",
    );
    assert_eq!(failed.status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.join("report.txt")).unwrap(), "old");
    let done = asl(&folder, "graph machine.asl.json --format mermaid -o report.txt");
    assert!(done.status.success(), "{done:?}");
    assert!(
        fs::read_to_string(folder.join("report.txt"))
            .unwrap()
            .contains("flowchart")
    );
    assert_eq!(temporary_files(&folder), 0);
    let absent = asl(
        &folder,
        "graph machine.asl.json --format mermaid -o absent/report.txt",
    );
    assert_eq!(absent.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn an_output_through_a_link_replaces_the_target() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder("link");
    fs::write(folder.join("report.txt"), "old").unwrap();
    fs::set_permissions(folder.join("report.txt"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("report.txt", folder.join("symbolic.txt")).unwrap();
    let done = asl(&folder, "graph machine.asl.json --format mermaid -o symbolic.txt");
    assert!(done.status.success(), "{done:?}");
    assert!(folder.join("symbolic.txt").is_symlink());
    assert!(
        fs::read_to_string(folder.join("report.txt"))
            .unwrap()
            .contains("flowchart")
    );
    let mode = fs::metadata(folder.join("report.txt"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
    let device = asl(&folder, "graph machine.asl.json --format mermaid -o /dev/stdout");
    assert!(
        String::from_utf8_lossy(&device.stdout).contains("flowchart"),
        "{device:?}"
    );
}

fn temporary_files(folder: &Path) -> usize {
    let names = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    names
        .filter(|name| name.to_string_lossy().ends_with(".tmp"))
        .count()
}
