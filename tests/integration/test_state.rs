//! `asl test-state`: its requests and responses are what their schemas say.

use jsonschema::Validator;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

fn validator(text: &str) -> Validator {
    let schema: Value = serde_json::from_str(text).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn assert_valid(validator: &Validator, value: &Value, what: &Path) {
    let errors: Vec<_> = validator.iter_errors(value).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{}: {errors:?}\n{value:#}", what.display());
}

/// A request that asl does not read (exit 2) is none by the schema; any other is, and so is its response.
#[test]
fn requests_and_responses_conform_to_their_schemas() {
    let requests = validator(include_str!("../../schemas/test-state-request.schema.json"));
    let responses = validator(include_str!("../../schemas/test-state-response.schema.json"));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cli/test-state");
    let (mut read, mut refused) = (0, 0);
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let request: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let mut asl = Command::new(env!("CARGO_BIN_EXE_asl"));
        let out = asl.args(["test-state", "--request"]).arg(&path).output().unwrap();
        if out.status.code() == Some(2) {
            assert!(!requests.is_valid(&request), "{}", path.display());
            refused += 1;
            continue;
        }
        assert_valid(&requests, &request, &path);
        assert_valid(&responses, &serde_json::from_slice(&out.stdout).unwrap(), &path);
        read += 1;
    }
    assert!(read > 0 && refused > 0);
}

/// Standard input can be read once only.
#[test]
fn a_machine_on_standard_input_is_read_once() {
    let mut asl = Command::new(env!("CARGO_BIN_EXE_asl"))
        .args(["test-state", "-", "--state", "A"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let machine = br#"{"StartAt":"A","States":{"A":{"Type":"Pass","Result":7,"End":true}}}"#;
    asl.stdin.take().unwrap().write_all(machine).unwrap();
    let out = asl.wait_with_output().unwrap();
    let answer: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(answer["output"], "7");
}
