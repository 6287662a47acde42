//! Terraform's JSON syntax, as people write it and the CDK for Terraform synthesizes it: expressions stand in strings.

use crate::document::{Assembly, Document, Member, Node, NodeKind, Syntax, Text};
use crate::source::{SourceFile, Span, to_offset};
use crate::template::intrinsic::is_placeholder;
use crate::template::reach::Reach;
use std::sync::Arc;

/// The document with each string that is nothing but an expression (`"${jsonencode(…)}"`) as what that expression is.
/// All places stay what they are.
pub(super) fn evaluated(document: &Document, root: &Node, reach: &Reach<'_>) -> Document {
    Document {
        source: Arc::clone(&document.source),
        syntax: document.syntax,
        roots: vec![node(root, &document.source, reach)],
        faults: Vec::new(),
        is_whole: document.is_whole,
    }
}

fn node(written: &Node, source: &Arc<SourceFile>, reach: &Reach<'_>) -> Node {
    let kind = match &written.kind {
        NodeKind::String(text) if is_placeholder(text) && reach.take(2 * text.len()) => {
            return expression(text, written.span, source).unwrap_or_else(|| written.clone());
        }
        NodeKind::Array(items) => NodeKind::Array(items.iter().map(|n| node(n, source, reach)).collect()),
        NodeKind::Object(members) => {
            let member = |m: &Member| Member {
                key: m.key.clone(),
                key_span: m.key_span,
                value: node(&m.value, source, reach),
            };
            NodeKind::Object(members.iter().map(member).collect())
        }
        _ => return reach.copy(written),
    };
    Node::new(kind, written.span)
}

/// What stands between `${` and `}`, read as the value of an attribute.
fn expression(text: &Text, span: Span, source: &Arc<SourceFile>) -> Option<Node> {
    let parts = text.parts(source.text());
    let inside = 2..text.len() - 1;
    let start = parts.span(Span::new(2, to_offset(inside.end))).start;
    let mut attribute = Assembly::default();
    attribute.push_for("value = ", Span::new(start, start));
    attribute.push_range(text, &parts, inside);
    attribute.push_for("\n", Span::new(span.end, span.end));
    let read = attribute.read(source, Syntax::Hcl, span);
    let value = read.roots.first()?.get("value")?;
    read.faults.is_empty().then(|| value.clone())
}
