//! A file that was read.

use super::node::Node;
use super::syntax::Syntax;
use super::syntax_error::Fault;
use super::text::Text;
use crate::source::{SourceFile, Span};
use std::ops::Range;
use std::sync::Arc;

/// A file that was read: its trees (several for a YAML stream) and what was wrong with its text.
#[derive(Debug)]
pub struct Document {
    /// The text and its name.
    pub source: Arc<SourceFile>,
    /// The syntax it was read in.
    pub syntax: Syntax,
    /// One tree per document of the file; none where nothing could be made of it.
    pub roots: Vec<Node>,
    /// What the reader could not take, in order of place.
    pub faults: Vec<Fault>,
    /// Whether the trees hold all that stands in the text. Where it is false, something was left out to get past a
    /// fault, so that nothing follows from a thing's absence.
    pub is_whole: bool,
}

impl Document {
    /// The bytes of the file that a range of a decoded string came from.
    pub fn place(&self, text: &Text, range: Range<usize>) -> Span {
        text.source_span(self.source.text(), range)
    }
}

/// What a reader of one language makes of a text.
pub(super) struct Reading {
    pub(super) roots: Vec<Node>,
    pub(super) faults: Vec<Fault>,
    pub(super) is_whole: bool,
}
