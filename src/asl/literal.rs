//! The values of literals.

use crate::document::{Node, NodeKind};
use crate::value::{Object, Value};

/// The value of a node. The last of duplicate keys is used. A value that is known only when a template is rendered is
/// `null`, or the text with its `${Name}` as written.
pub fn value(node: &Node) -> Value {
    match &node.kind {
        NodeKind::Null | NodeKind::Unknown | NodeKind::Tagged(_) => Value::Null,
        NodeKind::Bool(truth) => Value::Bool(*truth),
        NodeKind::Number(text) => number(text),
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

/// The value of a number as written.
fn number(text: &str) -> Value {
    /// The number of digits that certainly fit.
    const DIGITS: usize = 15;
    // Most numbers are small integers, for which the reader of JSON texts takes much longer.
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_plain =
        text == "0" || (digits.len() <= DIGITS && digits.starts_with(|first| ('1'..='9').contains(&first)));
    match text.parse::<i64>() {
        Ok(integer) if is_plain => Value::from(integer),
        _ => Value::parse(text).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_text() {
        for text in [
            "0",
            "7",
            "-7",
            "123456789012345",
            "1234567890123456",
            "-0",
            "1.0",
            "1e3",
            "0.5",
            "99999999999999999999",
        ] {
            assert_eq!(
                number(text).to_json(),
                Value::parse(text).unwrap().to_json(),
                "{text}"
            );
            assert_eq!(number(text), Value::parse(text).unwrap(), "{text}");
        }
    }
}
