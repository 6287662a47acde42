//! The parts of a decoded string, and the bytes of the file that each came from.

use super::escape::{EscapeStyle, Segment, segment};
use crate::source::{Span, to_offset};
use std::ops::Range;
use std::sync::Arc;

/// How a decoded string maps to its file. Kept to two words, since every key and string of a tree has one.
#[derive(Debug, Clone)]
pub enum Encoding {
    /// The decoded bytes equal the file's bytes from `start` on.
    Verbatim {
        /// The offset of the first byte.
        start: u32,
    },
    /// The file's text contains escapes; it is decoded again when a location is requested.
    Escaped {
        /// The bytes between the quotes.
        span: Span,
        /// The style of the escapes.
        style: EscapeStyle,
    },
    /// Several pieces: YAML block and folded scalars, and the joined parts of a template.
    Pieces(Arc<Vec<Piece>>),
}

/// The start of a piece: from this decoded offset on, the text comes from this offset of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Offset of the piece in the decoded string.
    pub decoded: u32,
    /// Offset of the piece in the file.
    pub source: u32,
}

/// A segment of a string and the bytes of the file it was decoded from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// Offset of its first byte in the string.
    pub(super) decoded: u32,
    /// Its length in the string, in bytes.
    pub(super) length: u32,
    /// Bytes of the file.
    pub(super) source: Span,
    /// Whether the bytes are identical; otherwise the segment maps to the source span only as a whole.
    pub(super) is_verbatim: bool,
}

/// The parts that make up a string. A [`Text`](super::Text) computes each location from its start; code that needs many
/// locations of one text computes its parts once.
#[derive(Debug, Clone, Default)]
pub struct Parts(Vec<Part>);

impl Parts {
    pub(super) fn new(text: &str, encoding: &Encoding, file: &str) -> Self {
        let length = to_offset(text.len());
        match encoding {
            Encoding::Verbatim { start } => Self(vec![Part {
                decoded: 0,
                length,
                source: Span::new(*start, *start + length),
                is_verbatim: true,
            }]),
            Encoding::Escaped { span, style } => {
                let raw = file.get(span.range()).unwrap_or_default();
                let (mut at, mut decoded) = (0, 0);
                let mut parts = Vec::new();
                while at < raw.len() {
                    let (source, length, is_verbatim) = match segment(&raw[at..], *style) {
                        Segment::Verbatim(n) => (n, n, true),
                        Segment::Escape { source, decoded } => (source, decoded, false),
                    };
                    let first = span.start + to_offset(at);
                    parts.push(Part {
                        decoded: to_offset(decoded),
                        length: to_offset(length),
                        source: Span::new(first, first + to_offset(source)),
                        is_verbatim,
                    });
                    at += source;
                    decoded += length;
                }
                Self(parts)
            }
            Encoding::Pieces(pieces) => Self::from_pieces(text, pieces, file),
        }
    }

    fn from_pieces(text: &str, pieces: &[Piece], file: &str) -> Self {
        let length = to_offset(text.len());
        let mut parts = Vec::new();
        for (i, piece) in pieces.iter().enumerate() {
            let next = pieces.get(i + 1);
            let end = next.map_or(length, |n| n.decoded).min(length);
            let decoded = text.get(piece.decoded as usize..end as usize).unwrap_or_default();
            let from = piece.source as usize;
            let same = common_prefix(decoded, file.get(from..).unwrap_or_default());
            let middle = piece.source + to_offset(same);
            if same > 0 {
                parts.push(Part {
                    decoded: piece.decoded,
                    length: to_offset(same),
                    source: Span::new(piece.source, middle),
                    is_verbatim: true,
                });
            }
            if same < decoded.len() {
                let stop = next.map_or(middle, |n| n.source.max(middle));
                parts.push(Part {
                    decoded: piece.decoded + to_offset(same),
                    length: to_offset(decoded.len() - same),
                    source: Span::new(middle, stop),
                    is_verbatim: false,
                });
            }
        }
        Self(parts)
    }

    pub(super) fn push(&mut self, part: Part) {
        self.0.push(part);
    }

    pub(super) fn as_slice(&self) -> &[Part] {
        &self.0
    }

    /// The parts of a range of the string.
    pub(super) fn within(&self, range: Range<u32>) -> impl Iterator<Item = Part> {
        let first = self.0.partition_point(|p| p.decoded + p.length <= range.start);
        let parts = self.0[first..].iter().take_while(move |p| p.decoded < range.end);
        parts.map(move |part| {
            let start = part.decoded.max(range.start);
            let length = (part.decoded + part.length).min(range.end) - start;
            let source = if part.is_verbatim {
                let first = part.source.start + (start - part.decoded);
                Span::new(first, first + length)
            } else {
                part.source
            };
            Part {
                decoded: start,
                length,
                source,
                is_verbatim: part.is_verbatim,
            }
        })
    }

    /// The part that contains a byte of the string; past the end, the last one.
    pub(super) fn at(&self, at: u32) -> Option<&Part> {
        let next = self.0.partition_point(|p| p.decoded <= at).max(1);
        self.0.get(next - 1)
    }

    /// The offset in the file of a byte of the string.
    pub(super) fn start(&self, at: u32) -> u32 {
        self.at(at).map_or(0, |p| {
            if p.is_verbatim || at >= p.decoded + p.length {
                let past = at.saturating_sub(p.decoded);
                p.source.start + past.min(p.source.len())
            } else {
                p.source.start
            }
        })
    }

    /// One past the last byte. The end belongs to the part before it, not to the part after it.
    fn end(&self, at: u32) -> u32 {
        let Some(last) = at.checked_sub(1) else {
            return self.start(at);
        };
        self.at(last).map_or(0, |p| {
            if p.is_verbatim {
                p.source.start + (at - p.decoded).min(p.source.len())
            } else {
                p.source.end
            }
        })
    }

    /// The span in the file that a span of the string was decoded from.
    pub fn span(&self, span: Span) -> Span {
        let start = self.start(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        // Joined parts need not be in the order of the file.
        Span::new(start, self.end(span.end).max(start))
    }

    /// The parts as the pieces of a string of `length` bytes. Where the next part is elsewhere in the file, and after the
    /// last one, an empty piece marks the end of a part.
    pub(super) fn pieces(&self, length: u32) -> Vec<Piece> {
        let mut pieces = Vec::with_capacity(self.0.len() + 1);
        for (i, part) in self.0.iter().enumerate() {
            pieces.push(Piece {
                decoded: part.decoded,
                source: part.source.start,
            });
            let next = self.0.get(i + 1);
            if next.is_none_or(|next| next.source.start != part.source.end) {
                pieces.push(Piece {
                    decoded: next.map_or(length, |next| next.decoded),
                    source: part.source.end,
                });
            }
        }
        pieces
    }
}

fn common_prefix(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    (0..=same).rev().find(|&i| a.is_char_boundary(i)).unwrap_or(0)
}
