//! A text put together from parts of a file.
//!
//! A template holds a definition as a string, often in pieces. [`Assembly`] collects the pieces and remembers where
//! each came from.

use super::parts::{Encoding, Part, Parts};
use super::text::Text;
use crate::source::{Span, to_offset};
use std::ops::Range;

/// A text in the making.
#[derive(Debug, Clone, Default)]
pub struct Assembly {
    pub(super) text: String,
    pub(super) parts: Parts,
}

impl Assembly {
    /// What there is so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Adds a decoded string of the file with the text `file`.
    pub fn push_text(&mut self, file: &str, text: &Text) {
        self.push_range(text, &text.parts(file), 0..text.len());
    }

    /// Adds a range of a decoded string, whose parts these are.
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

    /// Adds a text that stands for some bytes of the file without being them.
    pub fn push_for(&mut self, text: &str, source: Span) {
        self.push(text, source, false);
    }

    /// Adds bytes of the file as they are.
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

    /// The whole as a string of the file.
    pub fn into_text(self) -> Text {
        let end = to_offset(self.text.len());
        let pieces = self.parts.pieces(end);
        Text::new(self.text, Encoding::Pieces(pieces.into()))
    }
}
