//! What `asl lint --fix` does with files: links, permissions, files under two names, standard input.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const BROKEN: &str = "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"pass\", \"End\": true}}}\n";
const FIXED: &str = "{\"StartAt\": \"A\", \"States\": {\"A\": {\"Type\": \"Pass\", \"End\": true}}}\n";

fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fixing").join(test);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn command(folder: &Path, arguments: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_asl"));
    command
        .args(arguments.split(' '))
        .current_dir(folder)
        .env("NO_COLOR", "");
    command
}

fn asl(folder: &Path, arguments: &str) -> Output {
    command(folder, arguments).output().unwrap()
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_its_target_is_fixed() {
    let folder = folder("link");
    fs::create_dir(folder.join("shared")).unwrap();
    fs::write(folder.join("shared/flow.json"), BROKEN).unwrap();
    std::os::unix::fs::symlink("shared/flow.json", folder.join("flow.asl.json")).unwrap();
    let output = asl(&folder, "lint flow.asl.json --fix");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(read(&folder, "shared/flow.json"), FIXED);
    assert!(
        fs::symlink_metadata(folder.join("flow.asl.json"))
            .unwrap()
            .is_symlink()
    );
    assert_eq!(names(&folder.join("shared")), ["flow.json"]);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions_and_one_that_cannot_be_written_its_text() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("permissions");
    let file = folder.join("flow.asl.json");
    let set = |mode| fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
    fs::write(&file, BROKEN).unwrap();
    set(0o640);
    assert!(asl(&folder, "lint flow.asl.json --fix").status.success());
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    fs::write(&file, BROKEN).unwrap();
    set(0o440);
    // The superuser may write every file.
    if OpenOptions::new().write(true).open(&file).is_err() {
        let output = asl(&folder, "lint flow.asl.json --fix");
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let message = String::from_utf8(output.stderr).unwrap();
        assert!(message.contains("cannot write `flow.asl.json`"), "{message}");
        assert_eq!(read(&folder, "flow.asl.json"), BROKEN);
    }
    assert_eq!(names(&folder), ["flow.asl.json"]);
}

#[test]
fn a_file_with_two_names_is_fixed_once() {
    let folder = folder("names");
    fs::write(folder.join("a.asl.json"), BROKEN).unwrap();
    fs::hard_link(folder.join("a.asl.json"), folder.join("b.asl.json")).unwrap();
    let output = asl(&folder, "lint a.asl.json b.asl.json --fix");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(read(&folder, "a.asl.json"), FIXED);
    assert_eq!(read(&folder, "b.asl.json"), FIXED);
}

#[test]
fn standard_input_is_written_to_standard_output_also_without_findings() {
    for (text, expected) in [(BROKEN, FIXED), (FIXED, FIXED), ("{", "{")] {
        let mut child = command(&folder("stdin"), "lint - --fix --quiet")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
        assert_eq!(output.status.code(), Some(i32::from(text == "{")));
    }
}

#[test]
fn exit_codes_reflect_remaining_findings_and_pending_changes() {
    let folder = folder("codes");
    let guess = BROKEN.replace(", \"End\": true", "").replace("pass", "Pass");
    for (text, arguments, code) in [
        (BROKEN, "--fix", 0),
        (BROKEN, "--diff", 1),
        (FIXED, "--diff", 0),
        (BROKEN, "--fix-only", 0),
        (guess.as_str(), "--fix", 1),
        (guess.as_str(), "--fix-only", 0),
        (guess.as_str(), "--diff", 0),
        (guess.as_str(), "--diff --unsafe-fixes", 1),
        (guess.as_str(), "--unsafe-fixes", 0),
    ] {
        fs::write(folder.join("flow.asl.json"), text).unwrap();
        let output = asl(&folder, &format!("lint flow.asl.json {arguments}"));
        assert_eq!(
            output.status.code(),
            Some(code),
            "{arguments} of {text}: {output:?}"
        );
        if arguments.starts_with("--diff") {
            assert_eq!(read(&folder, "flow.asl.json"), text);
        }
    }
}
