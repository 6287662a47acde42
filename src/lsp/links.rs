//! The files that a template references, and the templates that reference a file.

use super::snapshot::Snapshot;
use super::workspace::Workspace;
use crate::document::{Node, NodeKind};
use crate::source::Span;
use gen_lsp_types::{Location, Uri};
use std::path::{Component, Path, PathBuf};

/// The properties whose value is the path of a definition.
const PROPERTIES: [&str; 5] = [
    "DefinitionUri",
    "DefinitionS3Location",
    "definition",
    "definitionFile",
    "templatefile",
];

/// A path in a document that is the path of a file.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) span: Span,
    /// The path as it is written, relative to the folder of the document.
    pub(super) written: String,
    pub(super) path: PathBuf,
}

/// The links of a document: values that are paths of files which exist, in templates with state machines.
pub(super) fn links(workspace: &Workspace<'_>, snapshot: &Snapshot) -> Vec<Link> {
    let mut found = Vec::new();
    if !snapshot.resources.is_empty() {
        let folder = snapshot.path.parent().unwrap_or(Path::new(""));
        for root in &snapshot.document.roots {
            collect(snapshot.text(), root, None, &mut |span, written| {
                let path = plain(&folder.join(written));
                if workspace.documents.at(&path).is_some() || workspace.host.exists(&path) {
                    let written = written.to_owned();
                    found.push(Link { span, written, path });
                }
            });
        }
    }
    found
}

/// Calls `f` with each text that may be a path: the value of a property, or an argument of a function of Terraform.
fn collect(source: &str, node: &Node, key: Option<&str>, f: &mut dyn FnMut(Span, &str)) {
    match &node.kind {
        NodeKind::Object(members) => {
            for member in members {
                collect(source, &member.value, Some(member.key.as_str()), f);
            }
        }
        NodeKind::Array(items) => items.iter().for_each(|item| collect(source, item, key, f)),
        // A string with expressions of HCL.
        NodeKind::Tagged(tagged) if tagged.tag == "\"" => {
            let written = source.get(node.span.range()).unwrap_or_default();
            path_at(node.span, key, written.trim_matches('"'), f);
        }
        NodeKind::Tagged(tagged) => {
            let is_file = tagged.tag.contains("file") || tagged.tag.contains("Include");
            collect(
                source,
                &tagged.value,
                Some(if is_file {
                    "definition"
                } else {
                    key.unwrap_or_default()
                }),
                f,
            );
        }
        NodeKind::String(text) => path_at(node.span, key, text.as_str(), f),
        _ => {}
    }
}

/// Calls `f` with a string that may be a path, without a prefix that means the folder of the document.
fn path_at(span: Span, key: Option<&str>, text: &str, f: &mut dyn FnMut(Span, &str)) {
    let is_property = key.is_some_and(|key| PROPERTIES.contains(&key) || key == "Location");
    let text = text
        .strip_prefix("${file(")
        .and_then(|rest| rest.strip_suffix(")}"))
        .unwrap_or(text);
    let text = text.trim_start_matches("${path.module}/");
    if is_property && text.contains('.') && text.len() < 4096 && !text.contains(['\n', '$']) {
        f(span, text);
    }
}

/// The file that the value at an offset references.
pub(super) fn link_at(workspace: &Workspace<'_>, snapshot: &Snapshot, offset: u32) -> Option<PathBuf> {
    let links = links(workspace, snapshot);
    let link = links
        .into_iter()
        .find(|link| link.span.start <= offset && offset <= link.span.end)?;
    Some(link.path)
}

/// The templates of the workspace that reference a file.
pub(super) fn templates_of(workspace: &Workspace<'_>, path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in &workspace.client.folders {
        for candidate in workspace.host.definitions(folder) {
            if candidate == path {
                continue;
            }
            let Some(snapshot) = workspace.file(&candidate) else {
                continue;
            };
            if links(workspace, &snapshot).iter().any(|link| link.path == path) {
                found.push(candidate);
            }
        }
    }
    found
}

/// Where templates reference the definition that starts at the beginning of a document.
pub(super) fn references_to(workspace: &Workspace<'_>, snapshot: &Snapshot, offset: u32) -> Vec<Location> {
    let is_start = snapshot
        .document
        .roots
        .iter()
        .any(|root| offset <= root.span.start);
    if !is_start || !snapshot.resources.is_empty() {
        return Vec::new();
    }
    let encoding = workspace.client.encoding;
    let mut found = Vec::new();
    for template in templates_of(workspace, &snapshot.path) {
        let Some(template) = workspace.file(&template) else {
            continue;
        };
        let links = links(workspace, &template).into_iter();
        found.extend(
            links
                .filter(|link| link.path == snapshot.path)
                .map(|link| Location {
                    uri: Uri(workspace.uri_of(&template.path)),
                    range: template.lines.range(template.text(), link.span, encoding),
                }),
        );
    }
    found
}

/// A path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            component => out.push(component),
        }
    }
    out
}
