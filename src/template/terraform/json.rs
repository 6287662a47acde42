//! Terraform's JSON syntax, written by hand or synthesized by the CDK for Terraform. Expressions are in strings.

use crate::document::{Document, JoinedText, Member, Node, NodeKind, Syntax, Text};
use crate::source::{SourceFile, Span};
use crate::template::read_budget::ReadBudget;
use std::sync::Arc;

/// The tree with each string that contains an expression replaced by the operation that it is. All spans stay the same.
pub(super) fn with_operations(document: &Document, root: &Node, budget: &ReadBudget<'_>) -> Node {
    node(root, &document.source, budget)
}

/// The members of a block, or of each block of an array, which the syntax permits instead of a block.
pub(super) fn members(node: &Node) -> impl Iterator<Item = &Member> {
    let blocks = node.as_array().unwrap_or(std::slice::from_ref(node));
    blocks
        .iter()
        .flat_map(|block| block.as_object().unwrap_or_default())
}

/// The values of the members of this name.
pub(super) fn values<'n>(node: &'n Node, name: &str) -> impl Iterator<Item = &'n Node> {
    members(node)
        .filter(move |member| member.key.as_str() == name)
        .map(|member| &member.value)
}

fn node(written: &Node, source: &Arc<SourceFile>, budget: &ReadBudget<'_>) -> Node {
    let kind = match &written.kind {
        NodeKind::String(text) if text.contains("${") || text.contains("%{") => {
            let parsed = budget
                .take(2 * text.len())
                .then(|| template(text, written.span, source));
            return parsed.flatten().unwrap_or_else(|| written.clone());
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

fn template(text: &Text, span: Span, source: &Arc<SourceFile>) -> Option<Node> {
    let mut joined = JoinedText::default();
    joined.push_text(source.text(), text);
    let mut read = joined.read(source, Syntax::HclTemplate, span);
    let root = read.roots.pop().filter(|_| read.is_whole)?;
    // A string that is one expression has the value of the expression.
    let parts = root.as_tagged().and_then(|template| template.value.as_array());
    if let Some([only]) = parts
        && let Some(interpolation) = only.as_tagged().filter(|only| only.tag == "${")
    {
        return interpolation.value.as_array()?.first().cloned();
    }
    Some(Node::new(root.kind, span))
}
