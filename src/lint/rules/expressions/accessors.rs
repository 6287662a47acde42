//! Accessors of an expression for its rules: name in messages, locations, calls, and references.

use crate::asl::{Expression, Owner, Parsed, State};
use crate::document::Node;
use crate::expr::intrinsic::Call;
use crate::expr::jsonata::Reference;
use crate::lint::context::Context;
use crate::source::Span;
use std::ops::Range;

/// The name of an expression in messages: `InputPath`, `total.$`.
pub(super) fn field_name<'e>(e: &'e Expression<'_>) -> &'e str {
    e.key.map_or(e.field, |key| key.as_str())
}

/// The node at which AWS reports an expression: the whole payload template for a `.$` key, else the value itself.
pub(super) fn aws_node(state: &State<'_>, e: &Expression<'_>) -> Span {
    if e.key.is_none() {
        return e.node.span;
    }
    let element = |list: &str, i: usize| state.node.get(list).and_then(Node::as_array)?.get(i);
    let owner = match e.owner {
        Owner::State | Owner::Credentials => Some(state.node),
        Owner::ChoiceRule(i) => element("Choices", i),
        Owner::Catcher(i) => element("Catch", i),
        Owner::ItemReader => state.node.get("ItemReader"),
        Owner::ReaderConfig => state
            .node
            .get("ItemReader")
            .and_then(|reader| reader.get("ReaderConfig")),
        Owner::ItemBatcher => state.node.get("ItemBatcher"),
        Owner::ResultWriter => state.node.get("ResultWriter"),
    };
    owner.and_then(|o| o.get(e.field)).map_or(e.node.span, |n| n.span)
}

/// The bytes of the file for a range of an expression's parsed form.
pub(super) fn place(cx: &Context<'_, '_>, e: &Expression<'_>, range: Range<usize>) -> Span {
    cx.place(e.text, e.offset + range.start..e.offset + range.end)
}

/// The calls of an intrinsic function expression, outer before inner.
pub(super) fn calls<'e>(e: &'e Expression<'_>) -> Vec<&'e Call> {
    match e.parsed() {
        Parsed::Intrinsic(call) => call.calls(),
        _ => Vec::new(),
    }
}

/// The references of a JSONata expression, in order; empty for other expressions.
pub(super) fn references<'e>(e: &'e Expression<'_>) -> &'e [Reference] {
    match e.parsed() {
        Parsed::Jsonata(expression) => expression.references(),
        _ => &[],
    }
}
