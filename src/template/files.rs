//! The files that a template names.

use crate::document::Syntax;
use crate::source::SourceFile;
use std::path::Path;
use std::sync::Arc;

/// Where the files are that a template names.
pub trait Files {
    /// Opens the file that `path` names in the file called `from`.
    fn open(&self, from: &str, path: &str, base: Base) -> Result<Opened, Closed>;

    /// The other files of the folder of `from` whose names end so, by name, as far as they can be read.
    fn beside(&self, _from: &str, _ending: &str) -> Vec<Arc<SourceFile>> {
        Vec::new()
    }
}

/// What a path in a template is relative to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// The template's folder.
    Beside,
    /// The template's folder or one above it: the file is a part of a template that a build puts together elsewhere.
    Above,
}

/// A file that a template names.
#[derive(Debug)]
pub struct Opened {
    /// Its text.
    pub source: Arc<SourceFile>,
    /// How its path is really spelt, where the template has other letters in upper case.
    pub spelling: Option<String>,
}

/// Why a file that a template names was not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// There is none; perhaps one of a similar name.
    Missing {
        /// That one.
        close: Option<String>,
    },
    /// It lies outside the folder that may be read.
    Outside,
    /// It is there but cannot be read: a sentence.
    Failed(String),
}

/// No files: only what stands in the template itself is found.
#[derive(Debug, Clone, Copy)]
pub struct NoFiles;

impl Files for NoFiles {
    fn open(&self, _: &str, _: &str, _: Base) -> Result<Opened, Closed> {
        Err(Closed::Outside)
    }
}

/// The language of a file that a template names.
pub(super) fn syntax_of(source: &SourceFile) -> Syntax {
    Syntax::of_path(Path::new(source.name())).unwrap_or_else(|| Syntax::sniff(source.text()))
}
