//! `asl cost`: each folder of fixtures/cost is a definition, what is said about it, and figures that must come out.

mod observed;
mod vectors;

use jsonschema::Validator;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn asl(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_asl"))
        .args(args)
        .current_dir(root())
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn estimate_schema() -> Validator {
    validator(include_str!("../../schemas/estimate.schema.json"))
}

/// The folders of fixtures/cost.
fn cases() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(root().join("fixtures/cost")).unwrap();
    let mut cases: Vec<PathBuf> = folders
        .map(|e| e.unwrap().path())
        .filter(|p| p.is_dir())
        .collect();
    cases.sort();
    cases
}

/// The JSON that a case prints.
fn price(folder: &Path) -> Value {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let mut args = vec![
        "cost".to_owned(),
        path("definition.asl.json"),
        "--format".into(),
        "json".into(),
    ];
    if folder.join("assume.yaml").exists() {
        args.extend(["--assume".into(), path("assume.yaml")]);
    }
    if let Ok(more) = std::fs::read_to_string(folder.join("args")) {
        args.extend(more.split_whitespace().map(str::to_owned));
    }
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let output = asl(&args);
    assert!(
        output.status.success(),
        "{}: {}",
        folder.display(),
        text(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Holds `found` to have all that `wanted` has, with the same values; lists as long, objects perhaps with more keys.
fn assert_has(found: &Value, wanted: &Value, place: &str) {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => {
            for (key, value) in wanted {
                let place = format!("{place}/{key}");
                assert_has(
                    found.get(key).unwrap_or_else(|| panic!("{place} is missing")),
                    value,
                    &place,
                );
            }
        }
        (Value::Array(found), Value::Array(wanted)) => {
            assert_eq!(found.len(), wanted.len(), "{place}: {found:#?}");
            for (i, (found, wanted)) in found.iter().zip(wanted).enumerate() {
                assert_has(found, wanted, &format!("{place}/{i}"));
            }
        }
        _ => assert_eq!(found, wanted, "{place}"),
    }
}

#[test]
fn every_case_has_the_expected_result() {
    let schema = estimate_schema();
    for folder in cases() {
        let found = price(&folder);
        let name = folder.file_name().unwrap().to_str().unwrap();
        let faults: Vec<String> = schema
            .iter_errors(&found)
            .map(|e| format!("{e} at {}", e.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{name}: {faults:#?}");
        let expected = std::fs::read(folder.join("expected.json")).unwrap();
        assert_has(&found, &serde_json::from_slice(&expected).unwrap(), name);
    }
}

#[test]
fn shares_sum_to_one_where_anything_is_paid() {
    for folder in cases() {
        let found = price(&folder);
        let shares = found["states"]
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["share"].as_str().unwrap());
        let sum: f64 = shares.map(|s| s.parse::<f64>().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-6, "{}: {sum}", folder.display());
    }
}

#[test]
fn a_scaffold_conforms_to_its_schema_and_changes_no_price() {
    let schema = validator(aslkit::schemas::ASSUMPTIONS);
    let folder = std::env::temp_dir().join(format!("asl-cost-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    for case in cases() {
        let definition = case.join("definition.asl.json");
        let definition = definition.to_str().unwrap();
        let scaffold = |ending: &str| {
            let file = folder.join(format!(
                "{}.{ending}",
                case.file_name().unwrap().to_str().unwrap()
            ));
            let file = file.to_str().unwrap().to_owned();
            let output = asl(&["cost", definition, "--scaffold-assumptions", &file]);
            assert!(output.status.success(), "{}", text(&output.stderr));
            file
        };
        let json = std::fs::read(scaffold("json")).unwrap();
        let faults: Vec<String> = schema
            .iter_errors(&serde_json::from_slice(&json).unwrap())
            .map(|e| e.to_string())
            .collect();
        assert!(faults.is_empty(), "{definition}: {faults:#?}");
        let bare = asl(&["cost", definition, "--services", "--format", "csv"]);
        for ending in ["yaml", "json"] {
            let file = folder.join(format!(
                "{}.{ending}",
                case.file_name().unwrap().to_str().unwrap()
            ));
            let file = if ending == "yaml" {
                scaffold("yaml")
            } else {
                file.to_str().unwrap().to_owned()
            };
            let assumed = asl(&[
                "cost",
                definition,
                "--services",
                "--format",
                "csv",
                "--assume",
                &file,
            ]);
            assert_eq!(
                text(&assumed.stdout),
                text(&bare.stdout),
                "{file}: {}",
                text(&assumed.stderr)
            );
        }
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn the_table_of_prices_fits_its_own_schema() {
    let schema = validator(aslkit::schemas::PRICES);
    let table: Value = serde_json::from_str(include_str!("../../src/aws/data/prices.json")).unwrap();
    let faults: Vec<String> = schema
        .iter_errors(&table)
        .map(|e| format!("{e} at {}", e.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn prices_state_machines_in_every_format() {
    let folders = std::fs::read_dir(root().join("fixtures/definitions")).unwrap();
    let mut seen = 0;
    for folder in folders.map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
        let files = ["definition.asl.json", "definition.asl.yaml"].map(|name| folder.join(name));
        let definition = files
            .iter()
            .find(|p| p.exists())
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        for format in ["text", "json", "csv", "markdown"] {
            let output = asl(&["cost", &definition, "--services", "--format", format]);
            assert!(output.status.success(), "{definition}: {}", text(&output.stderr));
            assert!(!output.stdout.is_empty());
        }
        seen += 1;
    }
    assert!(seen >= 12);
}

#[test]
fn recorded_executions_are_found_in_subfolders_and_by_globs() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("cost-histories");
    let _ = std::fs::remove_dir_all(&folder);
    let days = [folder.join("2030-01/01"), folder.join("2030-01/02")];
    for (day, name) in days.iter().zip(["history-1.json", "history-2.json"]) {
        std::fs::create_dir_all(day).unwrap();
        let from = root().join("fixtures/usage/retries").join(name);
        std::fs::copy(from, day.join(name)).unwrap();
    }
    // Recordings are often kept out of git.
    std::fs::write(folder.join(".gitignore"), "*").unwrap();
    let definition = "fixtures/usage/retries/definition.asl.json";
    let priced = |path: &Path| asl(&["cost", definition, "--history", path.to_str().unwrap()]);
    let [all, by_glob, second] =
        ["", "*/*/*.json", "**/history-2.json"].map(|path| priced(&folder.join(path)));
    assert!(
        text(&all.stdout).contains("usage from 2 recorded executions"),
        "{}",
        text(&all.stdout)
    );
    assert!(
        text(&second.stdout).contains("usage from 1 recorded execution"),
        "{}",
        text(&second.stdout)
    );
    assert_eq!(text(&all.stdout), text(&by_glob.stdout));
    let none = priced(&folder.join("*.txt"));
    assert_eq!(none.status.code(), Some(2));
    assert!(text(&none.stderr).contains("no files match"));
    std::fs::remove_dir_all(&folder).unwrap();
}
