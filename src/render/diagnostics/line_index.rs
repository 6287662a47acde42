//! Converts byte offsets of a file to lines and columns.

use crate::source::{Position, SourceFile, Span, to_offset};

/// A byte offset with its line and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LineColumn {
    /// Line, from 1.
    pub(super) line: u32,
    /// Column in characters, from 1.
    pub(super) column: u32,
    /// Byte, from 0.
    pub(super) offset: u32,
}

/// Converts the offsets of a file.
#[derive(Debug, Clone, Copy)]
pub(super) struct LineIndex<'a> {
    source: &'a SourceFile,
}

impl<'a> LineIndex<'a> {
    pub(super) const fn new(source: &'a SourceFile) -> Self {
        Self { source }
    }

    /// The line and column of the character that contains a byte, or of the end for a byte past it.
    pub(super) fn at(self, offset: u32) -> LineColumn {
        let text = self.source.text();
        let mut end = (offset as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let offset = to_offset(end);
        let Position { line, column } = self.source.position(offset);
        LineColumn { line, column, offset }
    }

    /// The start of a span and its exclusive end.
    pub(super) fn ends(self, span: Span) -> (LineColumn, LineColumn) {
        (self.at(span.start), self.at(span.end.max(span.start)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn treats_an_offset_past_the_end_as_the_end() {
        let file = SourceFile::new("a", "{\n}");
        assert_eq!(
            LineIndex::new(&file).at(99),
            LineColumn {
                line: 2,
                column: 2,
                offset: 3
            }
        );
    }
}
