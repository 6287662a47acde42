//! Renaming of files: the templates that reference a definition follow it.

use super::actions::edit_of;
use super::links;
use super::params::Params;
use super::uri;
use super::workspace::Workspace;
use crate::source::{Span, to_offset};
use gen_lsp_types::{TextEdit, WorkspaceEdit};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// The edits of the templates that reference files which are about to be renamed.
pub(super) fn edits(workspace: &Workspace<'_>, params: Params<'_>) -> Option<WorkspaceEdit> {
    let mut edits: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
    for file in params.items("/files") {
        let path = |key: &str| file.get(key).and_then(Value::as_str).map(uri::to_path);
        let (Some(old), Some(new)) = (path("oldUri"), path("newUri")) else {
            continue;
        };
        for template in links::templates_of(workspace, &old) {
            let Some(snapshot) = workspace.file(&template) else {
                continue;
            };
            let folder = template.parent().unwrap_or(Path::new(""));
            let here = links::links(workspace, &snapshot);
            for link in here.iter().filter(|link| link.path == old) {
                let written = snapshot.text().get(link.span.range()).unwrap_or_default();
                let Some(at) = written.find(&link.written) else {
                    continue;
                };
                let start = link.span.start + to_offset(at);
                let span = Span::new(start, start + to_offset(link.written.len()));
                let range = snapshot
                    .lines
                    .range(snapshot.text(), span, workspace.client.encoding);
                let relative = relative(folder, &new);
                let new_text = if link.written.starts_with("./") && !relative.starts_with("..") {
                    format!("./{relative}")
                } else {
                    relative
                };
                let of_template = edits.entry(workspace.uri_of(&template)).or_default();
                of_template.push(TextEdit { range, new_text });
            }
        }
    }
    (!edits.is_empty()).then(|| edit_of(edits))
}

/// A path as it is written in a file of a folder.
fn relative(folder: &Path, path: &Path) -> String {
    let shared = folder
        .components()
        .zip(path.components())
        .take_while(|(a, b)| a == b)
        .count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    let down = path.components().skip(shared);
    let relative: PathBuf = up.chain(down).collect();
    relative.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_relative_to_the_folder_of_the_template() {
        for (folder, path, expected) in [
            ("/a/b", "/a/b/c.json", "c.json"),
            ("/a/b", "/a/b/d/c.json", "d/c.json"),
            ("/a/b", "/a/c.json", "../c.json"),
            ("/a/b", "/x/c.json", "../../x/c.json"),
        ] {
            assert_eq!(relative(Path::new(folder), Path::new(path)), expected);
        }
    }
}
