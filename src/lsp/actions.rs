//! Code actions: the fixes of findings, one by one or all at once, and comments that disable a rule.

use super::diagnostics::File;
use super::refactor;
use super::snapshot::Snapshot;
use super::suppress;
use super::uri;
use super::workspace::Workspace;
use crate::diagnostic::{Diagnostic, Edit, Fix};
use crate::fix::{self, Policy};
use crate::source::Span;
use gen_lsp_types::{
    CodeAction, CodeActionDisabled, CodeActionKind, Command, CreateFile, Diagnostic as ProtocolDiagnostic,
    DocumentChange, OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextDocumentIdentifier,
    TextEdit, Uri, WorkspaceEdit,
};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

/// The action that applies every safe fix of a document.
pub(super) const FIX_ALL: &str = "source.fixAll.asl";

/// The command that shows the manual of a rule.
pub(super) const EXPLAIN: &str = "asl.explain";

/// The actions for a range of a document. `only` are the kinds that the client requests; all if it is empty.
pub(super) fn actions(
    workspace: &mut Workspace<'_>,
    uri: &str,
    span: Span,
    only: &[&str],
) -> Vec<CodeAction> {
    let Some(checked) = workspace.check(uri, &Arc::default()) else {
        return Vec::new();
    };
    let is_asked_for = |kind: &str| {
        only.iter()
            .any(|wanted| kind == *wanted || kind.starts_with(&format!("{wanted}.")))
    };
    let diagnostics = &checked.report.diagnostics;
    let mut actions = Vec::new();
    if only.is_empty() || is_asked_for("quickfix") {
        let near = diagnostics
            .iter()
            .filter(|d| d.source.is_none() && d.span.start <= span.end && span.start <= d.span.end);
        let file = File::new(workspace, uri, &checked.snapshot);
        for diagnostic in near {
            let shown = file.diagnostic(diagnostic);
            if let Some(fix) = &diagnostic.fix {
                actions.push(quick_fix(workspace, uri, &checked.snapshot, fix, shown.clone()));
            }
            actions.extend(ignore(
                workspace,
                uri,
                &checked.snapshot,
                diagnostic,
                shown.clone(),
            ));
            actions.push(explain(diagnostic.rule, shown));
        }
    }
    let kinds = [
        (
            refactor::Kind::Extract,
            CodeActionKind::RefactorExtract,
            "refactor.extract",
        ),
        (
            refactor::Kind::Rewrite,
            CodeActionKind::RefactorRewrite,
            "refactor.rewrite",
        ),
    ];
    let kinds = kinds.into_iter();
    let kinds: Vec<_> = kinds
        .filter(|(_, _, name)| only.is_empty() || is_asked_for(name))
        .collect();
    if !kinds.is_empty() {
        let exists = |path: &Path| workspace.documents.at(path).is_some() || workspace.host.exists(path);
        let creates: Option<&dyn Fn(&Path) -> bool> = workspace.client.creates_files.then_some(&exists);
        for found in refactor::refactorings(&checked.snapshot, span, creates) {
            if let Some((_, kind, _)) = kinds.iter().find(|(kind, _, _)| *kind == found.kind) {
                actions.push(CodeAction {
                    title: found.title,
                    kind: Some(kind.clone()),
                    edit: Some(match &found.file {
                        None => edit(workspace, uri, &checked.snapshot, &found.edits),
                        Some((path, text)) => {
                            with_file(workspace, uri, &checked.snapshot, &found.edits, path, text)
                        }
                    }),
                    ..CodeAction::default()
                });
            }
        }
    }
    // Only on request: not every client hides it from the list of what can be done at a place.
    if is_asked_for(FIX_ALL) {
        let mut refused: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.rule).collect();
        refused.sort_unstable();
        refused.dedup();
        refused.retain(|rule| !workspace.host.allows_fix(&checked.snapshot.path, rule));
        let policy = Policy {
            includes_guesses: false,
            allows: &|rule| !refused.contains(&rule),
        };
        let source = &checked.snapshot.document.source;
        let mut selection = fix::select(source, diagnostics, &policy, &|_, _| false);
        if let Some(selected) = selection.files.remove(source.name()) {
            actions.push(CodeAction {
                title: "Apply all safe fixes".to_owned(),
                kind: Some(CodeActionKind::from(FIX_ALL.to_owned())),
                edit: Some(edit(workspace, uri, &checked.snapshot, &selected.edits)),
                ..CodeAction::default()
            });
        }
    }
    actions
}

fn quick_fix(
    workspace: &Workspace<'_>,
    uri: &str,
    snapshot: &Snapshot,
    fix: &Fix,
    shown: ProtocolDiagnostic,
) -> CodeAction {
    let title = crate::prose::capitalized(&fix.title);
    let edits = fix.applicable();
    CodeAction {
        title: if fix.is_safe {
            title
        } else {
            format!("{title} (unsafe)")
        },
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![shown]),
        is_preferred: fix.is_safe.then_some(true),
        disabled: edits.err().map(|reason| CodeActionDisabled {
            reason: reason.to_owned(),
        }),
        edit: edits.ok().map(|edits| edit(workspace, uri, snapshot, edits)),
        ..CodeAction::default()
    }
}

/// Turns off the rule of a finding in the state that contains it.
fn ignore(
    workspace: &Workspace<'_>,
    uri: &str,
    snapshot: &Snapshot,
    diagnostic: &Diagnostic,
    shown: ProtocolDiagnostic,
) -> Option<CodeAction> {
    let edits = suppress::edits(snapshot, diagnostic.span, diagnostic.rule)?;
    Some(CodeAction {
        title: format!("Ignore `{}` here", diagnostic.rule),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![shown]),
        edit: Some(edit(workspace, uri, snapshot, &edits)),
        ..CodeAction::default()
    })
}

fn explain(rule: &str, shown: ProtocolDiagnostic) -> CodeAction {
    let title = format!("Explain `{rule}`");
    CodeAction {
        title: title.clone(),
        kind: Some(CodeActionKind::QuickFix),
        diagnostics: Some(vec![shown]),
        command: Some(Command {
            title,
            tooltip: None,
            command: EXPLAIN.to_owned(),
            arguments: Some(vec![json!(rule)]),
        }),
        ..CodeAction::default()
    }
}

/// Edits of a document, in the terms of the protocol.
pub(super) fn edit(
    workspace: &Workspace<'_>,
    uri: &str,
    snapshot: &Snapshot,
    edits: &[Edit],
) -> WorkspaceEdit {
    edit_of(BTreeMap::from([(
        uri.to_owned(),
        text_edits(workspace, snapshot, edits),
    )]))
}

fn text_edits(workspace: &Workspace<'_>, snapshot: &Snapshot, edits: &[Edit]) -> Vec<TextEdit> {
    let encoding = workspace.client.encoding;
    let edits = edits.iter().map(|edit| TextEdit {
        range: snapshot.lines.range(snapshot.text(), edit.span, encoding),
        new_text: edit.replacement.clone(),
    });
    edits.collect()
}

/// Edits of a document, and a file that is created.
fn with_file(
    workspace: &Workspace<'_>,
    uri: &str,
    snapshot: &Snapshot,
    edits: &[Edit],
    path: &Path,
    text: &str,
) -> WorkspaceEdit {
    let created = Uri(uri::from_path(path));
    let start = TextEdit {
        range: Range::default(),
        new_text: text.to_owned(),
    };
    let change = |uri: Uri, version, edits: Vec<TextEdit>| {
        let document = OptionalVersionedTextDocumentIdentifier {
            version,
            text_document_identifier: TextDocumentIdentifier { uri },
        };
        let edits = edits.into_iter().map(Into::into).collect();
        DocumentChange::from(TextDocumentEdit::new(document, edits))
    };
    let version = workspace.documents.get(uri).map(|document| document.version);
    let own = text_edits(workspace, snapshot, edits);
    WorkspaceEdit {
        document_changes: Some(vec![
            CreateFile::new(created.clone(), None, None).into(),
            change(created, None, vec![start]),
            change(Uri(uri.to_owned()), version, own),
        ]),
        ..WorkspaceEdit::default()
    }
}

/// Edits of several documents, by URI.
pub(super) fn edit_of(edits: BTreeMap<String, Vec<TextEdit>>) -> WorkspaceEdit {
    let changes: HashMap<Uri, Vec<TextEdit>> =
        edits.into_iter().map(|(uri, edits)| (Uri(uri), edits)).collect();
    WorkspaceEdit {
        changes: Some(changes),
        ..WorkspaceEdit::default()
    }
}
