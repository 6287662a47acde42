//! Refactorings of the states at the cursor or in the selection.

mod enclose;
mod errors;
mod nested;
mod refactoring;
mod selected;

use super::snapshot::Snapshot;
use super::suppress::encoded;
use crate::source::Span;
pub(super) use refactoring::{Kind, Refactoring};
use selected::Selected;
use std::path::Path;

/// The refactorings of the states in a span, or of the one that contains it. `exists` is whether a file exists; without
/// it, none can be created.
pub(super) fn refactorings(
    snapshot: &Snapshot,
    span: Span,
    exists: Option<&dyn Fn(&Path) -> bool>,
) -> Vec<Refactoring> {
    let Some(selected) = Selected::find(snapshot, span) else {
        return Vec::new();
    };
    let mut found = errors::refactorings(&selected);
    found.extend(enclose::in_map(&selected));
    found.extend(enclose::in_parallel(&selected));
    if let Some(exists) = exists {
        found.extend(nested::extracted(&selected, &snapshot.path, exists));
    }
    found.retain_mut(|refactoring| {
        let edits = encoded(
            snapshot,
            selected.node_path.found,
            std::mem::take(&mut refactoring.edits),
        );
        refactoring.edits = edits.unwrap_or_default();
        !refactoring.edits.is_empty()
    });
    found
}
