//! `asl test` with files that it writes, and the suites of the project's own definitions.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder that is removed with its value.
struct Folder(PathBuf);

impl Folder {
    /// A folder with a copy of the suite of orders.
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("asl-suites-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        for file in ["orders.asl.json", "order.json", "mocks.yaml"] {
            fs::copy(fixture(file), path.join(file)).unwrap();
        }
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    fn asl<S: AsRef<OsStr>>(&self, args: &[S]) -> Run {
        self.asl_with(args, &[])
    }

    fn asl_with<S: AsRef<OsStr>>(&self, args: &[S], env: &[(&str, &str)]) -> Run {
        let mut command = Command::new(trycmd::cargo::cargo_bin("asl"));
        command.current_dir(&self.0).arg("test").args(args);
        command
            .env_remove("CI")
            .env("NO_COLOR", "1")
            .envs(env.iter().copied());
        Run::of(command.output().unwrap())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// What a run printed, and its exit code.
#[derive(Debug)]
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/suites/orders")
        .join(name)
}

const SUITE: &str = "machine: orders.asl.json\nmocks: mocks.yaml\ncases:\n  - name: story\n    input: order.json\n    snapshot: true\n";

#[test]
fn the_suites_of_the_definitions_pass() {
    let mut command = Command::new(trycmd::cargo::cargo_bin("asl"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1");
    let run = Run::of(command.args(["test", "fixtures/definitions"]).output().unwrap());
    assert_eq!(run.code, Some(0), "{run:?}");
    assert!(!run.err.contains("error"), "{}", run.err);
}

#[test]
fn snapshots_are_written_checked_and_updated() {
    let folder = Folder::new("snapshots");
    folder.write("a.asl-test.yaml", SUITE);
    let run = folder.asl_with(&[] as &[&str], &[("CI", "true")]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.out.contains("missing snapshot"), "{run:?}");
    let run = folder.asl(&[] as &[&str]);
    assert_eq!(run.code, Some(0), "{run:?}");
    let stored = folder.read("a.asl-test.yaml.snap");
    assert!(stored.contains("=== story\nstatus: SUCCEEDED\n"), "{stored}");
    assert_eq!(folder.asl_with(&[] as &[&str], &[("CI", "true")]).code, Some(0));
    folder.write("mocks.yaml", "states: {Charge: {throw: {error: Card.Declined}}}");
    let run = folder.asl(&[] as &[&str]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(run.out.contains("--update-snapshots"), "{run:?}");
    folder.write("a.asl-test.yaml", &SUITE.replace("story", "tale"));
    assert_eq!(
        folder.asl_with(&["--update-snapshots"], &[("CI", "1")]).code,
        Some(0)
    );
    let stored = folder.read("a.asl-test.yaml.snap");
    assert!(
        stored.contains("=== tale\n") && !stored.contains("story"),
        "{stored}"
    );
}

#[test]
fn recorded_executions_are_appended_and_comments_stay() {
    let folder = Folder::new("record");
    let history = fixture("histories/a-paid-order.json");
    let before = "# ours\nmachine: orders.asl.json # the shop\ncases:\n    # first\n    - name: a\n      unmocked: sample\n      input: {order: {}} # empty\n    # last\n";
    folder.write("a.asl-test.yaml", before);
    let args = [
        "--record".as_ref(),
        history.as_os_str(),
        "--suite".as_ref(),
        "a.asl-test.yaml".as_ref(),
    ];
    for _ in 0..2 {
        let run = folder.asl(&args);
        assert_eq!(run.code, Some(0), "{run:?}");
    }
    let text = folder.read("a.asl-test.yaml");
    assert!(text.starts_with(before), "{text}");
    assert!(text.contains("    - name: a-paid-order 2\n"), "{text}");
    let run = folder.asl(&["a.asl-test.yaml"]);
    assert_eq!(
        (run.code, run.out.contains("3 passed")),
        (Some(0), true),
        "{run:?}"
    );
    folder.write(
        "b.asl-test.json",
        "{\n  \"machine\": \"orders.asl.json\",\n  \"cases\": []\n}\n",
    );
    let args = [
        "--record".as_ref(),
        history.as_os_str(),
        "--suite".as_ref(),
        "b.asl-test.json".as_ref(),
    ];
    let run = folder.asl(&args);
    assert_eq!(run.code, Some(0), "{run:?}");
    assert_eq!(folder.asl(&["b.asl-test.json"]).code, Some(0));
}

#[test]
fn a_mock_config_becomes_a_suite() {
    let folder = Folder::new("import");
    let config = fixture("../MockConfigFile.json");
    let args = [
        "--import".as_ref(),
        config.as_os_str(),
        "--mock-machine".as_ref(),
        "Orders=orders.asl.json".as_ref(),
        "--input".as_ref(),
        "order.json".as_ref(),
        "--suite".as_ref(),
        OsStr::new("imported.asl-test.yaml"),
    ];
    let run = folder.asl(&args);
    assert_eq!(run.code, Some(0), "{run:?}");
    let run = folder.asl(&["imported.asl-test.yaml"]);
    assert_eq!(
        (run.code, run.out.contains("4 passed")),
        (Some(0), true),
        "{run:?}"
    );
    let run = folder.asl(&args);
    assert_eq!(run.code, Some(2), "{run:?}");
}

#[test]
fn reports_are_the_same_for_any_number_of_threads_and_shards() {
    let folder = Folder::new("threads");
    let suite = fixture("");
    let run = |args: &[&str]| {
        let all = [&[suite.to_str().unwrap(), "--format", "json", "--coverage"], args].concat();
        folder.asl(&all).out
    };
    let whole = run(&["--threads", "1"]);
    assert_eq!(run(&["--threads", "4"]), whole);
    let shards = ["1/3", "2/3", "3/3"].map(|shard| {
        let name = format!("{}.json", shard.replace('/', "-"));
        folder.write(&name, &run(&["--shard", shard]));
        name
    });
    let merge = folder.asl(
        &[
            &["--merge"],
            shards.each_ref().map(String::as_str).as_slice(),
            &["--format", "json"],
        ]
        .concat(),
    );
    assert_eq!(merge.code, Some(0), "{merge:?}");
    assert_eq!(merge.out, whole);
    let reversed = ["--merge", &shards[2], &shards[0], &shards[1], "--format", "json"];
    assert_eq!(folder.asl(&reversed).out, whole);
}

#[cfg(unix)]
#[test]
fn cases_are_sent_to_aws_through_its_cli() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("aws");
    let cases = "machine: orders.asl.json\nmocks: mocks.yaml\ncases:\n  - name: paid\n    input: order.json\n  - name: alone\n    state: Charge\n    input: order.json\n    mock: {errorOutput: {error: Gateway.Busy}}\n    expect: {backoff: 2}\n";
    folder.write("a.asl-test.yaml", cases);
    let path = |folder: &Path| {
        format!(
            "{}:{}",
            folder.display(),
            std::env::var_os("PATH").unwrap_or_default().to_string_lossy()
        )
    };
    let run = folder.asl_with(&["--on", "aws"], &[("PATH", "/nonexistent")]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(run.err.contains("requires the AWS CLI"), "{run:?}");
    let asl = trycmd::cargo::cargo_bin("asl");
    let fake = |edit: &str| {
        let script = format!(
            "#!/bin/sh\nwhile [ $# -gt 0 ]; do case $1 in --cli-input-json) printf %s \"$2\" > request.json;; esac; shift; done\n[ -f request.json ] || exit 0\n'{}' test-state --request request.json {edit}\nexit 0\n",
            asl.display()
        );
        folder.write("aws", &script);
        fs::set_permissions(folder.0.join("aws"), fs::Permissions::from_mode(0o755)).unwrap();
    };
    fake("");
    let run = folder.asl_with(&["--on", "aws"], &[("PATH", &path(&folder.0))]);
    assert_eq!(run.code, Some(0), "{run:?}");
    fake("| sed s/r-17/r-18/g");
    let run = folder.asl_with(&["--on", "aws"], &[("PATH", &path(&folder.0))]);
    assert_eq!(run.code, Some(1), "{run:?}");
    assert!(
        run.out.contains("the output of `Charge` differs on AWS"),
        "{run:?}"
    );
}

#[test]
fn json_reports_have_the_shape_of_their_schema() {
    let text = include_str!("../../schemas/test-report.schema.json");
    let schema: serde_json::Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let mut command = Command::new(trycmd::cargo::cargo_bin("asl"));
    let suites = ["orders", "failing", "template"].map(|name| format!("fixtures/suites/{name}"));
    command
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["test", "--coverage", "--format", "json"])
        .args(suites);
    let run = Run::of(command.output().unwrap());
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&report)
        .map(|error| format!("{error}"))
        .collect();
    assert_eq!(errors, [""; 0]);
    assert_eq!(report["summary"]["failed"], 5);
    assert_eq!(report["coverage"]["machines"].as_array().unwrap().len(), 2);
}

#[test]
fn files_of_cases_are_relative_to_where_they_are_named() {
    let folder = Folder::new("each");
    fs::create_dir_all(folder.0.join("cases")).unwrap();
    folder.write("cases/bare.json", r#"{"order": {"id": 1}}"#);
    folder.write("cases/text.json", r#""just text""#);
    folder.write(
        "cases/v1.2.json",
        r#"{"input": "../order.json", "mocks": "own.yaml", "expect": {"caught-by": "Charge"}}"#,
    );
    folder.write(
        "cases/own.yaml",
        "states: {Charge: {throw: {error: Card.Declined}}}",
    );
    let suite = "machine: orders.asl.json\ncases:\n  - each: cases/*.json\n    mocks: mocks.yaml\n    expect: {status: SUCCEEDED}\n";
    folder.write("a.asl-test.yaml", suite);
    let run = folder.asl(&["--verbose"]);
    for line in ["passed  bare", "passed  v1.2"] {
        assert!(run.out.contains(line), "{run:?}");
    }
    // A string is an input, but has no field `order`.
    assert!(run.out.contains("failed  text"), "{run:?}");
    folder.write(
        "cases/wrong.json",
        r#"{"input": {}, "expect": {"status": "FAILED"}, "moks": {}}"#,
    );
    let run = folder.asl(&[] as &[&str]);
    assert_eq!(run.code, Some(2), "{run:?}");
    assert!(
        run.err.contains("cases/wrong.json:1:") && run.err.contains("unknown key `moks`"),
        "{run:?}"
    );
}

#[test]
fn placeholders_are_constants_and_substitutions_replace_them() {
    let folder = Folder::new("placeholders");
    folder.write(
        "topic.asl.yaml",
        "QueryLanguage: JSONata\nStartAt: Send\nStates:\n  Send:\n    Type: Task\n    Resource: arn:aws:states:::sns:publish\n    Arguments:\n      TopicArn: ${Topic}\n      Message: ${Count} messages\n    TimeoutSeconds: ${Limit}\n    End: true\n",
    );
    let suite = |substitutions: &str, topic: &str, message: &str, more: &str| {
        format!(
            "machine: topic.asl.yaml\n{substitutions}mocks: {{ states: {{ Send: {{ duration: 10s, return: 1 }} }} }}\ncases:\n  - name: a\n    expect:\n      calls: {{ Send: [{{ TopicArn: \"{topic}\", Message: \"{message}\" }}] }}\n{more}"
        )
    };
    folder.write("a.asl-test.yaml", &suite("", "${Topic}", "${Count} messages", ""));
    folder.write(
        "b.asl-test.yaml",
        &suite(
            "substitutions: { Topic: arn:t, Count: 3, Limit: 5 }\n",
            "arn:t",
            "3 messages",
            "      error: States.Timeout\n",
        ),
    );
    let run = folder.asl(&[] as &[&str]);
    assert_eq!(run.code, Some(0), "{run:?}");
}
