//! Source texts and locations in them.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A half-open byte range in the text of a [`SourceFile`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes `start..end`. The reader limits sources to far less than 4 GiB, so offsets fit.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span is empty.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` is inside this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span in a file that starts at this offset of a joined text.
    #[must_use]
    pub const fn within(self, start: u32) -> Self {
        Self::new(self.start.saturating_sub(start), self.end.saturating_sub(start))
    }

    /// The span as a range of indexes into the text.
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A line and a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Line number, starting at 1.
    pub line: u32,
    /// Column in characters, starting at 1.
    pub column: u32,
}

/// The number of bytes between the offsets for which the number of characters before them is kept.
const BLOCK: usize = 1024;

/// A source file: its display name, its text, and the starts of its lines.
#[derive(Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    line_starts: OnceLock<Vec<u32>>,
    /// The number of characters before each [`BLOCK`] of bytes; `None` if the text is ASCII.
    char_counts: OnceLock<Option<Vec<usize>>>,
    parts: Vec<FilePart>,
}

/// A file in a source text joined from several files.
#[derive(Debug, Clone)]
pub struct FilePart {
    /// The offset of its first byte in the joined text.
    pub start: u32,
    /// The file.
    pub file: Arc<SourceFile>,
}

impl SourceFile {
    /// Creates a file. `name` is printed in reports (a path as the user gave it, or `<stdin>`).
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            line_starts: OnceLock::new(),
            char_counts: OnceLock::new(),
            parts: Vec::new(),
        }
    }

    /// The text of several files, in the order of their offsets, for data that is composed of parts of them.
    pub fn joined(name: impl Into<String>, text: impl Into<String>, parts: Vec<FilePart>) -> Self {
        Self {
            parts,
            ..Self::new(name, text)
        }
    }

    /// The file that contains an offset, if this is the text of several files.
    pub fn part_at(&self, offset: u32) -> Option<&FilePart> {
        let next = self.parts.partition_point(|part| part.start <= offset);
        self.parts.get(next.checked_sub(1)?)
    }

    /// The display name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let newlines = memchr::memchr_iter(b'\n', self.text.as_bytes());
            std::iter::once(0)
                .chain(newlines.map(|i| to_offset(i + 1)))
                .collect()
        })
    }

    /// How many characters start before a byte offset. In a definition that is a single line of a megabyte, counting from
    /// the start of the line for each of a thousand findings would be slow.
    fn chars_before(&self, offset: usize) -> usize {
        let counts = self.char_counts.get_or_init(|| {
            if self.text.is_ascii() {
                return None;
            }
            let mut before = 0;
            let mut counts = Vec::with_capacity(self.text.len() / BLOCK + 2);
            for block in 0..=self.text.len() / BLOCK {
                counts.push(before);
                let bytes = self.boundary(block * BLOCK)..self.boundary((block + 1) * BLOCK);
                before += self.text[bytes].chars().count();
            }
            Some(counts)
        });
        let Some(counts) = counts else {
            return offset;
        };
        let block = offset / BLOCK;
        let rest = &self.text[self.boundary(block * BLOCK)..self.boundary(offset)];
        counts.get(block).copied().unwrap_or_default() + rest.chars().count()
    }

    /// The start of the character that contains a byte, or the end of the text.
    fn boundary(&self, offset: usize) -> usize {
        let mut boundary = offset.min(self.text.len());
        while !self.text.is_char_boundary(boundary) {
            boundary -= 1;
        }
        boundary
    }

    /// The bytes of the line that contains an offset, without its line feed. The offset may be the end of the text.
    pub fn line_range(&self, offset: usize) -> Range<usize> {
        let starts = self.line_starts();
        let next = starts.partition_point(|&start| start as usize <= offset);
        let start = starts
            .get(next.saturating_sub(1))
            .map_or(0, |&start| start as usize);
        let end = starts
            .get(next)
            .map_or(self.text.len(), |&next| next as usize - 1);
        start..end
    }

    /// The line and column of a byte offset, which may be the end of the text.
    pub fn position(&self, offset: u32) -> Position {
        let starts = self.line_starts();
        let line = starts.partition_point(|&s| s <= offset).max(1) - 1;
        let start = starts[line] as usize;
        let end = (offset as usize).min(self.text.len());
        let before = if end.saturating_sub(start) <= BLOCK {
            self.text.get(start..end).map_or(0, |s| s.chars().count())
        } else {
            self.chars_before(end) - self.chars_before(start)
        };
        Position {
            line: to_offset(line + 1),
            column: to_offset(before + 1),
        }
    }
}

/// Converts a `usize` offset to the type used in spans. Readers reject texts above 4 GiB, so this is lossless.
pub fn to_offset(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lines_and_characters_from_one() {
        let f = SourceFile::new("a", "é{\r\n  x");
        let at = |o| (f.position(o).line, f.position(o).column);
        assert_eq!(
            (at(0), at(2), at(5), at(7), at(99)),
            ((1, 1), (1, 2), (2, 1), (2, 3), (2, 4))
        );
    }

    #[test]
    fn counts_the_characters_of_long_lines() {
        let text = format!("x\n{}\n{}", "aé🦀".repeat(3_000), "é".repeat(5_000));
        let f = SourceFile::new("a", text.clone());
        for (offset, _) in text.char_indices().step_by(97) {
            let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
            let column = to_offset(text[start..offset].chars().count() + 1);
            assert_eq!(f.position(to_offset(offset)).column, column, "{offset}");
        }
    }
}
