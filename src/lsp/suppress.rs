//! Disables a rule by a comment in a state.

use super::snapshot::{Found, Snapshot};
use super::symbols::is_in_document;
use crate::diagnostic::Edit;
use crate::document::Node;
use crate::edit::{Content, Editor, Quoting};
use crate::lint::suppression::DIRECTIVE;
use crate::source::Span;

/// The edits that turn off a rule in the innermost state that contains a place, or in the whole state machine; `None` if
/// its text cannot be edited.
pub(super) fn edits(snapshot: &Snapshot, span: Span, rule: &str) -> Option<Vec<Edit>> {
    let mut machines = snapshot
        .machines
        .iter()
        .filter(|machine| is_in_document(snapshot, machine));
    let (found, root) = machines.find_map(|found| {
        let node = snapshot.node_of(found).filter(|node| node.span.contains(span))?;
        Some((found, node))
    })?;
    let object = innermost_state(root, span).unwrap_or(root);
    let editor = Editor::new(snapshot.document_of(found));
    let edits = match object.get("Comment") {
        Some(comment) => {
            let text = comment.as_str()?;
            let text = if text.contains(DIRECTIVE) {
                format!("{text}, {rule}")
            } else {
                format!("{text} {DIRECTIVE} {rule}")
            };
            editor.replace(comment, &Content::text(text))
        }
        None => {
            let after = object.get("Type").map(|_| "Type");
            editor.insert(
                object,
                after,
                "Comment",
                &Content::text(format!("{DIRECTIVE} {rule}")),
            )
        }
    };
    encoded(snapshot, found, edits.ok()?)
}

/// Edits of a machine as they are written in the file; `None` if its string cannot contain them.
pub(super) fn encoded(snapshot: &Snapshot, found: &Found, mut edits: Vec<Edit>) -> Option<Vec<Edit>> {
    if found.is_text {
        for edit in &mut edits {
            let quoting = Quoting::at(&snapshot.document, edit.span)?;
            let replaced = snapshot.text().get(edit.span.range()).unwrap_or_default();
            edit.replacement = quoting.encode_over(&edit.replacement, replaced)?;
        }
    }
    Some(edits)
}

fn innermost_state(machine: &Node, span: Span) -> Option<&Node> {
    let states = machine.get("States").and_then(Node::as_object)?;
    let state = states
        .iter()
        .find(|state| state.key_span.contains(span) || state.value.span.contains(span))?;
    let state = &state.value;
    let branches = state.get("Branches").and_then(Node::as_array).unwrap_or_default();
    let processors = ["ItemProcessor", "Iterator"]
        .into_iter()
        .filter_map(|key| state.get(key));
    let mut inner = branches.iter().chain(processors);
    state.as_object()?;
    Some(
        inner
            .find_map(|machine| innermost_state(machine, span))
            .unwrap_or(state),
    )
}
