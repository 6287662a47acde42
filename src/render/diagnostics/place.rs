//! Converts byte offsets of a file to lines and columns.

use crate::source::{Position, SourceFile, Span, to_offset};

/// A byte offset with its line and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Line, from 1.
    pub(super) line: u32,
    /// Column in characters, from 1.
    pub(super) column: u32,
    /// Byte, from 0.
    pub(super) offset: u32,
}

/// Converts offsets, and continues from the previous one if it can: in a definition that is a single line of a megabyte,
/// counting from the start of the line for each of a thousand findings would be slow.
pub(super) struct Places<'a> {
    source: &'a SourceFile,
    last: Place,
}

impl<'a> Places<'a> {
    pub(super) const fn new(source: &'a SourceFile) -> Self {
        let last = Place {
            line: 1,
            column: 1,
            offset: 0,
        };
        Self { source, last }
    }

    /// The line and column of the character that contains a byte, or of the end for a byte past it.
    pub(super) fn at(&mut self, offset: u32) -> Place {
        let text = self.source.text();
        let mut end = (offset as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let offset = to_offset(end);
        let Position { line, column } = match text.get(self.last.offset as usize..end) {
            Some(between) if !between.contains('\n') => Position {
                line: self.last.line,
                column: self.last.column + to_offset(between.chars().count()),
            },
            _ => self.source.position(offset),
        };
        self.last = Place { line, column, offset };
        self.last
    }

    /// The start of a span and its exclusive end.
    pub(super) fn ends(&mut self, span: Span) -> (Place, Place) {
        let start = self.at(span.start);
        let here = self.last;
        let end = self.at(span.end.max(span.start));
        self.last = here;
        (start, end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_from_the_start() {
        let file = SourceFile::new("a", "{\"é\": 1,\r\n\"🦀\": [\n\n2]}");
        let length = to_offset(file.text().len());
        for first in 0..=length {
            for second in 0..=length {
                let mut places = Places::new(&file);
                places.at(first);
                assert_eq!(
                    places.at(second),
                    Places::new(&file).at(second),
                    "{first} then {second}"
                );
            }
        }
    }

    #[test]
    fn treats_an_offset_past_the_end_as_the_end() {
        let file = SourceFile::new("a", "{\n}");
        assert_eq!(
            Places::new(&file).at(99),
            Place {
                line: 2,
                column: 2,
                offset: 3
            }
        );
    }
}
