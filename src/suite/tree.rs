//! Trees without a source text.

use super::matcher;
use crate::document::{Encoding, Member, Node, NodeKind, Text};
use crate::source::Span;
use crate::value::Value;
use std::borrow::Cow;

/// The tree of a value, without places.
pub fn node(value: &Value) -> Node {
    with_keys(value, |key| Cow::Borrowed(key))
}

/// The tree of a value that is expected: its keys are not read as matchers.
pub fn expected(value: &Value) -> Node {
    with_keys(value, matcher::escaped)
}

fn with_keys(value: &Value, written: fn(&str) -> Cow<'_, str>) -> Node {
    let kind = match value {
        Value::Null => NodeKind::Null,
        Value::Bool(truth) => NodeKind::Bool(*truth),
        Value::Number(_) => NodeKind::Number(value.to_json().into()),
        Value::String(content) => NodeKind::String(text(content)),
        Value::Array(items) => NodeKind::Array(items.iter().map(|item| with_keys(item, written)).collect()),
        Value::Object(members) => NodeKind::Object(
            members
                .iter()
                .map(|(key, value)| Member {
                    key: text(&written(key)),
                    key_span: Span::default(),
                    value: with_keys(value, written),
                })
                .collect(),
        ),
    };
    Node::new(kind, Span::default())
}

fn text(content: &str) -> Text {
    Text::new(content, Encoding::Verbatim { start: 0 })
}
