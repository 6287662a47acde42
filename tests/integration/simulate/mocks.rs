//! Files of mocks and their schema.

use super::replay::Scratch;
use super::{arguments, asl, folders, root};
use aslkit::asl::literal;
use aslkit::document::{self, Syntax};
use aslkit::source::SourceFile;
use jsonschema::Validator;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn schema() -> Value {
    serde_json::from_str(include_str!("../../../schemas/mocks.schema.json")).unwrap()
}

pub(super) fn validator() -> Validator {
    jsonschema::draft202012::new(&schema()).unwrap()
}

/// A mock file as the schema sees it.
pub(super) fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap();
    let source = Arc::new(SourceFile::new(path.display().to_string(), text));
    let document = document::read(source, Syntax::from_path(path).unwrap());
    serde_json::from_str(&literal::value(&document.roots[0]).to_json()).unwrap()
}

/// Every mock file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    entries
        .flat_map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let is_mocks = name.starts_with("mocks.");
            match path.is_dir() {
                true => files(&path),
                false if is_mocks => vec![path],
                false => Vec::new(),
            }
        })
        .collect()
}

#[test]
fn every_mock_file_conforms_to_the_schema() {
    let schema = validator();
    let all = [
        files(&root().join("fixtures/simulate")),
        files(&root().join("fixtures/definitions")),
    ]
    .concat();
    assert!(all.len() > 15, "{all:?}");
    for path in all {
        let value = read(&path);
        let errors: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
    }
}

#[test]
fn schema_rejects_what_the_reader_rejects() {
    let value = read(&root().join("fixtures/cli/mocks/faulty.yaml"));
    let schema = validator();
    let faults: Vec<String> = schema
        .iter_errors(&value)
        .map(|e| e.instance_path().to_string())
        .collect();
    for place in [
        "",
        "/version",
        "/states/Charge",
        "/states/Tell the customer",
        "/objects",
        "/objects/s3:~1~1bucket~1b",
    ] {
        assert!(faults.iter().any(|fault| fault == place), "{place}: {faults:#?}");
    }
}

#[test]
fn every_key_is_described() {
    fn check(place: &str, schema: &Value) {
        for (name, inside) in schema["properties"].as_object().into_iter().flatten() {
            let place = format!("{place}/{name}");
            assert!(inside["description"].is_string(), "{place} has no description");
            check(&place, inside);
        }
    }
    let schema = schema();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    check("", &schema);
    for (name, inside) in schema["$defs"].as_object().unwrap() {
        assert!(inside["description"].is_string(), "{name}");
        check(name, inside);
    }
}

#[test]
fn scaffolds_fit_the_schema_and_run() {
    let schema = validator();
    let scratch = Scratch::new("scaffold");
    for folder in folders("fixtures/definitions") {
        let args = arguments(&folder, "no mocks");
        for ending in ["yaml", "json"] {
            let file = scratch.path(&format!("mocks.{ending}"));
            drop(std::fs::remove_file(&file));
            let definition = args[..2].to_vec();
            let written = asl(&[definition, vec!["--scaffold".to_owned(), file.clone()]].concat());
            assert!(
                written.status.success(),
                "{}",
                String::from_utf8_lossy(&written.stderr)
            );
            let value = read(Path::new(&file));
            let errors: Vec<String> = schema.iter_errors(&value).map(|e| e.to_string()).collect();
            assert!(errors.is_empty(), "{}: {errors:#?}", folder.display());
            let more = ["--mocks", &file, "--strict", "--format", "json"].map(str::to_owned);
            let run = asl(&[args.clone(), more.to_vec()].concat());
            // The sample may lead an execution into failure, but it is never unfit to run.
            let stderr = String::from_utf8_lossy(&run.stderr);
            assert!(
                run.status.code().is_some_and(|code| code < 2),
                "{}: {stderr}",
                folder.display()
            );
        }
    }
}
