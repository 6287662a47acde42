//! A copy of the text that may be altered, as long as the place of everything in the user's text can be told.

use super::layout::Layout;
use crate::document::escape;
use crate::document::parts::{Encoding, Piece};
use crate::document::syntax_error::{Fault, FaultKind};
use crate::source::{Span, to_offset};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// The altered text, and what is to be known of the alterations.
pub(super) struct Scratch<'t> {
    source: &'t str,
    pub(super) text: Cow<'t, str>,
    pub(super) layout: Layout,
    /// The places of the user's text whose type was lost with their brackets.
    lost: Vec<Span>,
    pub(super) faults: Vec<Fault>,
    /// Whether nothing was left out.
    pub(super) is_whole: bool,
    /// Whether the bare `${Name}`s of the file are disguised.
    pub(super) placeholders_are_hidden: bool,
}

/// A syntax fault.
pub(super) fn fault(span: Span, message: impl Into<String>, help: impl Into<String>) -> Fault {
    Fault {
        kind: FaultKind::Syntax,
        span,
        message: message.into(),
        help: Some(help.into()),
        first: None,
    }
}

impl<'t> Scratch<'t> {
    pub(super) fn new(source: &'t str) -> Self {
        Self {
            source,
            text: Cow::Borrowed(source),
            layout: Layout::default(),
            lost: Vec::new(),
            faults: Vec::new(),
            is_whole: true,
            placeholders_are_hidden: false,
        }
    }

    /// What is to be parsed.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A place of the user's text.
    pub(super) fn span(&self, place: &Range<usize>) -> Span {
        Span::new(
            to_offset(self.layout.to_source(place.start)),
            to_offset(self.layout.to_source(place.end)),
        )
    }

    /// How a scalar lies in the user's text, if it lies so in this one.
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

    /// Notes that whatever value stands at a place is of no known type.
    pub(super) fn lose_type(&mut self, place: &Range<usize>) {
        let span = self.span(place);
        self.lost.push(span);
    }

    /// Whether the value at a place is text only because its brackets were disguised.
    pub(super) fn is_lost(&self, span: Span) -> bool {
        self.lost.iter().any(|lost| lost.contains(span))
    }

    /// The string that stands at a place of the text as the user wrote it, if that differs from `decoded`.
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
        // A disguise is as long as what it hides, and never hides an escape or a line end: only stretches that
        // stand for themselves are to be copied again.
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
                    match escape::stretch(&raw[from..], *style) {
                        escape::Stretch::Verbatim(length) => {
                            copy(at, length, span.start as usize + from);
                            (from, at) = (from + length, at + length);
                        }
                        escape::Stretch::Escape { source, decoded } => {
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
        self.faults.push(fault(span, message, help));
    }

    /// Puts one ASCII character in the place of another.
    pub(super) fn put(&mut self, at: usize, byte: u8) {
        let mut bytes = std::mem::take(&mut self.text).into_owned().into_bytes();
        if let Some(old) = bytes.get_mut(at).filter(|b| b.is_ascii()) {
            *old = byte;
        }
        // ASCII was put for ASCII.
        self.text = Cow::Owned(String::from_utf8(bytes).unwrap_or_default());
    }

    /// Makes bytes mean nothing to YAML; blanks stay.
    pub(super) fn disguise(&mut self, place: Range<usize>) {
        self.disguise_all(vec![place]);
    }

    pub(super) fn disguise_all(&mut self, places: Vec<Range<usize>>) {
        let mut bytes = std::mem::take(&mut self.text).into_owned().into_bytes();
        for place in places {
            for byte in bytes.get_mut(place).unwrap_or_default() {
                if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b' ' | b'\n' | b'\r') {
                    *byte = b'_';
                }
            }
        }
        // ASCII was put for ASCII.
        self.text = Cow::Owned(String::from_utf8(bytes).unwrap_or_default());
    }

    /// Leaves whole characters out, line ends excepted.
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

    /// The line of a byte, its end excluded.
    pub(super) fn line(&self, at: usize) -> Range<usize> {
        let start = self.text[..at].rfind('\n').map_or(0, |i| i + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |i| at + i);
        start..end
    }

    /// A line without the blanks around it.
    pub(super) fn content(&self, line: &Range<usize>) -> Range<usize> {
        let text = &self.text[line.clone()];
        let start = line.start + text.len() - text.trim_start().len();
        start..start.max(line.start + text.trim_end().len())
    }

    /// From a byte to the end of its line, blanks at the end excluded.
    pub(super) fn rest(&self, at: usize) -> Range<usize> {
        let end = self.line(at).end;
        at..at + self.text[at..end].trim_end().len()
    }

    /// Where the value of a line begins: behind `- `, behind `key: `.
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

    /// Gives lines, by their number from 0, a new indentation.
    pub(super) fn reindent(&mut self, indent: impl FnMut(usize, &str) -> Option<usize>) {
        let altered = self.layout.reindent(self.source, &self.text, indent);
        self.text = Cow::Owned(altered);
    }

    /// The number of the line of a byte, from 0.
    pub(super) fn line_number(&self, at: usize) -> usize {
        self.text[..at].matches('\n').count()
    }
}
