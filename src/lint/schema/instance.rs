//! Definitions as the `jsonschema` crate reads instances.
//!
//! The crate could read the tree itself, but its code would then be in the binary twice: it checks every schema as a
//! [`Value`].

use crate::document::Node;
use serde_json::{Number, Value};

/// The JSON of an object, in which nested states have no contents, since each is validated by itself. Violations at or
/// below an unknown value are dropped, so its JSON does not matter.
pub(super) fn to_json(node: &Node) -> Value {
    if let Some(members) = node.as_object() {
        let value = |key: &str, value: &Node| match value.as_object() {
            Some(states) if key == "States" => states
                .iter()
                .map(|state| (state.key.as_str().to_owned(), outline(&state.value)))
                .collect(),
            _ => to_json(value),
        };
        members
            .iter()
            .map(|m| (m.key.as_str().to_owned(), value(m.key.as_str(), &m.value)))
            .collect()
    } else if let Some(items) = node.as_array() {
        items.iter().map(to_json).collect()
    } else {
        scalar(node)
    }
}

/// A value without its contents.
fn outline(node: &Node) -> Value {
    if node.as_object().is_some() {
        Value::Object(serde_json::Map::new())
    } else if node.as_array().is_some() {
        Value::Array(Vec::new())
    } else {
        scalar(node)
    }
}

/// The JSON of a value that is neither an object nor an array.
pub(super) fn scalar(node: &Node) -> Value {
    if let Some(text) = node.as_str() {
        Value::String(text.to_owned())
    } else if let Some(text) = node.as_number() {
        Value::Number(number(text))
    } else {
        node.as_bool().map_or(Value::Null, Value::Bool)
    }
}

/// The number that a text represents: an integer stays an integer, and a number outside every range stays outside.
fn number(text: &str) -> Number {
    let whole = || text.parse::<i64>().ok().map(Number::from);
    let float = || text.parse().ok().and_then(Number::from_f64);
    let positive = text.parse::<u64>().ok().map(Number::from);
    positive
        .or_else(whole)
        .or_else(float)
        .unwrap_or_else(|| i64::MAX.into())
}
