//! Decoded strings with their locations in the file.

use super::escape;
use super::parts::{Encoding, Parts, Piece};
use crate::source::{Span, to_offset};
use crate::spec::placeholder;
use compact_str::CompactString;
use std::ops::Range;

/// A decoded string that maps each of its parts to bytes of the file.
#[derive(Debug, Clone)]
pub struct Text {
    decoded: CompactString,
    encoding: Encoding,
    /// The length of `decoded`, which a [`CompactString`] would compute for each comparison.
    length: u32,
    has_placeholder: bool,
}

impl Text {
    /// A decoded string and how it maps to its file.
    pub fn new(text: impl Into<CompactString>, encoding: Encoding) -> Self {
        let decoded = text.into();
        let has_placeholder = decoded.contains("${") || placeholder::is_in(&decoded);
        Self {
            length: to_offset(decoded.len()),
            decoded,
            encoding,
            has_placeholder,
        }
    }

    /// A verbatim string, from a reader that has already looked for placeholders.
    pub(super) fn verbatim(text: &str, start: usize, has_placeholder: bool) -> Self {
        Self {
            decoded: CompactString::new(text),
            encoding: Encoding::Verbatim {
                start: to_offset(start),
            },
            length: to_offset(text.len()),
            has_placeholder,
        }
    }

    /// The decoded string.
    pub fn as_str(&self) -> &str {
        &self.decoded
    }

    /// Whether it contains a placeholder, whose value is unknown until a template is rendered.
    pub const fn has_placeholder(&self) -> bool {
        self.has_placeholder
    }

    /// How it maps to its file.
    pub const fn encoding(&self) -> &Encoding {
        &self.encoding
    }

    /// Changes how the string maps to its file.
    pub(super) fn relocate(&mut self, encoding: Encoding) {
        self.encoding = encoding;
    }

    /// Its parts, for code that needs many locations.
    pub fn parts(&self, source: &str) -> Parts {
        Parts::new(&self.decoded, &self.encoding, source)
    }

    /// The span in the file that a range of the decoded string came from.
    pub fn source_span(&self, source: &str, range: Range<usize>) -> Span {
        if let Encoding::Pieces(pieces) = &self.encoding
            && let Some(span) = span_in_pieces(&self.decoded, pieces, source, range.clone())
        {
            return Span::new(
                whole_character(source, span.start),
                whole_character(source, span.end),
            );
        }
        let start = self.source_offset(source, range.start);
        Span::new(start, self.source_offset(source, range.end).max(start))
    }

    /// The offset in the file of a decoded offset; for the text's length, the end of the text.
    pub fn source_offset(&self, source: &str, decoded: usize) -> u32 {
        let decoded = to_offset(decoded);
        let at = match &self.encoding {
            Encoding::Verbatim { start } => start + decoded,
            Encoding::Escaped { span, style } => escape::source_offset(source, *span, *style, decoded),
            Encoding::Pieces(pieces) => in_pieces(pieces, source, decoded),
        };
        whole_character(source, at)
    }
}

/// The span in the file of a range of a source text in pieces. A piece whose bytes differ from the file's (an inserted value, a
/// folded line end) is included as a whole.
fn span_in_pieces(text: &str, pieces: &[Piece], source: &str, range: Range<usize>) -> Option<Span> {
    let piece_of = |at: usize| {
        pieces
            .partition_point(|p| p.decoded <= to_offset(at))
            .checked_sub(1)
    };
    // The location of `at`, if the piece is identical to the file's bytes up to there.
    let verbatim = |piece: Piece, at: usize| {
        let decoded = text.get(piece.decoded as usize..at)?;
        let from = source.get(piece.source as usize..)?;
        from.starts_with(decoded)
            .then(|| piece.source + to_offset(decoded.len()))
    };
    let first = *pieces.get(piece_of(range.start)?)?;
    let one_more = text.get(range.start..)?.chars().next().map_or(0, char::len_utf8);
    let start = match verbatim(first, range.start + one_more) {
        Some(end) => end - to_offset(one_more),
        None => first.source,
    };
    let last = piece_of(range.end.checked_sub(1)?)?;
    let end = match (verbatim(pieces[last], range.end), pieces.get(last + 1)) {
        (Some(end), _) => end,
        (None, Some(next)) => next.source,
        (None, None) => return None,
    };
    // Joined parts need not be in the order of the file.
    (start < end).then(|| Span::new(start, end))
}

fn in_pieces(pieces: &[Piece], source: &str, decoded: u32) -> u32 {
    let next = pieces.partition_point(|p| p.decoded <= decoded).max(1);
    let Some(piece) = pieces.get(next - 1) else {
        return 0;
    };
    // The text between two pieces (a folded line end) may be longer or shorter in the file.
    let limit = pieces.get(next).map_or(to_offset(source.len()), |p| p.source);
    (piece.source + decoded.saturating_sub(piece.decoded)).min(limit.max(piece.source))
}

/// The offset itself, or the start of the character it is inside of: a string restored during recovery may have the
/// length of the user's text and yet contain other characters.
fn whole_character(source: &str, at: u32) -> u32 {
    let mut at = (at as usize).min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    to_offset(at)
}

impl std::ops::Deref for Text {
    type Target = str;
    fn deref(&self) -> &str {
        &self.decoded
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        // Most keys that are compared differ in their lengths.
        self.length as usize == other.len() && *self.decoded == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Member, Node};

    #[test]
    fn nodes_are_small() {
        assert_eq!((size_of::<Encoding>(), size_of::<Text>()), (16, 48));
        assert_eq!((size_of::<Node>(), size_of::<Member>()), (56, 112));
    }
}
