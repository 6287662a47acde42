//! Scanning of scalars: plain, quoted, and block scalars.

use super::scanner::Scanner;
use super::token::{Fault, FaultKind, Scalar, TokenKind};
use crate::document::escape::{self, EscapeStyle};
use crate::document::parts::{Encoding, Piece};
use crate::source::{Span, to_offset};
use std::borrow::Cow;
use std::sync::Arc;

/// The whitespace between two words of a scalar.
#[derive(Default)]
struct Gap {
    /// Spaces and tabs on one line.
    blanks: String,
    /// The first line end; empty if there is none.
    first: String,
    /// The further line ends.
    more: String,
}

impl Gap {
    /// Appends what the gap folds to: the blanks, or one space for a single line end, or the further line ends.
    fn fold_into(&mut self, text: &mut String) {
        if self.first.is_empty() {
            text.push_str(&self.blanks);
        } else if self.first != "\n" {
            text.push_str(&self.first);
            text.push_str(&self.more);
        } else if self.more.is_empty() {
            text.push(' ');
        } else {
            text.push_str(&self.more);
        }
        self.clear();
    }

    fn clear(&mut self) {
        self.blanks.clear();
        self.first.clear();
        self.more.clear();
    }
}

impl<'t> Scanner<'t> {
    /// Reads a line end as text: every kind but U+2028 and U+2029 becomes `\n`.
    fn read_break(&mut self, text: &mut String) {
        match self.break_length(0) {
            3 => text.push_str(&self.text[self.at..self.at + 3]),
            _ => text.push('\n'),
        }
        self.skip_break();
    }

    /// Reads blanks and line ends. Blanks at the start of a line are dropped.
    fn read_gap(&mut self, gap: &mut Gap, mut is_line_start: bool) -> bool {
        loop {
            if self.is_blank(0) {
                if !is_line_start {
                    gap.blanks.push(char::from(self.bytes[self.at]));
                }
                self.at += 1;
            } else if self.break_length(0) == 0 {
                return is_line_start;
            } else if is_line_start {
                self.read_break(&mut gap.more);
            } else {
                self.read_break(&mut gap.first);
                is_line_start = true;
            }
        }
    }

    pub(super) fn plain_scalar(&mut self) -> Result<(), Fault> {
        let start = self.at;
        let indent = self.indent + 1;
        // The start and the end of the words of the current line.
        let (mut line_start, mut end) = (start, start);
        let mut text = String::new();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut gap = Gap::default();
        let mut is_line_start = false;
        while !self.at_document_indicator() && self.byte(0) != Some(b'#') {
            let word = self.at;
            if self.plain_word()? == 0 {
                break;
            }
            if is_line_start {
                text.push_str(&self.text[line_start..end]);
                gap.fold_into(&mut text);
                pieces.push(Piece {
                    decoded: to_offset(text.len()),
                    source: to_offset(word),
                });
                line_start = word;
                is_line_start = false;
            }
            end = self.at;
            while self.is_blank(0) {
                self.at += 1;
            }
            if self.break_length(0) > 0 {
                is_line_start = self.read_gap(&mut gap, false);
                if self.tab_violates(end, indent) {
                    return self.fault(FaultKind::Tab);
                }
            }
            if self.at == end || !self.in_flow() && self.column() < indent {
                break;
            }
        }
        if is_line_start {
            self.is_key_allowed = true;
        }
        let (text, encoding) = if pieces.is_empty() {
            let encoding = Encoding::Verbatim {
                start: to_offset(start),
            };
            (Cow::Borrowed(&self.text[start..end]), encoding)
        } else {
            text.push_str(&self.text[line_start..end]);
            pieces.insert(
                0,
                Piece {
                    decoded: 0,
                    source: to_offset(start),
                },
            );
            (Cow::Owned(text), Encoding::Pieces(Arc::new(pieces)))
        };
        self.push_scalar(text, true, encoding, start, end);
        Ok(())
    }

    /// Whether the lines from `from` to the current position contain a tab that is part of their indentation.
    fn tab_violates(&self, from: usize, indent: isize) -> bool {
        let lines = self.text[from..self.at].split(['\n', '\r']).skip(1);
        let is_early = |tab: usize| tab.cast_signed() < indent;
        lines
            .into_iter()
            .any(|line| line.find('\t').is_some_and(is_early))
    }

    /// Skips the characters of a plain scalar up to whitespace or an indicator. Returns how many bytes there were.
    fn plain_word(&mut self) -> Result<usize, Fault> {
        let start = self.at;
        while !self.is_white(0) {
            match self.bytes[self.at] {
                b':' if self.in_flow()
                    && matches!(self.byte(1), Some(b',' | b'?' | b'[' | b']' | b'{' | b'}')) =>
                {
                    return self.fault(FaultKind::UnseparatedValue);
                }
                b':' if self.is_white(1) => break,
                b',' | b'[' | b']' | b'{' | b'}' if self.in_flow() => break,
                _ => {
                    self.at += 1;
                    self.skip_ordinary(|b| matches!(b, b':' | b',' | b'[' | b']' | b'{' | b'}'));
                }
            }
        }
        Ok(self.at - start)
    }

    pub(super) fn quoted_scalar(&mut self, quote: u8) -> Result<(), Fault> {
        let start = self.at;
        let fault = |kind| Err(Fault { kind, at: start });
        self.at += 1;
        if let Some(length) = self.length_without_escapes(quote) {
            let inner = self.at;
            self.at += length + 1;
            let encoding = Encoding::Verbatim {
                start: to_offset(inner),
            };
            let text = Cow::Borrowed(&self.text[inner..inner + length]);
            self.push_scalar(text, false, encoding, start, self.at);
            return Ok(());
        }
        let mut text = String::new();
        let mut gap = Gap::default();
        loop {
            if self.at_document_indicator() || self.at >= self.bytes.len() {
                return fault(FaultKind::UnclosedQuote);
            }
            let mut is_line_start = false;
            while !self.is_white(0) {
                let from = self.at;
                match self.bytes[from] {
                    b'\'' if quote == b'\'' && self.byte(1) == Some(b'\'') => {
                        text.push('\'');
                        self.at += 2;
                    }
                    byte if byte == quote => break,
                    b'\\' if quote == b'"' && self.break_length(1) > 0 => {
                        self.at += 1;
                        self.skip_break();
                        is_line_start = true;
                        break;
                    }
                    b'\\' if quote == b'"' => {
                        let Some((character, length)) = escape::yaml_character(&self.text[from..]) else {
                            return fault(FaultKind::Escape);
                        };
                        text.push(character);
                        self.at += length;
                    }
                    _ => {
                        self.at += 1;
                        self.skip_ordinary(|b| matches!(b, b'\'' | b'"' | b'\\'));
                        text.push_str(&self.text[from..self.at]);
                    }
                }
            }
            if self.byte(0) == Some(quote) && !is_line_start {
                break;
            }
            let is_continued = is_line_start;
            self.read_gap(&mut gap, is_line_start);
            if is_continued {
                // The escaped line end is dropped, and further ones are kept.
                text.push_str(&gap.more);
                gap.clear();
            } else {
                gap.fold_into(&mut text);
            }
        }
        self.at += 1;
        let inner = &self.text[start + 1..self.at - 1];
        let (text, encoding) = if inner == text {
            let start = to_offset(start + 1);
            (Cow::Borrowed(inner), Encoding::Verbatim { start })
        } else {
            let style = if quote == b'"' {
                EscapeStyle::YamlDouble
            } else {
                EscapeStyle::YamlSingle
            };
            let span = Span::new(to_offset(start + 1), to_offset(self.at - 1));
            (Cow::Owned(text), Encoding::Escaped { span, style })
        };
        self.push_scalar(text, false, encoding, start, self.at);
        Ok(())
    }

    /// The length of a quoted text that is on one line and contains no escape.
    fn length_without_escapes(&self, quote: u8) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        let is_stop = |&b: &u8| b == quote || matches!(b, b'\\' | b'\n' | b'\r' | 0xC2 | 0xE2);
        let length = rest.iter().position(is_stop)?;
        let is_closed = rest[length] == quote && (quote == b'"' || rest.get(length + 1) != Some(&quote));
        is_closed.then_some(length)
    }

    pub(super) fn block_scalar(&mut self, is_literal: bool) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        let (mut chomping, mut increment) = (None, 0);
        for _ in 0..2 {
            match self.byte(0) {
                Some(sign @ (b'+' | b'-')) if chomping.is_none() => chomping = Some(sign),
                Some(digit @ b'1'..=b'9') if increment == 0 => {
                    increment = isize::from((digit - b'0').cast_signed());
                }
                _ => break,
            }
            self.at += 1;
        }
        while self.is_blank(0) {
            self.at += 1;
        }
        if self.byte(0) == Some(b'#') {
            self.skip_line();
        }
        if self.break_length(0) == 0 && self.at < self.bytes.len() {
            return Err(Fault {
                kind: FaultKind::BlockHeader,
                at: start,
            });
        }
        let mut end = self.at;
        if self.break_length(0) > 0 {
            self.skip_break();
        }
        let mut indent = match increment {
            0 => 0,
            more => self.indent.max(0) + more,
        };
        let (mut text, mut first, mut more) = (String::new(), String::new(), String::new());
        let mut pieces: Vec<Piece> = Vec::new();
        let before = self.at;
        self.block_breaks(&mut indent, &mut more)?;
        if !more.is_empty() {
            pieces.push(Piece {
                decoded: 0,
                source: to_offset(before),
            });
        }
        let mut was_blank = false;
        while self.column() == indent && self.at < self.bytes.len() {
            let is_blank = self.is_blank(0);
            if !is_literal && first == "\n" && !was_blank && !is_blank {
                if more.is_empty() {
                    text.push(' ');
                }
            } else {
                text.push_str(&first);
            }
            first.clear();
            text.push_str(&more);
            more.clear();
            pieces.push(Piece {
                decoded: to_offset(text.len()),
                source: to_offset(self.at),
            });
            was_blank = is_blank;
            let from = self.at;
            self.skip_line();
            text.push_str(&self.text[from..self.at]);
            end = self.at;
            if self.at < self.bytes.len() {
                self.read_break(&mut first);
            }
            self.block_breaks(&mut indent, &mut more)?;
        }
        if chomping != Some(b'-') {
            text.push_str(&first);
        }
        if chomping == Some(b'+') {
            text.push_str(&more);
        }
        let end = start + self.text[start..end].trim_end().len();
        pieces.dedup_by_key(|piece| piece.decoded);
        let encoding = if text.is_empty() {
            let start = to_offset(end);
            Encoding::Verbatim { start }
        } else {
            Encoding::Pieces(Arc::new(pieces))
        };
        self.push_scalar(Cow::Owned(text), false, encoding, start, end);
        Ok(())
    }

    /// Skips the indentation of a line of a block scalar, and the empty lines before it. An unknown indentation (0) is that
    /// of the first line.
    fn block_breaks(&mut self, indent: &mut isize, breaks: &mut String) -> Result<(), Fault> {
        let mut deepest = 0;
        loop {
            while (*indent == 0 || self.column() < *indent) && self.byte(0) == Some(b' ') {
                self.at += 1;
            }
            deepest = deepest.max(self.column());
            if (*indent == 0 || self.column() < *indent) && self.byte(0) == Some(b'\t') {
                return self.fault(FaultKind::Tab);
            }
            if self.break_length(0) == 0 {
                break;
            }
            self.read_break(breaks);
        }
        if *indent == 0 {
            *indent = deepest.max(self.indent + 1).max(1);
        }
        Ok(())
    }

    fn push_scalar(
        &mut self,
        text: Cow<'t, str>,
        is_plain: bool,
        encoding: Encoding,
        start: usize,
        end: usize,
    ) {
        let scalar = Scalar {
            text,
            is_plain,
            encoding,
        };
        self.push_token(TokenKind::Scalar(scalar), start, end);
    }
}
