//! The shapes of literals.

use super::types::Array;
use super::types::Shape;
use super::types::{Field, Fields, Object};
use crate::document::{Node, NodeKind};
use crate::value::Value;

/// The shape of a literal. A value that is known only when a template is rendered is any value, and a string with
/// `${Name}` any string.
pub(super) fn node(node: &Node) -> Shape {
    match &node.kind {
        NodeKind::Null => Shape::null(),
        NodeKind::Unknown | NodeKind::Tagged(_) => Shape::Any,
        NodeKind::Bool(truth) => Shape::from_value(&Value::Bool(*truth)),
        NodeKind::Number(text) => {
            Value::parse(text).map_or_else(|_| Shape::number(), |value| Shape::from_value(&value))
        }
        NodeKind::String(text) if text.has_placeholder() => Shape::string(),
        NodeKind::String(text) => Shape::text(text.as_str()),
        NodeKind::Array(items) => Array::tuple(items.iter().map(self::node).collect()).into(),
        NodeKind::Object(members) => {
            let fields = members.iter();
            let fields: Fields = fields
                .map(|member| {
                    (
                        member.key.as_str().into(),
                        Field::certain(self::node(&member.value)),
                    )
                })
                .collect();
            Object {
                fields,
                rest: Shape::never(),
            }
            .into()
        }
    }
}
