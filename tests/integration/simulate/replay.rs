//! `--replay`: an execution against its recording.

use super::{arguments, asl, folders, root, with_format};
use std::path::{Path, PathBuf};

/// A folder that is gone after the test.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("asl-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    pub(super) fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// The arguments that replay a history of a folder's definition; its mocks have the objects and the children.
fn replaying(folder: &Path, history: &str) -> Vec<String> {
    let mut args = arguments(folder, "mocks.yaml");
    if let Some(at) = args.iter().position(|arg| arg == "--input") {
        args.drain(at..at + 2);
    }
    args.extend(["--replay".to_owned(), history.to_owned()]);
    args
}

#[test]
fn what_was_simulated_replays_as_it_was() {
    let scratch = Scratch::new("replay");
    let all = ["fixtures/simulate", "fixtures/definitions"]
        .map(folders)
        .concat();
    for folder in all {
        // Other arguments stop executions early, or run many.
        if root().join(&folder).join("args").exists() {
            continue;
        }
        let history = asl(&with_format(arguments(&folder, "mocks.yaml"), "history"));
        let history = scratch.write("history.json", &history.stdout);
        let output = asl(&replaying(&folder, &history));
        assert_eq!(
            output.status.code(),
            Some(0),
            "{}: {}{}",
            folder.display(),
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

#[test]
fn another_answer_is_what_the_recording_says() {
    let scratch = Scratch::new("replay-answers");
    let folder = Path::new("fixtures/simulate/a-task-is-retried-then-caught");
    let history = asl(&with_format(arguments(folder, "mocks.yaml"), "history")).stdout;
    let history = String::from_utf8(history).unwrap();
    let other = scratch.write("history.json", history.replace("no funds", "expired").as_bytes());
    let mut args = replaying(folder, &other);
    args.extend(["--format".to_owned(), "history".to_owned()]);
    let output = asl(&args);
    assert_eq!(output.status.code(), Some(0));
    let today = String::from_utf8(output.stdout).unwrap();
    assert!(today.contains("expired") && !today.contains("no funds"));
}
