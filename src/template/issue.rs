//! Problems of a resource and its definition.

use crate::source::{SourceFile, Span};
use std::sync::Arc;

/// The kinds of [`TemplateIssue`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IssueKind {
    /// The definition file does not exist.
    MissingFile,
    /// The case of the file name is wrong.
    MisspeltFile,
    /// The definition cannot be read.
    Unreadable,
    /// The definition file is not text.
    NotText,
    /// The definition contains a `${Name}` without a substitution.
    UndefinedSubstitution,
    /// A substitution is not used in the definition.
    UnusedSubstitution,
}

impl IssueKind {
    /// Whether the issue is that something is absent, which a syntax error may hide.
    pub const fn requires_whole_file(self) -> bool {
        matches!(self, Self::UndefinedSubstitution | Self::UnusedSubstitution)
    }
}

/// A problem of a resource or its definition.
#[derive(Debug)]
pub struct TemplateIssue {
    /// The kind.
    pub kind: IssueKind,
    /// The location.
    pub span: Span,
    /// The file of the location, if it is not the resource's own.
    pub source: Option<Arc<SourceFile>>,
    /// The location as a JSON pointer into that file's data, if known.
    pub pointer: Option<String>,
    /// What is wrong: lowercase, without a final period.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
}

impl TemplateIssue {
    /// An issue in the resource's own file, without help.
    pub fn new(kind: IssueKind, span: Span, message: impl Into<String>) -> Self {
        Self {
            kind,
            span,
            source: None,
            pointer: None,
            message: message.into(),
            help: None,
        }
    }

    pub(super) fn help(mut self, words: impl Into<String>) -> Self {
        self.help = Some(words.into());
        self
    }
}
