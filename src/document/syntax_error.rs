//! What is wrong with a text.

use crate::source::Span;

/// What kind of fault the reader met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The text is not in its language.
    Syntax,
    /// An object has the same key twice; the last one counts.
    DuplicateKey,
    /// More than 512 levels deep; what lies below was not read.
    TooDeep,
}

/// Something in the text that the reader had to pass over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What kind.
    pub kind: FaultKind,
    /// Where.
    pub span: Span,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
    /// A second place that explains it: where a key was first, where the bracket is that was not closed.
    pub first: Option<Span>,
}
