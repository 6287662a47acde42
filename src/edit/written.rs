//! The text that is edited.

use crate::document::{Node, NodeKind, Syntax};
use crate::source::Span;

/// A result, or why the text cannot be edited, as a clause.
pub type Edits<T> = Result<T, &'static str>;

/// Why a value cannot be edited whose parts are not next to each other.
pub(super) const COMPOSED: &str = "the text is composed of several parts";

/// A source text and its syntax.
#[derive(Debug, Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) text: &'a str,
    pub(super) syntax: Syntax,
}

impl<'a> Written<'a> {
    /// The bytes of a span.
    pub(super) fn at(&self, span: Span) -> &'a str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Whether a key or value is in a string whose quotes are escaped.
    pub(super) fn is_escaped(&self, span: Span) -> bool {
        self.at(span).starts_with("\\\"")
    }

    /// Whether a value is inside a string whose quotes are escaped, judging by the first string or key in it.
    pub(super) fn is_in_escapes(&self, node: &Node) -> bool {
        match &node.kind {
            NodeKind::Object(members) => members.first().is_some_and(|m| self.is_escaped(m.key_span)),
            NodeKind::Array(items) => items.first().is_some_and(|item| self.is_in_escapes(item)),
            _ => self.is_escaped(node.span),
        }
    }

    /// The bytes of a span, without the escapes of a string that contains them.
    pub(super) fn decoded(&self, span: Span, is_escaped: bool) -> Edits<String> {
        let written = self.at(span);
        if !is_escaped {
            return Ok(written.to_owned());
        }
        serde_json::from_str(&format!("\"{written}\"")).map_err(|_| COMPOSED)
    }
}
