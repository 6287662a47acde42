//! The files of a directory: those that contain definitions, or all data files.

use super::disk::Disk;
use super::encoding::{self, NotUtf8};
use super::file::{Input, Kind, has_name_of_definition};
use super::git_excludes;
use super::ignored::Ignored;
use super::read::{read_file, small_file};
use super::similar::similar_file;
use crate::cli::CliError;
use crate::document::Syntax;
use crate::prose;
use crate::source::SourceFile;
use crate::template::{self, Expectation, Files, NoFiles};
use globset::{GlobBuilder, GlobMatcher};
use ignore::{DirEntry, WalkBuilder, WalkState};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc;

/// The definitions below a folder, by path. Hidden files and those that `.gitignore` names are skipped.
pub(super) fn folder(root: &Path) -> Vec<Input> {
    let disk = Disk::within(&[root.to_owned()]);
    search(&walk_builder(root), root, |entry| kind_of(entry.path(), &disk))
}

/// How the names of suites end.
pub(super) const SUITES: [&str; 3] = [".asl-test.yaml", ".asl-test.yml", ".asl-test.json"];

/// The test suites below a folder, by path. Hidden files and those that `.gitignore` names are skipped.
pub(super) fn suites(root: &Path) -> Vec<Input> {
    search(&walk_builder(root), root, |entry| {
        let name = entry.file_name().to_string_lossy();
        let is_suite = SUITES.iter().any(|ending| name.ends_with(ending));
        is_suite.then_some(Kind::Pattern)
    })
}

/// The extensions of data files in folders: histories, logs, and compressed logs, as CloudWatch exports them.
const DATA: [&str; 5] = ["json", "jsonl", "ndjson", "log", "gz"];

/// The data files below a folder, by path.
pub(super) fn data(root: &Path) -> Vec<Input> {
    let is_data = |path: &Path| {
        let extension = path.extension();
        extension.is_some_and(|e| DATA.iter().any(|data| e.eq_ignore_ascii_case(data)))
    };
    search(&all(root), root, |entry| {
        is_data(entry.path()).then_some(Kind::Named)
    })
}

/// A walk past what `.gitignore` names and what is hidden.
pub(super) fn walk_builder(root: &Path) -> WalkBuilder {
    let mut walk = WalkBuilder::new(root);
    walk.require_git(false).git_global(git_excludes::may_exist());
    walk
}

/// A walk that passes nothing over: data is seldom under version control.
pub(super) fn all(root: &Path) -> WalkBuilder {
    let mut walk = WalkBuilder::new(root);
    walk.standard_filters(false);
    walk
}

/// Why a file that the command line names would be an input if its directory were searched instead, if it would be one:
/// git does not ignore it, and it is a definition by its name or its content.
pub(super) fn as_if_found(path: &Path, ignored: &Ignored, disk: &Disk) -> Option<Kind> {
    if ignored.contains(path) {
        return None;
    }
    kind_of(path, disk)
}

/// The files that match a glob which the shell has left as it is.
pub(super) fn glob(pattern: &Path, walk: fn(&Path) -> WalkBuilder) -> Result<Vec<Input>, CliError> {
    let shown = pattern.display();
    let matcher =
        matcher(pattern).map_err(|e| CliError::new(format!("invalid glob `{shown}`: {}", e.kind())))?;
    let is_plain = |c: &Component<'_>| !is_glob(Path::new(c.as_os_str()));
    let root: PathBuf = pattern.components().take_while(is_plain).collect();
    let root = if root.as_os_str().is_empty() {
        Path::new(".")
    } else {
        &root
    };
    if !root.exists() {
        let error = CliError::new(format!(
            "no files match `{shown}`: `{}` does not exist",
            root.display()
        ));
        return Err(match similar_file(root) {
            Some(close) => error.help(prose::similar_name("file", close.display())),
            None => error,
        });
    }
    let found = search(&walk(root), root, |entry| {
        matcher.is_match(plain(entry.path())).then_some(Kind::Named)
    });
    if found.is_empty() {
        return Err(CliError::new(format!("no files match `{shown}`")));
    }
    Ok(found)
}

fn matcher(pattern: &Path) -> Result<GlobMatcher, globset::Error> {
    let text = plain(pattern).to_string_lossy();
    Ok(GlobBuilder::new(&text)
        .literal_separator(true)
        .build()?
        .compile_matcher())
}

/// Whether a path has a sign in it that only globs have.
pub(super) fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

/// A path without the `./` before it.
fn plain(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

/// All files below `root` that `kind` takes, by path, looked at on several threads.
fn search(walk: &WalkBuilder, root: &Path, kind: impl Fn(&DirEntry) -> Option<Kind> + Sync) -> Vec<Input> {
    let (send, receive) = mpsc::channel();
    walk.build_parallel().run(|| {
        let send = send.clone();
        let kind = &kind;
        Box::new(move |entry| {
            let input = match entry {
                Ok(entry) if is_file(&entry) => kind(&entry).map(|kind| Input {
                    path: plain(entry.path()).to_owned(),
                    kind,
                }),
                Ok(_) => None,
                Err(error) => Some(unreadable(root, &error)),
            };
            match input.map(|input| send.send(input)) {
                Some(Err(_)) => WalkState::Quit,
                _ => WalkState::Continue,
            }
        })
    });
    drop(send);
    let mut found: Vec<Input> = receive.into_iter().collect();
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Whether it is a file, or a link to one: build tools lay out folders of links.
fn is_file(entry: &DirEntry) -> bool {
    entry
        .file_type()
        .is_some_and(|t| t.is_file() || (t.is_symlink() && entry.path().is_file()))
}

fn unreadable(root: &Path, error: &ignore::Error) -> Input {
    Input {
        path: root.to_owned(),
        kind: Kind::Unreadable(format!("`{}` cannot be searched: {error}", root.display())),
    }
}

/// Why a file of a folder is an input, if it is one.
fn kind_of(path: &Path, disk: &Disk) -> Option<Kind> {
    if has_name_of_definition(path) {
        return Some(Kind::Pattern);
    }
    let syntax = Syntax::from_path(path);
    let is_candidate = syntax.is_some() || Syntax::is_template_path(path);
    (is_candidate && holds_definition(path, syntax, disk)).then_some(Kind::Content)
}

/// Whether the file contains a definition, from its content. Few files without one are parsed.
fn holds_definition(path: &Path, syntax: Option<Syntax>, disk: &Disk) -> bool {
    // Most files of a folder are small and contain no definition, which one read shows.
    let is_excluded = |text: &[u8]| !template::may_contain_machine(text) && !encoding::is_utf16(text);
    if small_file(path, is_excluded) == Some(true) {
        return false;
    }
    let Ok(bytes) = read_file(path) else { return false };
    let has_words = template::may_contain_machine(&bytes);
    if !has_words && !encoding::is_utf16(&bytes) {
        return false;
    }
    let text = match NotUtf8::decode("", bytes) {
        Ok(text) => text,
        // A file that cannot be read may contain one, and is reported.
        Err(not_utf8) => return has_words || template::may_contain_machine(not_utf8.text.as_bytes()),
    };
    let syntax = syntax.unwrap_or_else(|| Syntax::sniff(&text));
    let source = Arc::new(SourceFile::new(path.display().to_string(), text));
    let document = template::read_file(source, syntax);
    // Whether a module call defines a state machine depends on the module.
    let files: &dyn Files = if syntax == Syntax::Hcl { disk } else { &NoFiles };
    let contents = template::contents(&document, Expectation::MayBeDefinition, files);
    !contents.is_empty() || !contents.unread.is_empty() || document.is_malformed()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        matcher(Path::new(pattern))
            .unwrap()
            .is_match(plain(Path::new(path)))
    }

    #[test]
    fn globs_are_those_of_a_shell() {
        assert!(matches("a/*.json", "a/b.json") && !matches("a/*.json", "a/b/c.json"));
        assert!(matches("**/*.asl.{json,yaml}", "./a/b/c.asl.yaml") && matches("./*.json", "b.json"));
        assert!(is_glob(Path::new("a/[bc].json")) && !is_glob(Path::new("a/b.json")));
    }
}
