//! The result of reading a file.

use super::node::Node;
use super::syntax::Syntax;
use super::syntax_error::{SyntaxError, SyntaxErrorKind};
use super::text::Text;
use crate::source::{SourceFile, Span};
use std::ops::Range;
use std::sync::Arc;

/// A parsed file: its trees (several for a YAML stream) and its errors.
#[derive(Debug)]
pub struct Document {
    /// The text and its name.
    pub source: Arc<SourceFile>,
    /// The syntax it was read in.
    pub syntax: Syntax,
    /// One tree per document of the file; empty if the file could not be parsed.
    pub roots: Vec<Node>,
    /// The errors, in the order of their locations.
    pub errors: Vec<SyntaxError>,
    /// Whether the trees contain everything in the text. If false, text was skipped during recovery, so nothing can be
    /// concluded from the absence of a value.
    pub is_whole: bool,
}

impl Document {
    /// Whether the text is a template that is not rendered, so that the trees show only roughly what it contains.
    pub fn is_unrendered(&self) -> bool {
        let is_unrendered = |error: &SyntaxError| error.kind == SyntaxErrorKind::Unrendered;
        self.errors.iter().any(is_unrendered)
    }

    /// Whether the text is not valid, so that something in it may not have been read.
    pub fn is_malformed(&self) -> bool {
        let is_malformed = |error: &SyntaxError| error.kind != SyntaxErrorKind::DuplicateKey;
        self.errors.iter().any(is_malformed)
    }

    /// The span in the file that a range of a decoded string came from.
    pub fn place(&self, text: &Text, range: Range<usize>) -> Span {
        text.source_span(self.source.text(), range)
    }
}

/// The result of reading a source text in one syntax.
pub(super) struct Reading {
    pub(super) roots: Vec<Node>,
    pub(super) errors: Vec<SyntaxError>,
    pub(super) is_whole: bool,
}
