//! `asl test --generate`: the suites of the project's own definitions cover them, and pass.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs `asl test`.
fn asl_test(args: &[&str]) -> Output {
    let mut command = Command::new(trycmd::cargo::cargo_bin("asl"));
    command
        .arg("test")
        .args(args)
        .env("NO_COLOR", "1")
        .env_remove("CI");
    command.output().unwrap()
}

/// A folder that is removed with its value.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

#[test]
fn generated_suites_cover_every_definition_and_pass() {
    let folder = Folder(std::env::temp_dir().join(format!("asl-generate-{}", std::process::id())));
    fs::create_dir_all(&folder.0).unwrap();
    let definitions = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/definitions");
    for entry in fs::read_dir(definitions).unwrap() {
        let definition = entry.unwrap().path().join("definition.asl.json");
        if !definition.exists() {
            continue;
        }
        let name = definition
            .parent()
            .unwrap()
            .file_name()
            .unwrap()
            .to_str()
            .unwrap();
        let suite = folder.0.join(format!("{name}.asl-test.yaml"));
        let args = [
            "--generate",
            definition.to_str().unwrap(),
            "-o",
            suite.to_str().unwrap(),
        ];
        let generated = asl_test(&args);
        assert!(
            generated.status.success(),
            "{name}: {}",
            String::from_utf8_lossy(&generated.stderr)
        );
        // An existing file is not overwritten.
        assert_eq!(asl_test(&args).status.code(), Some(2));
    }
    let run = asl_test(&[
        folder.0.to_str().unwrap(),
        "--no-config",
        "--fail-under",
        "states=85,transitions=80",
    ]);
    let printed = String::from_utf8_lossy(&run.stdout);
    assert!(
        run.status.success(),
        "{printed}\n{}",
        String::from_utf8_lossy(&run.stderr)
    );
}
