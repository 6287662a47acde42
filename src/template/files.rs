//! Files that a template references.

use crate::document::Syntax;
use crate::source::SourceFile;
use std::path::Path;
use std::sync::Arc;

/// Access to the files that a template references.
pub trait Files {
    /// Opens the file that `path` refers to in the file named `from`.
    fn open(&self, from: &str, path: &str, base: Base) -> Result<OpenedFile, OpenError>;

    /// The readable files with this ending in a folder, by name. The path is relative to the directory of the file
    /// named `from`.
    fn folder(&self, _from: &str, _folder: &str, _ending: &str) -> Vec<Arc<SourceFile>> {
        Vec::new()
    }

    /// The local file that represents an object of S3.
    fn object(&self, _bucket: &str, _key: &str) -> Option<Arc<SourceFile>> {
        None
    }

    /// The paths of the files below a folder, relative to it, sorted.
    fn files_below(&self, _from: &str, _folder: &str) -> Vec<String> {
        Vec::new()
    }
}

/// What a path in a template is relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The template's directory.
    TemplateFolder,
    /// The template's directory or one of its ancestors: the file is a fragment of a template that a build assembles elsewhere.
    AnyAncestor,
}

/// A file that a template references.
#[derive(Debug)]
pub struct OpenedFile {
    /// Its text.
    pub source: Arc<SourceFile>,
    /// The actual spelling of its path, if its case differs from the template's.
    pub spelling: Option<String>,
}

/// Why a referenced file was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OpenError {
    /// It does not exist.
    Missing {
        /// A file with a similar name.
        close: Option<String>,
    },
    /// It is outside the directory that may be read.
    Outside,
    /// It exists but cannot be read; the reason as a sentence.
    Failed(String),
    /// It is not UTF-8.
    NotText {
        /// What it is instead.
        message: String,
        /// What to do next.
        help: String,
    },
}

/// No files: only definitions in the template itself are found.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Files for NoFiles {
    fn open(&self, _: &str, _: &str, _: Base) -> Result<OpenedFile, OpenError> {
        Err(OpenError::Outside)
    }
}

/// The syntax of a referenced file.
pub(super) fn syntax_of(source: &SourceFile) -> Syntax {
    Syntax::from_path(Path::new(source.name())).unwrap_or_else(|| Syntax::sniff(source.text()))
}
