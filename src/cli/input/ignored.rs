//! Which of the files that a command line names are ignored by git.

use super::git_excludes;
use ignore::WalkBuilder;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// The ignored files among several.
#[derive(Debug, Default)]
pub(super) struct Ignored(HashSet<PathBuf>);

impl Ignored {
    /// Searches the repository of each file, or its directory if it is in none, along the paths of the files: a
    /// `.gitignore` anywhere above a file may name it or a directory above it.
    pub(super) fn among(files: &[PathBuf]) -> Self {
        let mut by_root: BTreeMap<PathBuf, HashSet<PathBuf>> = BTreeMap::new();
        for file in files.iter().map(|file| absolute(file)) {
            if let Some(root) = root(&file) {
                by_root.entry(root).or_default().insert(file);
            }
        }
        let mut ignored = HashSet::new();
        for (root, mut files) in by_root {
            for found in walk_files(&root, &files).build().flatten() {
                files.remove(found.path());
            }
            ignored.extend(files);
        }
        Self(ignored)
    }

    /// Whether a file is ignored.
    pub(super) fn contains(&self, file: &Path) -> bool {
        !self.0.is_empty() && self.0.contains(&absolute(file))
    }
}

/// A walk that visits only the files, and the directories above them. Hidden files are visited.
fn walk_files(root: &Path, files: &HashSet<PathBuf>) -> WalkBuilder {
    let above: HashSet<PathBuf> = files
        .iter()
        .flat_map(|file| file.ancestors().take_while(|a| *a != root))
        .map(Path::to_owned)
        .collect();
    let mut walk = WalkBuilder::new(root);
    walk.require_git(false)
        .git_global(git_excludes::may_exist())
        .hidden(false)
        .filter_entry(move |entry| entry.depth() == 0 || above.contains(entry.path()));
    walk
}

/// The root of the repository that contains the file, or else its directory.
fn root(file: &Path) -> Option<PathBuf> {
    let mut folders = file.ancestors().skip(1);
    let repository = folders.find(|folder| folder.join(".git").exists());
    repository.or_else(|| file.parent()).map(Path::to_owned)
}

/// The absolute path, without `.` and `..`, as a walk spells it.
fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let folder = absolute.parent().and_then(|folder| folder.canonicalize().ok());
    match (folder, absolute.file_name()) {
        (Some(folder), Some(name)) => folder.join(name),
        _ => absolute,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_file_is_ignored_by_any_gitignore_above_it() {
        let root = std::env::temp_dir().join(format!("asl-ignored-{}", std::process::id()));
        for folder in [".git", "src/.hidden", "vendor/deep", "src/nested"] {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        fs::write(root.join(".gitignore"), "vendor/\n*.tmp.json\n!kept.tmp.json\n").unwrap();
        fs::write(root.join("src/nested/.gitignore"), "/local.json\n").unwrap();
        let cases = [
            ("a.json", false),
            ("a.tmp.json", true),
            ("kept.tmp.json", false),
            ("vendor/deep/a.json", true),
            ("src/.hidden/a.json", false),
            ("src/nested/local.json", true),
            ("src/local.json", false),
        ];
        let paths: Vec<PathBuf> = cases.iter().map(|(path, _)| root.join(path)).collect();
        for path in &paths {
            fs::write(path, "{}").unwrap();
        }
        let ignored = Ignored::among(&paths);
        for ((name, expected), path) in cases.iter().zip(&paths) {
            assert_eq!(ignored.contains(path), *expected, "{name}");
        }
        fs::remove_dir_all(root).unwrap();
    }
}
