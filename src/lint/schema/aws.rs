//! AWS's messages about violations of the schema, which `--format aws` prints.

use super::group::Breach;
use super::violation::{FieldGroup, Format};
use crate::asl::state::choice::operator;
use crate::lint::aws::JSONATA_DELIMITERS;
use crate::spec::QueryLanguage;
use jsonschema::JsonType;
use serde_json::Value;

/// An empty array, object, or string.
pub(super) const EMPTY: &str = "Value cannot be empty";

pub(super) fn unsupported(field: &str) -> String {
    format!("Field '{field}' is not supported")
}

pub(super) fn only_in(field: &str, other: QueryLanguage, language: QueryLanguage) -> String {
    format!(
        "The QueryLanguage is set to '{language}', but field '{field}' is only supported for the '{other}' QueryLanguage"
    )
}

pub(super) fn missing(names: &[&str]) -> String {
    match names {
        ["RoleArn"] => "The field 'RoleArn' is required but was missing".to_owned(),
        [name @ ("CSVHeaderLocation" | "InputType" | "Type")] => format!("The field '{name}' is required"),
        names => format!("These fields are required: [{}]", names.join(", ")),
    }
}

pub(super) fn group(group: &FieldGroup, breach: Breach) -> String {
    let fields = group.names();
    let list = match fields.as_slice() {
        _ if group.is_comparisons() => operator::AWS_LIST.to_owned(),
        ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"] => {
            "[SecondsPath, Seconds, TimestampPath, Timestamp]".to_owned()
        }
        fields => format!("[{}]", fields.join(", ")),
    };
    match (breach, fields.as_slice()) {
        (Breach::Several, _) => format!("There should only be one of the following fields: {list}"),
        (Breach::None, ["RoleArn", ..]) => missing(&["RoleArn"]),
        (Breach::None, ["And", ..]) => {
            "The object must have only one of the following fields, [And, Or, Not, Variable, Condition]"
                .to_owned()
        }
        (Breach::None, _) => format!("This object should have only one of the following fields: {list}"),
    }
}

pub(super) fn wrong_type(expected: Option<JsonType>) -> String {
    let name = match expected {
        Some(JsonType::Array) => "Array",
        Some(JsonType::Boolean) => "Boolean",
        Some(JsonType::Integer) => "Integer",
        Some(JsonType::Null) => "Null",
        Some(JsonType::Number) => "Float",
        Some(JsonType::Object) | None => "Object",
        Some(JsonType::String) => "String",
    };
    format!("Expected value of type {name}")
}

/// Lists the names in AWS's order, if it is known.
pub(super) fn options(names: &[&str]) -> String {
    let list = match names {
        ["FULL", "NONE"] => "NONE, FULL".to_owned(),
        names => names.join(", "),
    };
    format!("Value should be one of the following: [{list}]")
}

pub(super) fn minimum(limit: &Value) -> String {
    format!("Minimum value is {limit}")
}

pub(super) fn maximum(limit: &Value, is_float: bool) -> String {
    format!("Maximum value is {limit}{}", if is_float { ".0" } else { "" })
}

/// `None` if AWS's message is the same as ours.
pub(super) fn syntax(format: Format, written: &str) -> Option<String> {
    Some(match format {
        Format::Timestamp => "String does not match RFC3339 timestamp".to_owned(),
        Format::Jsonata => JSONATA_DELIMITERS.to_owned(),
        Format::JsonPointer => {
            format!("Invalid input: JSON Pointer expression must start with '/': \"{written}\"")
        }
        Format::Label => return None,
    })
}

pub(super) fn pattern(field: &str) -> String {
    format!("The field '{field}' does not match any of the allowed values")
}
