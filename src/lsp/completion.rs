//! Completion: what may be written at a place.

mod candidate;
mod cursor_context;
mod errors;
mod expressions;
mod keys;
mod literal;
mod resources;
mod values;
mod writing;

use super::snapshot::Snapshot;
use super::workspace::Workspace;
pub(super) use candidate::Candidate;
use cursor_context::Role;

/// The candidates at an offset, and whether typing more may find others.
pub(super) fn complete(
    workspace: &mut Workspace<'_>,
    snapshot: &Snapshot,
    offset: u32,
) -> (Vec<Candidate>, bool) {
    if let Some(found) = expressions::complete(workspace, snapshot, offset) {
        return (found, false);
    }
    let Some(context) = cursor_context::find(snapshot, offset) else {
        return (Vec::new(), false);
    };
    match &context.role {
        Role::Key => (keys::complete(&context, workspace.client.takes_snippets), false),
        Role::Value(_) | Role::Item => values::complete(&context),
    }
}
