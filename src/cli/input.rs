//! From the paths on the command line to texts: files, directories, globs, standard input.

mod disk;
mod encoding;
mod file;
pub(super) mod files_read;
mod git_excludes;
mod ignored;
mod read;
mod similar;
mod walk;

pub use disk::Disk;
pub(super) use disk::joined;
pub use file::{Input, has_name_of_definition};
pub use read::MAX_BYTES;

use super::CliError;
use crate::prose;
use crate::source::SourceFile;
use file::{Kind, PATTERNS};
use ignored::Ignored;
use read::MAX_DATA_BYTES;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The inputs that the paths on the command line refer to.
#[derive(Debug, Default)]
pub struct Inputs {
    /// The inputs, in the order of the arguments and sorted by path below each directory, without duplicates.
    pub list: Vec<Input>,
    /// The directories without a definition, which cause a warning.
    pub empty_folders: Vec<PathBuf>,
}

impl Inputs {
    /// Treats the files that the command line names like files found in a directory: those that git ignores are left out,
    /// as are those that are neither definitions nor templates. Files that do not exist remain, and are reported.
    pub fn treat_named_as_found(&mut self) {
        let is_named = |input: &Input| input.kind == Kind::Named && input.path.exists();
        let named: Vec<PathBuf> = self
            .list
            .iter()
            .filter(|input| is_named(input))
            .map(|input| input.path.clone())
            .collect();
        let ignored = Ignored::among(&named);
        let disk = Disk::within(&named);
        self.list.retain_mut(|input| {
            if !is_named(input) {
                return true;
            }
            let kind = walk::as_if_found(&input.path, &ignored, &disk);
            if let Some(kind) = kind.clone() {
                input.kind = kind;
            }
            kind.is_some()
        });
    }

    /// A sentence about the folders without a definition, if there are any.
    pub fn note(&self) -> Option<String> {
        let names: Vec<String> = self
            .empty_folders
            .iter()
            .map(|p| p.display().to_string())
            .collect();
        (!names.is_empty()).then(|| {
            format!(
                "no definitions found in {}: searched for {}, and for .json and .yaml files with StartAt and States",
                prose::quoted_list(&names),
                PATTERNS.map(|p| format!("*{p}")).join(" "),
            )
        })
    }
}

/// The inputs that the paths on the command line refer to. Only [`Input::read`] reports what cannot be read, so
/// that one bad path does not hide the findings of the others.
pub fn collect(paths: &[PathBuf], stdin_filename: Option<&Path>) -> Result<Inputs, CliError> {
    let mut inputs = Inputs::default();
    for path in paths {
        let before = inputs.list.len();
        if path == OsStr::new("-") {
            inputs.list.push(Input::stdin(stdin_filename));
        } else if path.is_dir() {
            inputs.list.extend(walk::folder(path));
            if inputs.list.len() == before {
                inputs.empty_folders.push(path.clone());
            }
        } else if walk::is_glob(path) && !path.exists() {
            inputs.list.extend(walk::glob(path, walk::walk_builder)?);
        } else {
            inputs.list.push(Input::named(path));
        }
    }
    if paths.len() > 1 {
        let mut seen = HashSet::new();
        inputs.list.retain(|input| seen.insert(input.identity()));
    }
    Ok(inputs)
}

/// The file of a path, for a command that reads a single file.
pub fn one(path: &Path, stdin_filename: Option<&Path>) -> Result<Input, CliError> {
    if path == OsStr::new("-") {
        return Ok(Input::stdin(stdin_filename));
    }
    if path.is_dir() {
        let error = CliError::new(format!("`{}` is a directory", path.display()));
        return Err(error.help("specify the file that contains the definition"));
    }
    Ok(Input::named(path))
}

/// The test suites that paths select: the files, what the globs match, and the suites below the folders. In order, by
/// path below each, and nothing twice. A folder without a suite is not an error.
pub fn suite_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(walk::suites(path));
        } else if walk::is_glob(path) && !path.exists() {
            files.extend(walk::glob(path, walk::walk_builder)?);
        } else {
            files.push(Input::named(path));
        }
    }
    let mut seen = HashSet::new();
    files.retain(|input| seen.insert(input.identity()));
    let path = |file: Input| match file.kind {
        Kind::Unreadable(why) => Err(CliError::new(why)),
        _ => Ok(file.path),
    };
    files.into_iter().map(path).collect()
}

/// The files of data that paths select: themselves, what a glob matches, the JSON files and logs of folders and of the
/// folders in them. In order, and by path below each.
pub fn data_files(paths: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            let inside = walk::data(path);
            if inside.is_empty() {
                return Err(CliError::new(format!(
                    "`{}` does not contain JSON files or logs",
                    path.display()
                )));
            }
            files.extend(inside);
        } else if walk::is_glob(path) && !path.exists() {
            files.extend(walk::glob(path, walk::all)?);
        } else {
            files.push(Input::named(path));
        }
    }
    let path = |file: Input| match file.kind {
        Kind::Unreadable(why) => Err(CliError::new(why)),
        _ => Ok(file.path),
    };
    files.into_iter().map(path).collect()
}

/// Reads a file for the data in it, or standard input: UTF-8, which may be compressed by gzip.
pub fn read_data(path: &Path) -> Result<Arc<SourceFile>, CliError> {
    if path == OsStr::new("-") {
        return Input::stdin(None).read_up_to(MAX_DATA_BYTES);
    }
    Input::named(path).read_up_to(MAX_DATA_BYTES)
}
