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

    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> String {
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
fn replays_simulated_histories_without_differences() {
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
fn json_output_conforms_to_its_schema() {
    let schema = include_str!("../../../schemas/replay.schema.json");
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let history = "fixtures/cli/replay/history.json";
    let departs = |definition: &str, more: &[&str]| {
        let args = ["simulate", definition, "--replay", history, "--format", "json"];
        let args: Vec<String> = args.iter().chain(more).map(|&arg| arg.to_owned()).collect();
        let output = asl(&args);
        let value: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let errors: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{definition}: {errors:#?}");
        let departs = value["departs"].as_bool().unwrap();
        assert_eq!(output.status.code(), Some(i32::from(departs)));
        departs
    };
    let same = "fixtures/simulate/a-task-is-retried-then-caught/definition.asl.yaml";
    assert!(!departs(same, &[]));
    assert!(departs(same, &["--input", "[]"]));
    assert!(departs("fixtures/cli/replay/changed.asl.yaml", &[]));
    assert!(departs("fixtures/cli/replay/shorter.asl.yaml", &[]));
}

#[test]
fn replay_uses_the_recorded_results() {
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

/// A Map over tasks and waits, so many at a time.
fn map(at_a_time: usize) -> String {
    format!(
        r#"{{"StartAt": "Each", "States": {{"Each": {{"Type": "Map", "MaxConcurrency": {at_a_time}, "End": true, "ItemProcessor": {{
            "StartAt": "Call", "States": {{
                "Call": {{"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {{"FunctionName": "f", "Payload.$": "$"}}, "OutputPath": "$.Payload", "Next": "Rest"}},
                "Rest": {{"Type": "Wait", "SecondsPath": "$", "End": true}}}}}}}}}}}}"#
    )
}

#[test]
fn threads_may_interleave_differently() {
    let scratch = Scratch::new("replay-threads");
    let one = scratch.write("one.asl.json", map(1).as_bytes());
    let three = scratch.write("three.asl.json", map(3).as_bytes());
    let answer = r#"Call={% {"Payload": 10 - $arguments.Payload} %}"#;
    let simulate = |args: &[&str]| asl(&args.iter().map(ToString::to_string).collect::<Vec<_>>());
    let recorded = simulate(&[
        "simulate",
        &one,
        "--input",
        "[1,2,3,4,5]",
        "--mock",
        answer,
        "--format",
        "history",
    ]);
    let recorded = String::from_utf8(recorded.stdout).unwrap();
    let history = scratch.write("history.json", recorded.as_bytes());
    let same = simulate(&["simulate", &three, "--replay", &history]);
    let text = String::from_utf8_lossy(&same.stdout);
    assert_eq!(same.status.code(), Some(0), "{text}");
    // An answer that the recording changes changes what comes after it, in this thread and at the end.
    let other = recorded.replace(r#"{\"Payload\":7}"#, r#"{\"Payload\":70}"#);
    assert_ne!(other, recorded);
    let history = scratch.write("other.json", other.as_bytes());
    let departs = simulate(&["simulate", &three, "--replay", &history]);
    let text = String::from_utf8_lossy(&departs.stdout);
    assert_eq!(departs.status.code(), Some(1), "{text}");
    assert!(text.contains("diverged at state `Call`"), "{text}");
    assert!(text.contains("70"), "{text}");
}
