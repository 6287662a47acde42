//! What a refactoring offers.

use crate::diagnostic::Edit;
use std::path::PathBuf;

/// A change of the states at the cursor.
#[derive(Debug)]
pub(in crate::lsp) struct Refactoring {
    /// An imperative sentence.
    pub(in crate::lsp) title: String,
    pub(in crate::lsp) kind: Kind,
    pub(in crate::lsp) edits: Vec<Edit>,
    /// A file that is created, and its text.
    pub(in crate::lsp) file: Option<(PathBuf, String)>,
}

/// How clients group refactorings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lsp) enum Kind {
    /// The states move elsewhere.
    Extract,
    /// The states change in place.
    Rewrite,
}
