//! `schemas/asl.schema.json`: the table of fields for the linter, and the layer above it for editors.

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

/// A sample of a definition and its errors.
struct Sample {
    /// Name of the definition.
    def: &'static str,
    /// The value to validate.
    value: Value,
    /// `keyword location` of each error; empty if the sample is valid.
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

/// Calls `visit` with `schema` and every schema in it, and the location of each.
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

/// The target of the `$ref` of `schema`, if it has one that resolves.
fn resolve<'a>(document: &'a Value, schema: &'a Value) -> Option<&'a Value> {
    let pointer = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
    document.pointer(pointer)
}

/// `keyword location` of each error, in order.
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
        assert!(
            resolve(&schema, s).is_some(),
            "{place}: {target} does not resolve"
        );
        used.extend(target.split('/').nth(2).map(str::to_owned));
    });
    let defs = schema["$defs"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(used, defs);
}
