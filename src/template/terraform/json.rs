//! Terraform's JSON syntax, written by hand or synthesized by the CDK for Terraform. Expressions are in strings.

use crate::document::{Document, JoinedText, Member, Node, NodeKind, Syntax, Text};
use crate::source::{SourceFile, Span, to_offset};
use crate::template::intrinsic::is_placeholder;
use crate::template::read_budget::ReadBudget;
use std::sync::Arc;

/// The document with each string that consists of one expression (`"${jsonencode(…)}"`) replaced by that expression. All
/// spans stay the same.
pub(super) fn evaluated(document: &Document, root: &Node, budget: &ReadBudget<'_>) -> Document {
    Document {
        source: Arc::clone(&document.source),
        syntax: document.syntax,
        roots: vec![node(root, &document.source, budget)],
        errors: Vec::new(),
        is_whole: document.is_whole,
    }
}

fn node(written: &Node, source: &Arc<SourceFile>, budget: &ReadBudget<'_>) -> Node {
    let kind = match &written.kind {
        NodeKind::String(text) if is_placeholder(text) && budget.take(2 * text.len()) => {
            return expression(text, written.span, source).unwrap_or_else(|| written.clone());
        }
        NodeKind::Array(items) => NodeKind::Array(items.iter().map(|n| node(n, source, budget)).collect()),
        NodeKind::Object(members) => {
            let member = |m: &Member| Member {
                key: m.key.clone(),
                key_span: m.key_span,
                value: node(&m.value, source, budget),
            };
            NodeKind::Object(members.iter().map(member).collect())
        }
        _ => return budget.copy(written),
    };
    Node::new(kind, written.span)
}

/// The expression between `${` and `}`, parsed as the value of an attribute.
fn expression(text: &Text, span: Span, source: &Arc<SourceFile>) -> Option<Node> {
    let parts = text.parts(source.text());
    let inside = 2..text.len() - 1;
    let start = parts.span(Span::new(2, to_offset(inside.end))).start;
    let mut attribute = JoinedText::default();
    attribute.push_replacement("value = ", Span::new(start, start));
    attribute.push_range(text, &parts, inside);
    attribute.push_replacement("\n", Span::new(span.end, span.end));
    let read = attribute.read(source, Syntax::Hcl, span);
    let value = read.roots.first()?.get("value")?;
    read.errors.is_empty().then(|| value.clone())
}
