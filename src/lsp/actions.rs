//! Code actions: the fixes of findings.

use super::diagnostics;
use super::position::Encoding;
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::diagnostic::{Diagnostic, Edit};
use crate::source::Span;
use gen_lsp_types::{CodeAction, CodeActionKind, TextEdit, Uri, WorkspaceEdit};
use std::collections::HashMap;
use std::sync::Arc;

/// The action that applies every fix of a document.
const FIX_ALL: &str = "source.fixAll.asl";

/// The actions for a range of a document. `only` are the kinds that the client asks for; all if it is empty.
pub(super) fn actions(
    workspace: &mut Workspace<'_>,
    uri: &str,
    span: Span,
    only: &[&str],
) -> Vec<CodeAction> {
    let Some(checked) = workspace.check(uri, &Arc::default()) else {
        return Vec::new();
    };
    let wants = |kind: &str| {
        let is_part = |wanted: &&str| kind == *wanted || kind.starts_with(&format!("{wanted}."));
        only.is_empty() || only.iter().any(is_part)
    };
    let target = Target {
        uri,
        snapshot: &checked.snapshot,
        encoding: workspace.client.encoding,
    };
    let mut actions = Vec::new();
    let own = checked.report.diagnostics.iter().filter(|d| d.source.is_none());
    if wants("quickfix") {
        let near = own
            .clone()
            .filter(|d| d.span.start <= span.end && span.start <= d.span.end);
        let file = diagnostics::File::new(workspace, uri, &checked.snapshot);
        for diagnostic in near {
            let Some(fix) = &diagnostic.fix else { continue };
            actions.push(CodeAction {
                title: fix.title.clone(),
                kind: Some(CodeActionKind::QuickFix),
                diagnostics: Some(vec![file.diagnostic(diagnostic)]),
                edit: Some(target.edit(&fix.edits)),
                ..CodeAction::default()
            });
        }
    }
    // Only on request: not every client hides it from the list of what can be done at a place.
    if only
        .iter()
        .any(|kind| FIX_ALL == *kind || FIX_ALL.starts_with(&format!("{kind}.")))
    {
        let edits = compatible(own);
        if !edits.is_empty() {
            actions.push(CodeAction {
                title: "Apply all fixes".to_owned(),
                kind: Some(CodeActionKind::from(FIX_ALL.to_owned())),
                edit: Some(target.edit(&edits)),
                ..CodeAction::default()
            });
        }
    }
    actions
}

/// The edits of all fixes; of those that overlap, the first.
fn compatible<'a>(diagnostics: impl Iterator<Item = &'a Diagnostic>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for fix in diagnostics.filter_map(|diagnostic| diagnostic.fix.as_ref()) {
        let is_free = |new: &Edit| {
            edits
                .iter()
                .all(|old| new.span.end <= old.span.start || old.span.end <= new.span.start)
        };
        if fix.edits.iter().all(is_free) {
            edits.extend(fix.edits.iter().cloned());
        }
    }
    edits
}

/// The document that edits change.
struct Target<'a> {
    uri: &'a str,
    snapshot: &'a Snapshot,
    encoding: Encoding,
}

impl Target<'_> {
    fn edit(&self, edits: &[Edit]) -> WorkspaceEdit {
        let edits = edits.iter().map(|edit| TextEdit {
            range: self
                .snapshot
                .lines
                .range(self.snapshot.text(), edit.span, self.encoding),
            new_text: edit.replacement.clone(),
        });
        WorkspaceEdit {
            changes: Some(HashMap::from([(Uri(self.uri.to_owned()), edits.collect())])),
            ..WorkspaceEdit::default()
        }
    }
}
