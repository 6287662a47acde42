//! A source text assembled from parts of a file.
//!
//! A template contains a definition as a string, often in pieces. [`JoinedText`] collects the pieces and records where
//! each came from.

use super::parts::{Encoding, Part, Parts};
use super::text::Text;
use crate::source::{Span, to_offset};
use std::ops::Range;

/// A source text under construction.
#[derive(Debug, Clone, Default)]
pub struct JoinedText {
    pub(super) text: String,
    pub(super) parts: Parts,
}

impl JoinedText {
    /// The text so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Appends a decoded string of the file whose text is `file`.
    pub fn push_text(&mut self, file: &str, text: &Text) {
        self.push_range(text, &text.parts(file), 0..text.len());
    }

    /// Appends a range of a decoded string, given its parts.
    pub fn push_range(&mut self, text: &Text, parts: &Parts, range: Range<usize>) {
        let Some(slice) = text.as_str().get(range.clone()) else {
            return;
        };
        let base = to_offset(self.text.len());
        let from = to_offset(range.start);
        for part in parts.within(from..to_offset(range.end)) {
            self.parts.push(Part {
                decoded: base + (part.decoded - from),
                ..part
            });
        }
        self.text.push_str(slice);
    }

    /// Appends a source text that replaces some bytes of the file.
    pub fn push_replacement(&mut self, text: &str, source: Span) {
        self.push(text, source, false);
    }

    /// Appends bytes of the file unchanged.
    pub fn push_bytes(&mut self, file: &str, source: Span) {
        self.push(file.get(source.range()).unwrap_or_default(), source, true);
    }

    fn push(&mut self, text: &str, source: Span, is_verbatim: bool) {
        if text.is_empty() {
            return;
        }
        self.parts.push(Part {
            decoded: to_offset(self.text.len()),
            length: to_offset(text.len()),
            source,
            is_verbatim,
        });
        self.text.push_str(text);
    }

    /// The assembled text as a string of the file.
    pub fn into_text(self) -> Text {
        let end = to_offset(self.text.len());
        let pieces = self.parts.pieces(end);
        Text::new(self.text, Encoding::Pieces(pieces.into()))
    }
}
