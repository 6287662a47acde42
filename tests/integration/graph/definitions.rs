//! Every definition among the fixtures, the hostile ones too.

use super::document;
use aslkit::document::Document;
use std::fs;
use std::path::{Path, PathBuf};

/// Each definition's path and tree; files that cannot be read as text are no definitions.
pub(crate) fn all() -> Vec<(String, Document)> {
    let mut paths = Vec::new();
    collect(Path::new("fixtures"), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).ok()?;
        let name = path.to_str()?.to_owned();
        Some((document(&name, &text), name))
    };
    let all: Vec<_> = (paths.into_iter().filter_map(read))
        .filter(|(d, _)| d.roots.iter().any(|r| r.get("States").is_some()))
        .map(|(d, name)| (name, d))
        .collect();
    assert!(all.len() > 8, "only {} definitions found", all.len());
    all
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.to_string_lossy().contains(".asl.") {
            paths.push(path);
        }
    }
}
