//! Definitions with one error in their data, which is found exactly there, and the same definitions without it.
//!
//! Each file in `fixtures/shapes/pairs` is a case: `machine` is correct; with what `set` and `remove` change by JSON pointers, it
//! has one error, which `rule` reports with this `severity` at the pointer `at`. A file without `rule` has a correct
//! machine that looks wrong. `input` is a JSON Schema of the input.

use aslkit::asl::lower;
use aslkit::diagnostic::{Diagnostic, Severity};
use aslkit::document::{self, Syntax};
use aslkit::lint::{self, Settings};
use aslkit::shape::Declared;
use aslkit::source::SourceFile;
use serde_json::Value;
use std::fs;
use std::path::Path;

const RULES: [&str; 7] = [
    "missing-path",
    "possibly-missing-path",
    "misspelled-path",
    "impossible-comparison",
    "items-not-array",
    "invalid-argument-shape",
    "unmatched-choice",
];

/// The findings about data, and errors of any kind.
fn findings(name: &str, machine: &Value, case: &Value) -> Vec<Diagnostic> {
    let document = document::read(SourceFile::new(name, machine.to_string()).into(), Syntax::Json);
    let root = &document.roots[0];
    let lowered = lower::machine(root);
    let mut settings = Settings::default();
    if let Some(schema) = case.get("input") {
        settings.declarations.input = Some(Declared::Schema(schema.clone()));
    }
    let workflow_type = settings.workflow_type;
    let mut found = lint::check(&document, root, &lowered, workflow_type, &settings).diagnostics;
    found.retain(|one| RULES.contains(&one.rule) || one.severity == Severity::Error);
    found
}

/// Whether one pointer is the other or leads to it.
fn is_near(a: &str, b: &str) -> bool {
    let leads = |a: &str, b: &str| {
        b.strip_prefix(a)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    leads(a, b) || leads(b, a)
}

/// The machine with the error.
fn changed(machine: &Value, case: &Value) -> Value {
    let mut changed = machine.clone();
    for pointer in case["remove"].as_array().into_iter().flatten() {
        let (parent, key) = pointer.as_str().unwrap().rsplit_once('/').unwrap();
        changed
            .pointer_mut(parent)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(key)
            .unwrap();
    }
    for (pointer, value) in case["set"].as_object().into_iter().flatten() {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match changed.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value.clone(),
            object => object[key] = value.clone(),
        }
    }
    changed
}

#[test]
fn reports_each_error_once_and_accepts_the_correct_definition() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/shapes/pairs");
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let case: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let machine = &case["machine"];
        count += 1;
        for one in findings(&name, machine, &case) {
            wrong.push(format!("{name} without the error: {} {}", one.rule, one.message));
        }
        let Some(rule) = case["rule"].as_str() else {
            continue;
        };
        let severity = match case["severity"].as_str() {
            Some("warning") => Severity::Warning,
            _ => Severity::Error,
        };
        let at = case["at"].as_str().unwrap();
        let found = findings(&name, &changed(machine, &case), &case);
        let is_right = matches!(
            found.as_slice(),
            [one] if one.rule == rule && one.severity == severity && is_near(&one.pointer, at)
        );
        if !is_right {
            let texts = found.iter().map(|one| {
                format!(
                    "{:?} {} at {}: {}",
                    one.severity, one.rule, one.pointer, one.message
                )
            });
            wrong.push(format!("{name}: {:?}", texts.collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 80, "{count}");
}
