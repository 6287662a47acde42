//! Definitions as the `jsonschema` crate reads instances.
//!
//! The crate could read the tree itself, but its code would then be in the binary twice: it checks every schema as a
//! [`Value`].

use crate::document::{Member, Node, NodeKind};
use crate::lint::limit::MAX_PER_OBJECT;
use foldhash::HashSet;
use serde_json::{Map, Value};

/// An object with more members than this is converted without most of those that the schema does not have.
const MANY_MEMBERS: usize = 10 * MAX_PER_OBJECT;

/// The JSON of an object, in which nested states have no contents, since each is validated by itself. Violations at or
/// below an unknown value are dropped, so its JSON does not matter. `known` are the fields of the object: of thousands of
/// unknown ones, those are left out that are not reported one by one.
pub(super) fn to_json(node: &Node, known: Option<&Map<String, Value>>) -> Value {
    let members = node.as_object().unwrap_or_default();
    let Some(known) = known.filter(|_| members.len() > MANY_MEMBERS) else {
        return node.to_json_with(&member_to_json);
    };
    let known = names(known);
    let mut unknown = 0;
    let is_needed = |member: &&Member| {
        let is_known = known.contains(member.key.as_str());
        unknown += usize::from(!is_known);
        is_known || unknown <= MAX_PER_OBJECT + 1
    };
    let members = members.iter().filter(is_needed);
    members
        .map(|member| (member.key.as_str().to_owned(), member_to_json(member)))
        .collect()
}

/// The names of fields, for many lookups: the map of `serde_json` hashes slowly.
pub(super) fn names(fields: &Map<String, Value>) -> HashSet<&str> {
    fields.keys().map(String::as_str).collect()
}

fn member_to_json(member: &Member) -> Value {
    if member.key.as_str() == "States" && member.value.as_object().is_some() {
        member.value.to_json_with(&|state| outline(&state.value))
    } else {
        member.value.to_json_with(&member_to_json)
    }
}

/// Whether the [`outline`] of a value is this one, without making it if the answer is clear.
pub(super) fn is_outlined_as(node: &Node, expected: &Value) -> bool {
    match (expected, &node.kind) {
        (Value::String(expected), NodeKind::String(text)) => text.as_str() == expected,
        (Value::Bool(expected), NodeKind::Bool(given)) => given == expected,
        (Value::String(_) | Value::Bool(_), _) => false,
        _ => outline(node) == *expected,
    }
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
