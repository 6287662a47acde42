//! Places in a source text as the protocol counts them.

use crate::source::{Span, to_offset};
use gen_lsp_types::{Position, Range as ProtocolRange};
use std::ops::Range;

/// The unit in which the protocol counts columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units, the default.
    Utf16,
}

/// The starts of the lines of a source text. A line ends with `\n`, `\r\n`, or `\r`.
#[derive(Debug, Clone)]
pub(super) struct Lines(Vec<u32>);

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(to_offset(at + 1));
            }
        }
        Self(starts)
    }

    /// Follows a change of the text, given the new text, the bytes that were replaced, and the end of the new ones.
    pub(super) fn replace(&mut self, text: &str, replaced: Range<usize>, new_end: usize) {
        let bytes = text.as_bytes();
        // A line may start at either end of the change because of the byte before it, or the one after it.
        let is_start = |at: &usize| match at.checked_sub(1).map(|before| bytes[before]) {
            None | Some(b'\n') => true,
            Some(b'\r') => bytes.get(*at) != Some(&b'\n'),
            Some(_) => false,
        };
        let (start, old_end) = (to_offset(replaced.start), to_offset(replaced.end));
        let first = self.0.partition_point(|line| *line < start);
        let rest = self.0.partition_point(|line| *line <= old_end);
        let shift = to_offset(new_end).wrapping_sub(old_end);
        for line in &mut self.0[rest..] {
            *line = line.wrapping_add(shift);
        }
        let new = (replaced.start..=new_end).filter(is_start).map(to_offset);
        self.0.splice(first..rest, new);
    }

    /// The bytes of a line without its end; empty past the last one.
    pub(super) fn line<'t>(&self, text: &'t str, line: u32) -> &'t str {
        let Some(start) = self.0.get(line as usize) else {
            return "";
        };
        let end = self
            .0
            .get(line as usize + 1)
            .map_or(text.len(), |end| *end as usize);
        text.get(*start as usize..end)
            .unwrap_or_default()
            .trim_end_matches(['\n', '\r'])
    }

    /// The number of the line that contains an offset.
    pub(super) fn line_of(&self, offset: u32) -> u32 {
        to_offset(self.0.partition_point(|start| *start <= offset).max(1) - 1)
    }

    /// The first byte of a line.
    pub(super) fn start(&self, line: u32) -> u32 {
        self.0.get(line as usize).or(self.0.last()).copied().unwrap_or(0)
    }

    /// The offset of a position. A position past the end of its line is the end of the line, and one past the last line is
    /// the end of the text.
    pub(super) fn offset(&self, text: &str, position: Position, encoding: Encoding) -> u32 {
        if position.line as usize >= self.0.len() {
            return to_offset(text.len());
        }
        let line = self.line(text, position.line);
        let column = position.character as usize;
        let within = match encoding {
            Encoding::Utf8 => (0..=column.min(line.len()))
                .rev()
                .find(|at| line.is_char_boundary(*at))
                .unwrap_or(0),
            Encoding::Utf16 if line.is_ascii() => column.min(line.len()),
            Encoding::Utf16 => {
                let mut units = 0;
                let found = line.char_indices().find(|(_, c)| {
                    units += c.len_utf16();
                    units > column
                });
                found.map_or(line.len(), |(at, _)| at)
            }
        };
        self.start(position.line) + to_offset(within)
    }

    /// The position of an offset.
    pub(super) fn position(&self, text: &str, offset: u32, encoding: Encoding) -> Position {
        let line = self.line_of(offset);
        let start = self.start(line) as usize;
        let before = text
            .get(start..(offset as usize).min(text.len()))
            .unwrap_or_default();
        let character = match encoding {
            Encoding::Utf8 => before.len(),
            Encoding::Utf16 if before.is_ascii() => before.len(),
            Encoding::Utf16 => before.chars().map(char::len_utf16).sum(),
        };
        Position {
            line,
            character: to_offset(character),
        }
    }

    /// The range of a span.
    pub(super) fn range(&self, text: &str, span: Span, encoding: Encoding) -> ProtocolRange {
        ProtocolRange {
            start: self.position(text, span.start, encoding),
            end: self.position(text, span.end.max(span.start), encoding),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn converts_positions_in_both_encodings() {
        let text = "a\r\né𝄞x\rlast\n";
        let lines = Lines::new(text);
        for (line, utf8, utf16, offset) in [
            (0, 0, 0, 0),
            (0, 1, 1, 1),
            (1, 0, 0, 3),
            (1, 2, 1, 5),
            (1, 6, 3, 9),
            (1, 7, 4, 10),
            (2, 0, 0, 11),
            (2, 4, 4, 15),
            (3, 0, 0, 16),
        ] {
            for (encoding, character) in [(Encoding::Utf8, utf8), (Encoding::Utf16, utf16)] {
                let position = Position { line, character };
                assert_eq!(lines.offset(text, position, encoding), offset, "{position:?}");
                assert_eq!(lines.position(text, offset, encoding), position, "{offset}");
            }
        }
    }

    #[test]
    fn follows_changes() {
        let text = "a\r\nb\rc\n\n";
        let ends = [0, 1, 2, 3, 4, 5, 6, 7, 8];
        for new in ["", "x", "\n", "\r", "\r\n", "\n\r", "x\ny\r"] {
            for (start, end) in ends.iter().flat_map(|s| ends.iter().map(move |e| (*s, *e))) {
                if start > end {
                    continue;
                }
                let mut lines = Lines::new(text);
                let mut changed = text.to_owned();
                changed.replace_range(start..end, new);
                lines.replace(&changed, start..end, start + new.len());
                assert_eq!(lines.0, Lines::new(&changed).0, "{start}..{end} {new:?}");
            }
        }
    }

    #[test]
    fn clamps_positions_outside_the_text() {
        let (text, encoding) = ("ab\n𝄞", Encoding::Utf16);
        let lines = Lines::new(text);
        let at = |line, character| lines.offset(text, Position { line, character }, encoding);
        assert_eq!((at(0, 99), at(1, 1), at(1, 9), at(7, 0)), (2, 3, 7, 7));
        assert_eq!((lines.line(text, 0), lines.line(text, 5)), ("ab", ""));
    }
}
