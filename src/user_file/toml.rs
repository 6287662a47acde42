//! TOML as the tree that the other formats become.

use super::errors::Errors;
use crate::diagnostic::Diagnostic;
use crate::document::{Encoding, Member, Node, NodeKind, Text};
use crate::source::{SourceFile, Span, to_offset};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads a TOML file; else everything that is wrong with its text.
pub fn read_toml(source: &SourceFile) -> Result<Node, Vec<Diagnostic>> {
    let (table, syntax_errors) = DeTable::parse_recoverable(source.text());
    let mut errors = Errors::default();
    for error in syntax_errors {
        errors.add(span(error.span().unwrap_or_default()), error.message().to_owned());
    }
    let root = Node::new(
        NodeKind::Object(members(table.get_ref())),
        span(0..source.text().len()),
    );
    errors.into_result(root)
}

fn span(range: Range<usize>) -> Span {
    Span::new(to_offset(range.start), to_offset(range.end))
}

fn text(decoded: &str, range: &Range<usize>) -> Text {
    let start = to_offset(range.start);
    Text::new(decoded, Encoding::Verbatim { start })
}

fn members(table: &DeTable<'_>) -> Vec<Member> {
    let member = |(key, value): (&Spanned<_>, &Spanned<DeValue<'_>>)| {
        let key: &Spanned<std::borrow::Cow<'_, str>> = key;
        Member {
            key: text(key.get_ref(), &key.span()),
            key_span: span(key.span()),
            value: node(value),
        }
    };
    table.iter().map(member).collect()
}

/// A value of TOML. Those that JSON does not have (dates, infinities) are of unknown kind, which no reader accepts.
fn node(value: &Spanned<DeValue<'_>>) -> Node {
    let kind = match value.get_ref() {
        DeValue::String(decoded) => NodeKind::String(text(decoded, &value.span())),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(NodeKind::Unknown, |n| NodeKind::Number(n.to_string().into())),
        DeValue::Float(number) => number
            .as_str()
            .parse::<f64>()
            .ok()
            .filter(|n| n.is_finite())
            .map_or(NodeKind::Unknown, |n| NodeKind::Number(n.to_string().into())),
        DeValue::Boolean(b) => NodeKind::Bool(*b),
        DeValue::Array(items) => NodeKind::Array(items.iter().map(node).collect()),
        DeValue::Table(table) => NodeKind::Object(members(table)),
        DeValue::Datetime(_) => NodeKind::Unknown,
    };
    Node::new(kind, span(value.span()))
}
