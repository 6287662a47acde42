//! `schemas/asl.schema.json`: the linter's table of fields, and the layer above it that editors use.

mod editor;
mod expanded;
mod groups;
mod table;

use jsonschema::{ValidationError, Validator};
use serde_json::Value;
use std::collections::BTreeSet;

const TYPES: [&str; 8] = [
    "Task", "Parallel", "Map", "Pass", "Wait", "Choice", "Succeed", "Fail",
];
const LANGUAGES: [&str; 2] = ["JSONPath", "JSONata"];

/// A sample of a definition, and what is wrong with it.
struct Sample {
    /// Name of the definition.
    def: &'static str,
    /// What is validated.
    value: Value,
    /// `keyword place` of each error; empty where the sample is accepted.
    errors: &'static str,
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../../schemas/asl.schema.json")).unwrap()
}

/// `fixtures/schemas/asl.txt`.
fn samples() -> Vec<Sample> {
    let sample = |line: &'static str| {
        let (def, rest) = line.split_once(' ').unwrap();
        let (value, errors) = rest.split_once(" => ").unwrap_or((rest, ""));
        let value = serde_json::from_str(value).unwrap_or_else(|e| panic!("{line}: {e}"));
        Sample { def, value, errors }
    };
    let lines = include_str!("../../fixtures/schemas/asl.txt").lines();
    lines
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(sample)
        .collect()
}

/// Calls `visit` with every schema in `schema`, itself first, and its place.
fn walk<'a>(schema: &'a Value, place: &str, visit: &mut impl FnMut(&str, &'a Value)) {
    visit(place, schema);
    let Some(keywords) = schema.as_object() else {
        return;
    };
    for (keyword, value) in keywords {
        let place = format!("{place}/{keyword}");
        match keyword.as_str() {
            "properties" | "$defs" | "dependentSchemas" => {
                for (name, schema) in value.as_object().unwrap() {
                    walk(schema, &format!("{place}/{name}"), visit);
                }
            }
            "allOf" | "anyOf" | "oneOf" => {
                for (i, schema) in value.as_array().unwrap().iter().enumerate() {
                    walk(schema, &format!("{place}/{i}"), visit);
                }
            }
            "items" | "additionalProperties" | "propertyNames" | "not" | "if" | "then" | "else" => {
                walk(value, &place, visit);
            }
            _ => {}
        }
    }
}

/// What the `$ref` of `schema` points to, if it has one that points somewhere.
fn resolve<'a>(document: &'a Value, schema: &'a Value) -> Option<&'a Value> {
    let pointer = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    document.pointer(pointer)
}

/// `keyword place` of each error, in the order of the text.
fn errors(validator: &Validator, instance: &Value) -> String {
    let error = |e: ValidationError| {
        format!("{} {}", e.kind().keyword(), e.instance_path())
            .trim_end()
            .to_owned()
    };
    let errors: Vec<_> = validator.iter_errors(instance).map(error).collect();
    errors.join(", ")
}

#[test]
fn is_a_schema_of_draft_2020_12() {
    jsonschema::draft202012::meta::validate(&schema()).unwrap();
}

#[test]
fn every_ref_resolves_and_every_definition_is_used() {
    let schema = schema();
    let mut used = BTreeSet::new();
    walk(&schema, "", &mut |place, s| {
        let Some(target) = s.get("$ref").and_then(Value::as_str) else {
            return;
        };
        assert!(resolve(&schema, s).is_some(), "{place}: {target} points nowhere");
        used.extend(target.split('/').nth(2).map(str::to_owned));
    });
    let defs = schema["$defs"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(used, defs);
}
