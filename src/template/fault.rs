//! What is wrong with a resource.

use crate::source::{SourceFile, Span};
use std::sync::Arc;

/// What kind of fault a resource has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The file of the definition is not there.
    MissingFile,
    /// The file's name has other letters in upper case.
    MisspeltFile,
    /// The definition lies where it cannot be read.
    Unreadable,
    /// The definition holds a `${Name}` for which there is no substitution.
    UndefinedSubstitution,
    /// A substitution whose `${Name}` is not in the definition.
    UnusedSubstitution,
}

/// What is wrong with a resource.
#[derive(Debug)]
pub struct Fault {
    /// What kind.
    pub kind: FaultKind,
    /// Where.
    pub span: Span,
    /// The file it is in, where that is not the resource's own.
    pub source: Option<Arc<SourceFile>>,
    /// The place as a JSON pointer into that file's data, where it is known here.
    pub pointer: Option<String>,
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
}

impl Fault {
    pub(super) fn new(kind: FaultKind, span: Span, message: impl Into<String>) -> Self {
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
