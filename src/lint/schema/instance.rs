//! Definitions as the `jsonschema` crate reads instances.
//!
//! The crate could read the tree itself, but its code would then be in the binary twice: it checks every schema as a
//! [`Value`].

use crate::document::Node;
use serde_json::Value;

/// The JSON of an object, in which nested states have no contents, since each is validated by itself. Violations at or
/// below an unknown value are dropped, so its JSON does not matter.
pub(super) fn to_json(node: &Node) -> Value {
    node.to_json_with(&|member| {
        if member.key.as_str() == "States" && member.value.as_object().is_some() {
            member.value.to_json_with(&|state| outline(&state.value))
        } else {
            to_json(&member.value)
        }
    })
}

/// A value; an object or array without its contents.
pub(super) fn outline(node: &Node) -> Value {
    if node.as_object().is_some() {
        Value::Object(serde_json::Map::new())
    } else if node.as_array().is_some() {
        Value::Array(Vec::new())
    } else {
        node.to_json()
    }
}
