//! The values of literals.

use crate::document::{Node, NodeKind};
use crate::value::{Object, Value};

/// The value of a node. The last of duplicate keys is used. A value that is known only when a template is rendered is
/// `null`, or the text with its `${Name}` as written.
pub fn value(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null | NodeKind::Unknown | NodeKind::Tagged(_) => Value::Null,
        NodeKind::Bool(truth) => Value::Bool(*truth),
        NodeKind::Number(text) => Value::parse(text).unwrap_or_default(),
        NodeKind::String(text) => Value::from(text.as_str()),
        NodeKind::Array(items) => Value::array(items.iter().map(value).collect()),
        NodeKind::Object(members) => {
            let members = members.iter();
            Value::object(
                members
                    .map(|m| (m.key.as_str().into(), value(&m.value)))
                    .collect::<Object>(),
            )
        }
    }
}
