//! The tree as the `jsonschema` crate reads instances.

use super::node::{Member, Node, NodeKind};
use serde_json::{Number, Value};

impl Node {
    /// The value as plain JSON: an integer stays an integer, a number beyond every range stays beyond it, the last of
    /// duplicate keys is used, and a value that is unknown until a template is rendered is `null`.
    pub fn to_json(&self) -> Value {
        self.to_json_with(&|member| member.value.to_json())
    }

    /// Like [`Node::to_json`], with the values that `value` gives for members of objects.
    pub fn to_json_with(&self, value: &dyn Fn(&Member) -> Value) -> Value {
        match &self.kind {
            NodeKind::Null | NodeKind::Unknown | NodeKind::Tagged(_) => Value::Null,
            NodeKind::Bool(truth) => Value::Bool(*truth),
            NodeKind::Number(text) => Value::Number(number(text)),
            NodeKind::String(text) => Value::String(text.as_str().to_owned()),
            NodeKind::Array(items) => items.iter().map(|item| item.to_json_with(value)).collect(),
            NodeKind::Object(members) => members
                .iter()
                .map(|member| (member.key.as_str().to_owned(), value(member)))
                .collect(),
        }
    }
}

fn number(text: &str) -> Number {
    let whole = || text.parse::<i64>().ok().map(Number::from);
    let float = || text.parse().ok().and_then(Number::from_f64);
    let positive = text.parse::<u64>().ok().map(Number::from);
    positive
        .or_else(whole)
        .or_else(float)
        .unwrap_or_else(|| i64::MAX.into())
}

#[cfg(test)]
mod tests {
    use crate::document::{Syntax, read};
    use crate::source::SourceFile;
    use std::sync::Arc;

    #[test]
    fn numbers_keep_their_kind_and_range() {
        let cases = [
            ("[1, -2, 1.5, 1e2]", "[1,-2,1.5,100.0]"),
            (
                "[18446744073709551615, 1e999]",
                "[18446744073709551615,9223372036854775807]",
            ),
            (
                r#"{"a": 1, "b": {"c": [null, true, "x"]}, "a": 2}"#,
                r#"{"a":2,"b":{"c":[null,true,"x"]}}"#,
            ),
        ];
        for (text, json) in cases {
            let document = read(Arc::new(SourceFile::new("a.json", text)), Syntax::Json);
            assert_eq!(document.roots[0].to_json().to_string(), json, "{text}");
        }
    }
}
