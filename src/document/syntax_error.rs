//! Errors in a source text.

use crate::source::Span;

/// The kinds of [`SyntaxError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// The text is not valid in its syntax.
    Malformed,
    /// The text at the location is not valid in its syntax, and removing it corrects that.
    Superfluous,
    /// An object has a duplicate key; the last value is used.
    DuplicateKey,
    /// More than 512 levels deep; deeper values were not read.
    TooDeep,
    /// The text is a template that is not rendered. It was read without its directives.
    Unrendered,
}

/// An error that the reader recovered from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The kind.
    pub kind: SyntaxErrorKind,
    /// The location.
    pub span: Span,
    /// What is wrong: lowercase, without a final period.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
    /// A related location: the first occurrence of a key, or the bracket that is not closed.
    pub first: Option<Span>,
}

impl SyntaxError {
    /// The help for a file that is not expected to contain a definition.
    pub fn help_for_data(&self) -> Option<&str> {
        self.help.as_deref().filter(|help| !help.contains("a definition"))
    }
}
