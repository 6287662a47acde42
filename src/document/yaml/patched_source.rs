//! A copy of the text that can be patched while every location still maps back to the user's text.

use super::layout::Layout;
use crate::document::escape;
use crate::document::parts::{Encoding, Piece};
use crate::document::syntax_error::{SyntaxError, SyntaxErrorKind};
use crate::source::{Span, to_offset};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// The patched text and the record of its patches.
pub(super) struct PatchedSource<'t> {
    source: &'t str,
    pub(super) text: Cow<'t, str>,
    pub(super) layout: Layout,
    /// The spans in the user's text whose values have lost their type because their brackets were masked.
    forgotten: Vec<Span>,
    pub(super) errors: Vec<SyntaxError>,
    /// Whether no text was removed.
    pub(super) is_whole: bool,
    /// Whether the bare `${Name}`s of the file are masked.
    pub(super) placeholders_are_hidden: bool,
}

/// An error of kind `Malformed`.
pub(super) fn syntax_error(span: Span, message: impl Into<String>, help: impl Into<String>) -> SyntaxError {
    SyntaxError {
        kind: SyntaxErrorKind::Malformed,
        span,
        message: message.into(),
        help: Some(help.into()),
        first: None,
    }
}

impl<'t> PatchedSource<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        Self {
            source,
            text: Cow::Borrowed(source),
            layout: Layout::default(),
            forgotten: Vec::new(),
            errors: Vec::new(),
            is_whole: true,
            placeholders_are_hidden: false,
        }
    }

    /// The text to parse.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The span in the user's text of a range of the patched text.
    pub(super) fn span(&self, place: &Range<usize>) -> Span {
        Span::new(
            to_offset(self.layout.to_source(place.start)),
            to_offset(self.layout.to_source(place.end)),
        )
    }

    /// Maps an encoding from the patched text to the user's text.
    pub(super) fn encoding(&self, encoding: Encoding) -> Encoding {
        let at = |offset: u32| to_offset(self.layout.to_source(offset as usize));
        match encoding {
            Encoding::Verbatim { start } => Encoding::Verbatim { start: at(start) },
            Encoding::Escaped { span, style } => Encoding::Escaped {
                span: self.span(&span.range()),
                style,
            },
            Encoding::Pieces(pieces) if self.is_unaltered() => Encoding::Pieces(pieces),
            Encoding::Pieces(pieces) => {
                let moved = |p: &Piece| Piece {
                    source: at(p.source),
                    ..*p
                };
                Encoding::Pieces(Arc::new(pieces.iter().map(moved).collect()))
            }
        }
    }

    pub(super) const fn is_unaltered(&self) -> bool {
        matches!(self.text, Cow::Borrowed(_))
    }

    /// Records that the value at a range has an unknown type.
    pub(super) fn forget_type(&mut self, place: &Range<usize>) {
        let span = self.span(place);
        self.forgotten.push(span);
    }

    /// Whether the value at a span is text only because its brackets were masked.
    pub(super) fn has_forgotten_type(&self, span: Span) -> bool {
        self.forgotten.iter().any(|forgotten| forgotten.contains(span))
    }

    /// The string at a range of the text as the user wrote it, if it differs from `decoded`.
    pub(super) fn restored(
        &self,
        place: &Range<usize>,
        decoded: &str,
        encoding: &Encoding,
    ) -> Option<String> {
        if self.is_unaltered() || self.text.get(place.clone()) == self.source.get(self.span(place).range()) {
            return None;
        }
        let mut restored = decoded.as_bytes().to_vec();
        // A mask has the length of the text it replaces and never replaces an escape or a line end, so only verbatim
        // segments need to be copied back.
        let mut copy = |at: usize, length: usize, from: usize| {
            let from = self.layout.to_source(from);
            let original = self.source.as_bytes().get(from..from + length);
            if let (Some(original), Some(to)) = (original, restored.get_mut(at..at + length)) {
                for (to, &byte) in to.iter_mut().zip(original) {
                    if *to == b'_' {
                        *to = byte;
                    }
                }
            }
        };
        match encoding {
            Encoding::Verbatim { start } => copy(0, decoded.len(), *start as usize),
            Encoding::Pieces(pieces) => {
                for (i, piece) in pieces.iter().enumerate() {
                    let at = piece.decoded as usize;
                    let next = pieces.get(i + 1).map_or(decoded.len(), |p| p.decoded as usize);
                    let length = decoded[at..next].trim_end_matches(['\n', ' ']).len();
                    copy(at, length, piece.source as usize);
                }
            }
            Encoding::Escaped { span, style } => {
                let raw = self.text.get(span.range()).unwrap_or_default();
                let (mut from, mut at) = (0, 0);
                while from < raw.len() {
                    match escape::segment(&raw[from..], *style) {
                        escape::Segment::Verbatim(length) => {
                            copy(at, length, span.start as usize + from);
                            (from, at) = (from + length, at + length);
                        }
                        escape::Segment::Escape { source, decoded } => {
                            (from, at) = (from + source, at + decoded);
                        }
                    }
                }
            }
        }
        String::from_utf8(restored).ok()
    }

    pub(super) fn report(
        &mut self,
        place: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        let whole = |at: usize| {
            (at..self.text.len())
                .find(|&i| self.text.is_char_boundary(i))
                .unwrap_or(self.text.len())
        };
        let span = self.span(&(whole(place.start)..whole(place.end)));
        self.errors.push(syntax_error(span, message, help));
    }

    /// Replaces one ASCII character with another.
    pub(super) fn put(&mut self, at: usize, byte: u8) {
        let mut bytes = std::mem::take(&mut self.text).into_owned().into_bytes();
        if let Some(old) = bytes.get_mut(at).filter(|b| b.is_ascii()) {
            *old = byte;
        }
        // Only ASCII bytes were replaced by ASCII bytes, so the text is still UTF-8.
        self.text = Cow::Owned(String::from_utf8(bytes).unwrap_or_default());
    }

    /// Replaces the characters that are special in YAML with `_`; spaces and line ends stay.
    pub(super) fn mask(&mut self, place: Range<usize>) {
        self.mask_all(vec![place]);
    }

    pub(super) fn mask_all(&mut self, places: Vec<Range<usize>>) {
        let mut bytes = std::mem::take(&mut self.text).into_owned().into_bytes();
        for place in places {
            for byte in bytes.get_mut(place).unwrap_or_default() {
                if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b' ' | b'\n' | b'\r') {
                    *byte = b'_';
                }
            }
        }
        // Only ASCII bytes were replaced by ASCII bytes, so the text is still UTF-8.
        self.text = Cow::Owned(String::from_utf8(bytes).unwrap_or_default());
    }

    /// Replaces whole characters, except line ends, with spaces.
    pub(super) fn blank(&mut self, place: Range<usize>) {
        self.is_whole = false;
        let Some(text) = self.text.get(place.clone()) else {
            return;
        };
        let blanks: String = text
            .bytes()
            .map(|b| {
                if matches!(b, b'\n' | b'\r') {
                    char::from(b)
                } else {
                    ' '
                }
            })
            .collect();
        self.text.to_mut().replace_range(place, &blanks);
    }

    /// The line that contains a byte, without its line end.
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |i| at + i);
        start..end
    }

    /// A line without leading and trailing whitespace.
    pub(super) fn content(&self, line: &Range<usize>) -> Range<usize> {
        let text = &self.text[line.clone()];
        let start = line.start + text.len() - text.trim_start().len();
        start..start.max(line.start + text.trim_end().len())
    }

    /// From a byte to the end of its line, without trailing whitespace.
    pub(super) fn rest(&self, at: usize) -> Range<usize> {
        let end = self.line(at).end;
        at..at + self.text[at..end].trim_end().len()
    }

    /// Where the value of a line starts: after `- ` or `key: `.
    pub(super) fn value_in(&self, content: &Range<usize>) -> Option<usize> {
        let mut at = content.start;
        while let Some(rest) = self.text[at..content.end].strip_prefix("- ") {
            at = content.end - rest.trim_start().len();
        }
        if self.text[at..content.end].starts_with(['"', '\'']) && !self.text[at..content.end].contains(": ") {
            return Some(at);
        }
        let colon = self.text[at..content.end].find(": ")?;
        let value = self.text[at + colon + 1..content.end].trim_start();
        Some(content.end - value.len())
    }

    /// Changes the indentation of lines, which are numbered from 0.
    pub(super) fn reindent(&mut self, indent: impl FnMut(usize, &str) -> Option<usize>) {
        let altered = self.layout.reindent(self.source, &self.text, indent);
        self.text = Cow::Owned(altered);
    }

    /// The number of the line that contains a byte, from 0.
    pub(super) fn line_number(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count()
    }
}
