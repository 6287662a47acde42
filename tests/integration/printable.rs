//! Characters that change how the text around them is shown, in every format of every command: none is printed raw, and
//! JSON keeps them.

use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Bidirectional controls, C1 controls, and U+007F.
const CONTROLS: &str =
    "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{7f}\u{80}\u{85}\u{9b}\u{9f}";

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(trycmd::cargo::cargo_bin("asl"))
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "")
        .output()
        .unwrap()
}

/// Runs a command and checks what it prints on both streams. Returns its standard output.
fn printed(folder: &Path, args: &[&str]) -> String {
    let Output { stdout, stderr, .. } = run(folder, args);
    for stream in [&stdout, &stderr] {
        let text = std::str::from_utf8(stream).unwrap();
        let raw: String = text.chars().filter(|c| CONTROLS.contains(*c)).collect();
        assert!(
            raw.is_empty(),
            "{args:?} prints {raw:?}:\n{}",
            text.escape_debug()
        );
    }
    String::from_utf8(stdout).unwrap()
}

/// A folder with a definition, a template, and a mock file that contain the characters everywhere.
fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("asl-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let name = |text: &str| format!("{text}{CONTROLS}");
    let definition = json!({
        "Comment": name("about"),
        "StartAt": name("Pass"),
        "States": {
            name("Pass"): {"Type": "Pass", "Result": {name("key"): name("value")}, "Next": name("Choice")},
            name("Choice"): {
                "Type": "Choice",
                "Choices": [{"Variable": "$.x", "StringEquals": name("x"), "Next": name("Task")}],
                "Default": name("Task"),
            },
            name("Task"): {
                "Type": "Task",
                "Resource": "arn:aws:states:::lambda:invoke",
                "Parameters": {"FunctionName": name("f")},
                "Catch": [{"ErrorEquals": ["States.ALL"], "Next": name("Fail")}],
                "End": true,
            },
            name("Fail"): {"Type": "Fail", "Error": name("Error"), "Cause": name("cause")},
        },
    });
    let mut wrong = definition.clone();
    wrong["States"][name("Pass")][name("Field")] = json!(1);
    wrong["States"][name("Task")]["Next"] = json!(name("Gone"));
    let text = |value: &Value| serde_json::to_string_pretty(value).unwrap();
    let template = json!({"Resources": {name("Flow"): {
        "Type": "AWS::StepFunctions::StateMachine",
        "Properties": {"RoleArn": "r", "Definition": definition},
    }}});
    let write = |file: &str, text: String| std::fs::write(folder.join(file), text).unwrap();
    write("flow.asl.json", text(&definition));
    write("wrong.asl.json", text(&wrong));
    write("template.json", text(&template));
    write(
        "broken.asl.json",
        format!("{{\"StartAt\": {CONTROLS}, \"{CONTROLS}\": 'x'"),
    );
    write("broken.asl.yaml", format!("StartAt: {CONTROLS}\n{CONTROLS}: [\n"));
    folder
}

#[test]
fn no_format_of_any_command_prints_controls() {
    let folder = folder("controls");
    let folder = folder.as_path();
    let file_name = format!("named{CONTROLS}.asl.json");
    if std::fs::write(folder.join(&file_name), "{\"StartAt\": 1}").is_ok() {
        printed(folder, &["lint", &file_name]);
    }
    for format in ["text", "json", "sarif", "github", "junit", "compact", "aws"] {
        printed(folder, &["lint", ".", "--format", format]);
    }
    for format in ["text", "json"] {
        printed(folder, &["list", "--format", format]);
        printed(
            folder,
            &[
                "eval",
                &format!("{{% '{CONTROLS}' & $undefined_{CONTROLS}() %}}"),
                "--format",
                format,
            ],
        );
        printed(folder, &["eval", &format!("$.{CONTROLS}["), "--format", format]);
    }
    for format in ["mermaid", "dot", "svg", "html", "ascii", "json"] {
        printed(folder, &["graph", "flow.asl.json", "--format", format]);
        printed(folder, &["graph", "wrong.asl.json", "--lint", "--format", format]);
    }
    let fail = format!("Task{CONTROLS}=Error{CONTROLS}:cause{CONTROLS}");
    for format in ["text", "json", "history"] {
        printed(
            folder,
            &[
                "simulate",
                "flow.asl.json",
                "--force",
                "--fail",
                &fail,
                "--format",
                format,
            ],
        );
    }
    printed(
        folder,
        &[
            "simulate",
            "flow.asl.json",
            "--force",
            "--fail",
            &fail,
            "--verbose",
        ],
    );
    printed(
        folder,
        &[
            "simulate",
            "flow.asl.json",
            "--force",
            "--fail",
            &fail,
            "--repeat",
            "2",
        ],
    );
    printed(folder, &["simulate", "flow.asl.json", "--force"]);
    printed(
        folder,
        &["simulate", "flow.asl.json", "--force", "--scaffold", "-"],
    );
    printed(folder, &["simulate", "wrong.asl.json"]);
    for format in ["text", "json", "csv", "markdown"] {
        printed(
            folder,
            &[
                "cost",
                "flow.asl.json",
                "--force",
                "--format",
                format,
                "--services",
            ],
        );
    }
    printed(folder, &["cost", "flow.asl.json", "--force", "--scaffold", "-"]);
    let state = format!("Pass{CONTROLS}");
    printed(
        folder,
        &[
            "test-state",
            "flow.asl.json",
            "--state",
            &state,
            "--inspection-level",
            "TRACE",
        ],
    );
    printed(folder, &["test-state", "flow.asl.json", "--state", CONTROLS]);
}

#[test]
fn json_keeps_controls() {
    let folder = folder("kept");
    let folder = folder.as_path();
    let parsed = |args: &[&str]| serde_json::from_str::<Value>(&printed(folder, args)).unwrap();
    let value = parsed(&["eval", &format!("{{% '{CONTROLS}' %}}"), "--format", "json"]);
    assert_eq!(value, json!({"value": CONTROLS}));
    let value = parsed(&["eval", &format!("{{% '{CONTROLS}' %}}")]);
    assert_eq!(value, json!(CONTROLS));
    let fail = format!("Task{CONTROLS}=Error{CONTROLS}:cause{CONTROLS}");
    let history = parsed(&[
        "simulate",
        "flow.asl.json",
        "--force",
        "--fail",
        &fail,
        "--format",
        "history",
    ]);
    let entered = &history["events"][1]["stateEnteredEventDetails"]["name"];
    assert_eq!(*entered, json!(format!("Pass{CONTROLS}")));
    let listed = parsed(&["list", "template.json", "--format", "json"]);
    assert_eq!(listed["machines"][0]["name"], json!(format!("Flow{CONTROLS}")));
    let lint = parsed(&["lint", "wrong.asl.json", "--format", "json"]);
    let found = lint["files"][0]["diagnostics"].as_array().unwrap();
    let is_kept = |d: &Value| d["message"].as_str().unwrap().contains(CONTROLS);
    assert!(found.iter().any(is_kept), "{found:?}");
}
