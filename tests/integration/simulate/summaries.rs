//! `--format json` and its schema.

use super::{arguments, asl, folders, root, with_format};
use jsonschema::Validator;
use serde_json::Value;
use std::path::Path;

fn schema() -> Validator {
    let schema: Value =
        serde_json::from_str(include_str!("../../../schemas/simulation.schema.json")).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn summary(folder: &Path, more: &[&str]) -> Value {
    let mut args = with_format(arguments(folder, "mocks.yaml"), "json");
    args.extend(more.iter().map(|&arg| arg.to_owned()));
    let output = asl(&args);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{args:?}: {e}: {}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn summaries_conform_to_their_schema() {
    let schema = schema();
    let all = ["fixtures/simulate", "fixtures/definitions"]
        .map(folders)
        .concat();
    for folder in all {
        let more: &[&[&str]] = if root().join(&folder).join("args").exists() {
            &[&[]]
        } else {
            &[&[], &["--repeat", "2"]]
        };
        for more in more {
            let value = summary(&folder, more);
            let errors: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{} {more:?}: {errors:#?}", folder.display());
        }
    }
}

#[test]
fn schema_rejects_invalid_summaries() {
    let schema = schema();
    let mut value = summary(Path::new("fixtures/definitions/hello-world"), &[]);
    assert!(schema.is_valid(&value));
    value["status"] = "DONE".into();
    assert!(!schema.is_valid(&value));
    value["status"] = "SUCCEEDED".into();
    value["extra"] = 1.into();
    assert!(!schema.is_valid(&value));
}

#[test]
fn counts_add_up() {
    for folder in folders("fixtures/definitions") {
        let value = summary(&folder, &[]);
        let states = value["states"].as_object().unwrap().values();
        let counted: u64 = states
            .map(|s| s["entered"].as_u64().unwrap() + s["retried"].as_u64().unwrap())
            .sum();
        let started = value["map_runs"].as_array().unwrap().iter();
        let started: u64 = started.map(|r| r["executions"]["total"].as_u64().unwrap()).sum();
        let has_express_children = value["map_runs"]
            .as_array()
            .unwrap()
            .iter()
            .any(|r| r["type"] == "EXPRESS");
        if !has_express_children {
            assert_eq!(
                value["transitions"].as_u64().unwrap(),
                counted + started,
                "{}",
                folder.display()
            );
        }
    }
}
