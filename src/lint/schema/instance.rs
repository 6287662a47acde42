//! Our tree as the `jsonschema` crate reads instances.
//!
//! The crate could read the tree as it is, but would then be in the binary twice over: it checks every schema as a
//! [`Value`].

use crate::document::Node;
use serde_json::{Number, Value};

/// A value as its definition looks at it. Of the states inside it only that they are there: each is looked at on its
/// own. Errors at or below an unknown value are dropped, so what it passes for is of no account.
pub(super) fn of(node: &Node) -> Value {
    if let Some(members) = node.as_object() {
        let value = |key: &str, value: &Node| match value.as_object() {
            Some(states) if key == "States" => states
                .iter()
                .map(|state| (state.key.as_str().to_owned(), outline(&state.value)))
                .collect(),
            _ => of(value),
        };
        members
            .iter()
            .map(|m| (m.key.as_str().to_owned(), value(m.key.as_str(), &m.value)))
            .collect()
    } else if let Some(items) = node.as_array() {
        items.iter().map(of).collect()
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

/// Anything but an object or an array.
pub(super) fn scalar(node: &Node) -> Value {
    if let Some(text) = node.as_str() {
        Value::String(text.to_owned())
    } else if let Some(text) = node.as_number() {
        Value::Number(number(text))
    } else {
        node.as_bool().map_or(Value::Null, Value::Bool)
    }
}

/// A number by its text: a whole one stays whole, and one beyond every range is still beyond them.
fn number(text: &str) -> Number {
    let whole = || text.parse::<i64>().ok().map(Number::from);
    let float = || text.parse().ok().and_then(Number::from_f64);
    let positive = text.parse::<u64>().ok().map(Number::from);
    positive
        .or_else(whole)
        .or_else(float)
        .unwrap_or_else(|| i64::MAX.into())
}
