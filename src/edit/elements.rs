//! The members of an object, or the items of an array, as places in the text.

use super::written::{COMPOSED, Edits};
use crate::document::{Node, NodeKind};
use crate::source::Span;

/// The places of the parts of an object or array, in the order of the text.
pub(super) struct Elements {
    /// The places, keys included.
    pub(super) spans: Vec<Span>,
    /// The bytes between the brackets of a flow collection.
    pub(super) inside: Span,
    /// Whether it has brackets.
    pub(super) is_flow: bool,
}

/// The maximum number of elements: each edit takes time proportional to it, and a rule may edit every element.
const MAX_ELEMENTS: usize = 2048;

impl Elements {
    /// The parts of an object or array that is contiguous in the text.
    pub(super) fn parse(text: &str, node: &Node) -> Edits<Self> {
        let count = match &node.kind {
            NodeKind::Object(members) => members.len(),
            NodeKind::Array(items) => items.len(),
            _ => 0,
        };
        if count > MAX_ELEMENTS {
            return Err("there are too many entries");
        }
        let spans: Vec<Span> = match &node.kind {
            NodeKind::Object(members) => members
                .iter()
                .map(|m| Span::new(m.key_span.start, m.value.span.end.max(m.key_span.end)))
                .collect(),
            NodeKind::Array(items) => items.iter().map(|item| item.span).collect(),
            _ => return Err(COMPOSED),
        };
        let is_sorted = spans.is_sorted_by(|a, b| a.end <= b.start);
        let is_inside = spans
            .iter()
            .all(|span| node.span.contains(*span) && span.start < span.end);
        if !(is_sorted && is_inside) {
            return Err(COMPOSED);
        }
        let written = text.get(node.span.range()).unwrap_or_default();
        let is_flow = written.starts_with(['{', '[']);
        if is_flow && !written.ends_with(['}', ']']) || written.len() < 2 {
            return Err(COMPOSED);
        }
        let inside = if is_flow {
            Span::new(node.span.start + 1, node.span.end - 1)
        } else {
            node.span
        };
        Ok(Self {
            spans,
            inside,
            is_flow,
        })
    }

    /// The end of the element before an index, or of the opening bracket.
    pub(super) fn end_before(&self, index: usize) -> u32 {
        index
            .checked_sub(1)
            .and_then(|i| self.spans.get(i))
            .map_or(self.inside.start, |span| span.end)
    }

    /// The start of the element at an index, or of the closing bracket.
    pub(super) fn start_at(&self, index: usize) -> u32 {
        self.spans.get(index).map_or(self.inside.end, |span| span.start)
    }
}
