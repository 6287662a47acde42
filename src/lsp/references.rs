//! Definition, references, highlights, and rename of the names in a document and in the files that it references.

use super::actions;
use super::failure::Failure;
use super::names::{self, Name};
use super::node_path::{self, NodePath};
use super::occurrence::{Occurrence, Written};
use super::resources;
use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::diagnostic::Edit;
use crate::edit::{Content, Editor, Quoting};
use crate::expr::jsonpath;
use crate::source::Span;
use gen_lsp_types::{
    DocumentHighlight, DocumentHighlightKind, Location, Range, TextEdit, Uri, WorkspaceEdit,
};
use lsp_server::ErrorCode;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The places where the name at an offset is defined.
pub(super) fn definition(
    workspace: &Workspace<'_>,
    uri: &str,
    snapshot: &Snapshot,
    offset: u32,
) -> Vec<Location> {
    let mut found: Vec<Location> = all(workspace, uri, snapshot, offset)
        .into_iter()
        .filter(|(_, is_definition)| *is_definition)
        .map(|(location, _)| location)
        .collect();
    if found.is_empty() {
        found.extend(
            super::links::link_at(workspace, snapshot, offset).map(|path| Location {
                uri: Uri(workspace.uri_of(&path)),
                range: Range::default(),
            }),
        );
    }
    if found.is_empty() {
        found.extend(super::links::references_to(workspace, snapshot, offset));
    }
    found
}

/// The places where the name at an offset is used, and if asked for where it is defined.
pub(super) fn references(
    workspace: &Workspace<'_>,
    uri: &str,
    snapshot: &Snapshot,
    offset: u32,
    includes_definitions: bool,
) -> Vec<Location> {
    let all = all(workspace, uri, snapshot, offset).into_iter();
    all.filter(|(_, is_definition)| includes_definitions || !is_definition)
        .map(|(location, _)| location)
        .collect()
}

/// The places in the document where the name at an offset is written.
pub(super) fn highlights(
    workspace: &Workspace<'_>,
    snapshot: &Snapshot,
    offset: u32,
) -> Vec<DocumentHighlight> {
    let Some((node_path, name)) = named(snapshot, offset) else {
        return Vec::new();
    };
    let encoding = workspace.client.encoding;
    let occurrences = occurrences_in(snapshot, node_path.as_ref(), &name).into_iter();
    occurrences
        .map(|occurrence| DocumentHighlight {
            range: snapshot.lines.range(snapshot.text(), occurrence.span, encoding),
            kind: Some(if occurrence.is_definition {
                DocumentHighlightKind::Write
            } else {
                DocumentHighlightKind::Read
            }),
        })
        .collect()
}

/// The name at an offset. A substitution may be named outside of state machines.
fn named(snapshot: &Snapshot, offset: u32) -> Option<(Option<NodePath<'_>>, Name)> {
    match node_path::node_path(snapshot, offset) {
        Some(node_path) => {
            let name = names::name_at(snapshot, &node_path, offset)?;
            Some((Some(node_path), name))
        }
        None => {
            let resource = resources::at(snapshot, offset).map(Name::Resource);
            let name =
                resource.or_else(|| names::substitution_at(snapshot, offset).map(Name::Substitution))?;
            Some((None, name))
        }
    }
}

fn occurrences_in<'s>(
    snapshot: &'s Snapshot,
    node_path: Option<&NodePath<'s>>,
    name: &Name,
) -> Vec<Occurrence<'s>> {
    match (node_path, name) {
        (Some(node_path), name) => names::occurrences(snapshot, node_path, name),
        (None, Name::Resource(name)) => resources::occurrences(snapshot, name),
        (None, name) => names::substitutions(snapshot, name.text()),
    }
}

/// The places of the name at an offset, in this document and in others, and whether each defines it.
fn all(workspace: &Workspace<'_>, uri: &str, snapshot: &Snapshot, offset: u32) -> Vec<(Location, bool)> {
    let Some((node_path, name)) = named(snapshot, offset) else {
        return Vec::new();
    };
    let encoding = workspace.client.encoding;
    let of = |uri: &str, snapshot: &Snapshot, occurrences: Vec<Occurrence<'_>>| -> Vec<(Location, bool)> {
        let location = |occurrence: Occurrence<'_>| {
            let location = Location {
                uri: Uri(uri.to_owned()),
                range: snapshot.lines.range(snapshot.text(), occurrence.span, encoding),
            };
            (location, occurrence.is_definition)
        };
        occurrences.into_iter().map(location).collect()
    };
    let mut found = of(uri, snapshot, occurrences_in(snapshot, node_path.as_ref(), &name));
    if let Name::Substitution(name) = &name {
        for other in related(workspace, snapshot) {
            let uri = workspace.uri_of(&other.path);
            found.extend(of(&uri, &other, names::substitutions(&other, name)));
        }
    }
    found
}

/// The files that share substitutions with a document: the definitions that a template references, or the templates that
/// reference a definition.
fn related(workspace: &Workspace<'_>, snapshot: &Snapshot) -> Vec<Rc<Snapshot>> {
    let mut paths: Vec<_> = super::links::links(workspace, snapshot)
        .into_iter()
        .map(|link| link.path)
        .collect();
    if snapshot.resources.is_empty() {
        paths.extend(super::links::templates_of(workspace, &snapshot.path));
    }
    paths.iter().filter_map(|path| workspace.file(path)).collect()
}

/// The range of the name at an offset, if it can be renamed.
pub(super) fn prepare_rename(
    workspace: &Workspace<'_>,
    snapshot: &Snapshot,
    offset: u32,
) -> Option<(Range, String)> {
    let (node_path, name) = named(snapshot, offset)?;
    let occurrences = occurrences_in(snapshot, node_path.as_ref(), &name);
    let here = occurrences
        .iter()
        .find(|occurrence| occurrence.span.start <= offset && offset <= occurrence.span.end)?;
    let range = snapshot
        .lines
        .range(snapshot.text(), here.span, workspace.client.encoding);
    Some((range, name.text().to_owned()))
}

/// The edits that rename the name at an offset.
pub(super) fn rename(
    workspace: &Workspace<'_>,
    uri: &str,
    snapshot: &Snapshot,
    offset: u32,
    new: &str,
) -> Result<Option<WorkspaceEdit>, Failure> {
    let refused = |message: String| Failure::new(ErrorCode::RequestFailed, message);
    let Some((node_path, name)) = named(snapshot, offset) else {
        return Ok(None);
    };
    check_new_name(&name, new, node_path.as_ref()).map_err(refused)?;
    let edit = |snapshot: &Snapshot, occurrences: &[Occurrence<'_>]| -> Result<Vec<TextEdit>, Failure> {
        let edits: Result<Vec<Edit>, String> = occurrences
            .iter()
            .map(|occurrence| renamed(snapshot, occurrence, new))
            .collect();
        let edits = edits.map_err(refused)?;
        let encoding = workspace.client.encoding;
        let text_edit = |edit: Edit| TextEdit {
            range: snapshot.lines.range(snapshot.text(), edit.span, encoding),
            new_text: edit.replacement,
        };
        Ok(edits.into_iter().map(text_edit).collect())
    };
    let occurrences = occurrences_in(snapshot, node_path.as_ref(), &name);
    let mut edits = BTreeMap::from([(uri.to_owned(), edit(snapshot, &occurrences)?)]);
    if let Name::Substitution(name) = &name {
        for other in related(workspace, snapshot) {
            let occurrences = names::substitutions(&other, name);
            if !occurrences.is_empty() {
                edits.insert(workspace.uri_of(&other.path), edit(&other, &occurrences)?);
            }
        }
    }
    Ok(Some(actions::edit_of(edits)))
}

/// Refuses a name that the language does not allow, or that something else has.
fn check_new_name(name: &Name, new: &str, node_path: Option<&NodePath<'_>>) -> Result<(), String> {
    match name {
        Name::State { name, .. } => {
            if new.is_empty() || new.chars().count() > 80 {
                return Err("a state name must have 1 to 80 characters".to_owned());
            }
            let mut is_taken = false;
            if let Some(node_path) = node_path {
                names::for_each_scope(node_path.root, &mut |machine| {
                    let states = machine.get("States");
                    is_taken |= new != name && states.is_some_and(|states| states.get(new).is_some());
                });
            }
            if is_taken {
                return Err(format!("a state named `{new}` already exists"));
            }
        }
        Name::Variable(_) => {
            let path = format!("${new}");
            let is_name = jsonpath::Path::parse(&path).is_ok_and(|parsed| {
                *parsed.root() == jsonpath::Root::Variable(new.into()) && parsed.steps().is_empty()
            });
            if !is_name || new == "states" || new.chars().count() > 80 {
                return Err(format!("`{new}` is not a valid variable name"));
            }
        }
        Name::Label(_) => {
            if new.is_empty() || new.chars().count() > 40 {
                return Err("a label has 1 to 40 characters".to_owned());
            }
        }
        Name::Resource(_) => {
            let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
            if !new.starts_with(|c: char| c.is_ascii_alphabetic()) || !new.chars().all(is_part) {
                return Err(
                    "a resource name must start with a letter and contain only letters and digits".to_owned(),
                );
            }
        }
        Name::Substitution(_) => {
            if new.is_empty() || !new.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') {
                return Err(
                    "a substitution name must contain only letters, digits, and underscores".to_owned(),
                );
            }
        }
    }
    Ok(())
}

fn renamed(snapshot: &Snapshot, occurrence: &Occurrence<'_>, new: &str) -> Result<Edit, String> {
    let machines = snapshot.machines.iter();
    let mut machines = machines.filter(|found| {
        let node = snapshot.node_of(found);
        node.is_some_and(|node| node.span.contains(occurrence.span))
    });
    let found = machines.next();
    let editor = Editor::new(found.map_or(&snapshot.document, |found| snapshot.document_of(found)));
    let edits = match occurrence.written {
        Written::Key(member) => editor.rename(member, new),
        Written::Value(node) => editor.replace(node, &Content::text(new)),
        Written::Part => Ok(vec![Edit {
            span: occurrence.span,
            replacement: new.to_owned(),
        }]),
    };
    let edits = edits.map_err(|reason| format!("cannot rename here: {reason}"))?;
    let mut edit = edits.into_iter().next().unwrap_or_else(|| Edit {
        span: Span::default(),
        replacement: String::new(),
    });
    if found.is_some_and(|found| found.is_text) {
        let quoting = Quoting::at(&snapshot.document, edit.span);
        if let Some(quoting) = quoting {
            edit.replacement = quoting
                .encode(&edit.replacement)
                .ok_or("cannot rename here: the name cannot be written in this string")?;
        }
    }
    Ok(edit)
}
