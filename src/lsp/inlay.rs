//! Inlay hints: the type of each state's input, and the transitions that are billed.

use super::node_path::node_path;
use super::payload;
use super::snapshot::Snapshot;
use super::symbols::is_in_document;
use super::workspace::Workspace;
use crate::asl::{State, lower};
use crate::prose;
use crate::source::Span;
use gen_lsp_types::{InlayHint, InlayHintKind};

/// A type is shown up to this many characters.
const MAX_TYPE: usize = 60;

/// The hints in a range of a document.
pub(super) fn hints(workspace: &mut Workspace<'_>, snapshot: &Snapshot, span: Span) -> Vec<InlayHint> {
    let mut hints = Vec::new();
    for found in snapshot
        .machines
        .iter()
        .filter(|found| is_in_document(snapshot, found))
    {
        let Some(root) = snapshot.node_of(found) else {
            continue;
        };
        let Some(start) = node_path(snapshot, root.span.start) else {
            continue;
        };
        let shapes = payload::shapes(workspace, &snapshot.path, &start);
        let machine = lower::machine(root);
        let encoding = workspace.client.encoding;
        machine.for_each_state(&mut |_, state| {
            let at = state.name_span.end;
            if at < span.start || span.end < at {
                return;
            }
            let mut label = String::new();
            if let Some(known) = shapes.get(&state.pointer()) {
                label = shortened(&known.input.to_string());
            }
            let billed = prose::plural(transitions(state), "transition");
            hints.push(InlayHint {
                position: snapshot.lines.position(snapshot.text(), at, encoding),
                label: format!("{label} ({billed})").trim_start().to_owned().into(),
                kind: Some(InlayHintKind::Type),
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: Some(true),
                data: None,
            });
        });
    }
    hints
}

/// The state transitions that one visit bills, without those of retries: its own, and for a Parallel state the states in
/// its branches that start with it.
fn transitions(state: &State<'_>) -> usize {
    let branches = state.machines().iter();
    1 + match state.kind {
        crate::asl::Kind::Parallel(_) => branches.filter(|machine| machine.start_at.is_some()).count(),
        _ => 0,
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(MAX_TYPE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
