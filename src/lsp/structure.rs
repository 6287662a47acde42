//! The structure of a document: folding ranges and selection ranges.

use super::position::Encoding;
use super::snapshot::Snapshot;
use crate::document::{Node, NodeKind};
use crate::source::Span;
use gen_lsp_types::{FoldingRange, SelectionRange};

/// The ranges that can be folded: every object and array of several lines.
pub(super) fn folding(snapshot: &Snapshot) -> Vec<FoldingRange> {
    let mut found = Vec::new();
    let mut add = |span: Span| {
        let start = snapshot.lines.line_of(span.start);
        let end = snapshot.lines.line_of(span.end.saturating_sub(1).max(span.start));
        if end > start {
            found.push(FoldingRange {
                start_line: start,
                end_line: end,
                ..FoldingRange::default()
            });
        }
    };
    let here = snapshot
        .machines
        .iter()
        .filter(|found| super::symbols::is_in_document(snapshot, found));
    let machines = here.filter_map(|found| snapshot.node_of(found));
    machines.for_each(|node| collections(node, None, &mut add));
    if !snapshot.resources.is_empty() {
        snapshot
            .document
            .roots
            .iter()
            .for_each(|node| collections(node, None, &mut add));
    }
    found.sort_by_key(|range| (range.start_line, std::cmp::Reverse(range.end_line)));
    found.dedup_by_key(|range| range.start_line);
    found
}

/// Calls `f` with each collection, from its key on.
fn collections(node: &Node, key: Option<Span>, f: &mut dyn FnMut(Span)) {
    let start = key.map_or(node.span.start, |key| key.start.min(node.span.start));
    match &node.kind {
        NodeKind::Object(members) => {
            f(Span::new(start, node.span.end));
            for member in members {
                collections(&member.value, Some(member.key_span), f);
            }
        }
        NodeKind::Array(items) => {
            f(Span::new(start, node.span.end));
            items.iter().for_each(|item| collections(item, None, f));
        }
        NodeKind::Tagged(tagged) => collections(&tagged.value, key, f),
        _ => {}
    }
}

/// What a selection at an offset grows to: the word, the value, the member, the object around it, and so on.
pub(super) fn selection(snapshot: &Snapshot, offset: u32, encoding: Encoding) -> SelectionRange {
    let mut spans = vec![Span::new(0, crate::source::to_offset(snapshot.text().len()))];
    for root in &snapshot.document.roots {
        around(root, offset, &mut spans);
    }
    if let Some(node_path) = super::node_path::node_path(snapshot, offset) {
        around(node_path.root, offset, &mut spans);
    }
    spans.sort_by_key(|span| (std::cmp::Reverse(span.len()), span.start));
    spans.dedup();
    let mut range: Option<SelectionRange> = None;
    for span in spans {
        // Spans of joined texts may overlap without one being in the other.
        let parent = range.take();
        range = Some(SelectionRange {
            range: snapshot.lines.range(snapshot.text(), span, encoding),
            parent: parent.map(Box::new),
        });
    }
    range.unwrap_or_default()
}

fn around(node: &Node, offset: u32, spans: &mut Vec<Span>) {
    let touches = |span: Span| span.start <= offset && offset <= span.end;
    if !touches(node.span) {
        return;
    }
    let is_inside = |spans: &[Span]| spans.last().is_none_or(|outer| outer.contains(node.span));
    if is_inside(spans) {
        spans.push(node.span);
    }
    match &node.kind {
        NodeKind::Object(members) => {
            for member in members {
                let whole = Span::new(
                    member.key_span.start.min(member.value.span.start),
                    member.value.span.end.max(member.key_span.end),
                );
                if touches(member.key_span) || touches(member.value.span) {
                    if spans.last().is_none_or(|outer| outer.contains(whole)) {
                        spans.push(whole);
                    }
                    if touches(member.key_span) {
                        spans.push(member.key_span);
                    } else {
                        around(&member.value, offset, spans);
                    }
                    return;
                }
            }
        }
        NodeKind::Array(items) => {
            if let Some(item) = items.iter().find(|item| touches(item.span)) {
                around(item, offset, spans);
            }
        }
        NodeKind::Tagged(tagged) => around(&tagged.value, offset, spans),
        _ => {}
    }
}
