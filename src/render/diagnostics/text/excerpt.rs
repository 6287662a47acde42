//! The lines of a file that a report shows, each truncated to the width of a terminal.
//!
//! Miette prints whole lines and finds them by reading a file from its start. This module passes it a small text instead:
//! the lines around the marks, with long ones (a minified definition is one line) truncated to the surroundings of each
//! mark. Positions in the file are mapped to that text; line and column numbers remain those of the file.

use crate::render::style::Style;
use crate::render::visible::{message, visible};
use crate::source::{Position, SourceFile, Span, to_offset};
use miette::{LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents};
use std::collections::BTreeMap;
use std::ops::Range;

/// Lines shown before and after each mark.
pub(super) const CONTEXT: usize = 1;

/// A mark over more lines than this is reduced to its first line.
const MOST_LINES: usize = 6;

/// The maximum number of marks of one finding.
const MOST_MARKS: usize = 8;

/// The minimum number of characters on both sides of a mark in a truncated line.
const LEAST_SURROUNDINGS: usize = 12;

/// A location to underline. The first one of an excerpt is the primary one.
pub(super) struct Mark<'a> {
    pub(super) span: Span,
    /// Its label; empty for an underline without a label.
    pub(super) text: &'a str,
}

#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    /// The lines, each with a newline.
    text: String,
    lines: Vec<Line>,
    labels: Vec<Shown>,
}

/// A line in an excerpt.
#[derive(Debug)]
struct Line {
    /// Where it begins in the excerpt.
    start: usize,
    /// Its number in the file, from 0.
    number: usize,
}

/// A mark in an excerpt.
#[derive(Debug)]
struct Shown {
    /// In the excerpt.
    range: Range<usize>,
    /// Where it begins in the file.
    position: Position,
    text: Option<String>,
}

impl Excerpt {
    /// The lines of `source` around `marks`, which may be anywhere, even past its end.
    pub(super) fn new(name: String, source: &SourceFile, marks: &[Mark<'_>], style: Style) -> Self {
        let text = source.text();
        let marks = &marks[..marks.len().min(MOST_MARKS)];
        let spans: Vec<Range<usize>> = marks.iter().map(|mark| clamp(text, mark.span)).collect();
        let mut copy = Copy {
            source: text,
            // The gutter needs some columns: a line number, a bar, and the connector of a mark over several lines.
            width: style.width.saturating_sub(12).max(40),
            ellipsis: if style.unicode { "…" } else { "..." },
            text: String::new(),
            ends: spans.iter().map(|_| 0..0).collect(),
        };
        let mut lines = Vec::new();
        for line in lines_around(source, &spans) {
            let number = source.position(to_offset(line.start)).line as usize - 1;
            lines.push(Line {
                start: copy.text.len(),
                number,
            });
            copy.line(&line, &spans);
        }
        let labels = marks
            .iter()
            .zip(&spans)
            .zip(copy.ends)
            .map(|((mark, span), range)| Shown {
                range: range.start..range.end.max(range.start),
                position: source.position(to_offset(span.start)),
                text: (!mark.text.is_empty()).then(|| message(mark.text)),
            });
        Self {
            name,
            labels: labels.collect(),
            text: copy.text,
            lines,
        }
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = LabeledSpan> {
        self.labels.iter().enumerate().map(|(index, label)| {
            let span = SourceSpan::from(label.range.clone());
            let text = label.text.clone();
            if index == 0 {
                LabeledSpan::new_primary_with_span(text, span)
            } else {
                LabeledSpan::new_with_span(text, span)
            }
        })
    }

    /// The line that contains a byte of the excerpt.
    fn line_at(&self, offset: usize) -> usize {
        self.lines
            .partition_point(|line| line.start <= offset)
            .saturating_sub(1)
    }

    /// Whether a line and the next one are also adjacent in the file.
    fn joined(&self, line: usize) -> bool {
        self.lines
            .get(line + 1)
            .is_some_and(|next| next.number == self.lines[line].number + 1)
    }
}

/// A span clamped to the text and to character boundaries, without a trailing line break, and of few lines.
fn clamp(text: &str, span: Span) -> Range<usize> {
    let floor = |offset: u32| {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        offset
    };
    let mut start = floor(span.start);
    if text[start..].starts_with('\n') && text[..start].ends_with('\r') {
        start -= 1;
    }
    let covered = &text[start..floor(span.end).max(start)];
    let many = covered.trim_end().split('\n').nth(MOST_LINES).is_some();
    let kept = if many {
        covered.split('\n').next().unwrap_or("")
    } else {
        covered
    };
    start..start + kept.trim_end_matches(['\r', '\n']).len()
}

/// The lines that contain the ends of the spans, those between them, and their neighbors, in order and without line
/// breaks.
fn lines_around(source: &SourceFile, spans: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> + use<> {
    let text = source.text();
    let mut lines = BTreeMap::new();
    for span in spans {
        let mut start = source.line_range(span.start).start;
        for _ in 0..CONTEXT {
            start = source.line_range(start.saturating_sub(1)).start;
        }
        let mut after = 0;
        loop {
            let end = source.line_range(start).end;
            let line = &text[start..end];
            lines.insert(start, start + line.strip_suffix('\r').unwrap_or(line).len());
            if end >= span.end {
                if after == CONTEXT {
                    break;
                }
                after += 1;
            }
            start = end + 1;
            // The empty text after the last newline only counts as a line if it contains a mark.
            if start > text.len() || (start == text.len() && span.end < start) {
                break;
            }
        }
    }
    lines.into_iter().map(|(start, end)| start..end)
}

/// The excerpt under construction.
struct Copy<'a> {
    source: &'a str,
    /// The number of visible characters of a line.
    width: usize,
    ellipsis: &'static str,
    text: String,
    /// The location of each span in `text`.
    ends: Vec<Range<usize>>,
}

impl Copy<'_> {
    /// Copies the visible parts of a line, and maps the ends of spans in it.
    fn line(&mut self, line: &Range<usize>, spans: &[Range<usize>]) {
        let mut shown = line.start;
        for piece in self.pieces(line, spans) {
            if piece.start > shown {
                self.text.push_str(self.ellipsis);
            }
            self.piece(&piece, spans);
            shown = piece.end;
        }
        if shown < line.end {
            self.text.push_str(self.ellipsis);
        }
        self.text.push('\n');
    }

    /// The parts of a line that are shown: the whole, or the surroundings of each mark, or the beginning.
    fn pieces(&self, line: &Range<usize>, spans: &[Range<usize>]) -> Vec<Range<usize>> {
        let text = &self.source[line.clone()];
        // A line has at most as many characters as bytes, so most lines need not be counted.
        if text.len() <= self.width || text.chars().nth(self.width).is_none() {
            return vec![line.clone()];
        }
        let inside = |offset: usize| line.start <= offset && offset <= line.end;
        let mut marked: Vec<Range<usize>> = spans
            .iter()
            .filter(|span| inside(span.start) || inside(span.end))
            .map(|span| match (inside(span.start), inside(span.end)) {
                (true, true) => span.clone(),
                (true, false) => span.start..span.start,
                _ => span.end..span.end,
            })
            .collect();
        if marked.is_empty() {
            marked.push(line.start..line.start);
        }
        marked.sort_unstable_by_key(|span| (span.start, span.end));
        let room = self.width / marked.len();
        let longest = room
            .saturating_sub(2 * LEAST_SURROUNDINGS)
            .max(LEAST_SURROUNDINGS);
        let mut pieces: Vec<Range<usize>> = Vec::new();
        for span in marked {
            let length = self.source[span.clone()].chars().take(longest).count();
            let around = (room.saturating_sub(length) / 2).max(LEAST_SURROUNDINGS);
            // Space that one side does not need is used for the other.
            let on_right = self.source[span.start..line.end]
                .chars()
                .skip(length)
                .take(around)
                .count();
            let start = self.step_back(span.start, around + (around - on_right), line.start);
            let on_left = self.source[start..span.start].chars().count();
            let after = around + around.saturating_sub(on_left);
            let end = self.step_on(span.start, length + after, line.end);
            match pieces.last_mut() {
                Some(last) if start <= last.end => last.end = last.end.max(end),
                _ => pieces.push(start..end),
            }
        }
        pieces
    }

    /// The offset of a later character, at most `limit`.
    fn step_on(&self, offset: usize, characters: usize, limit: usize) -> usize {
        self.source[offset..limit]
            .char_indices()
            .nth(characters)
            .map_or(limit, |(i, _)| offset + i)
    }

    /// The offset of an earlier character, at least `limit`.
    fn step_back(&self, offset: usize, characters: usize, limit: usize) -> usize {
        let before = self.source[limit..offset].char_indices();
        before
            .rev()
            .take(characters)
            .last()
            .map_or(offset, |(i, _)| limit + i)
    }

    /// Copies a part of a line. Ends of spans outside it move to the ends of the part.
    fn piece(&mut self, piece: &Range<usize>, spans: &[Range<usize>]) {
        let base = self.text.len();
        let to_excerpt = |offset: usize| base + visible(&self.source[piece.start..offset]).len();
        let inside = |offset: usize| piece.start <= offset && offset <= piece.end;
        for (span, ends) in spans.iter().zip(&mut self.ends) {
            if inside(span.start) {
                *ends = to_excerpt(span.start)..to_excerpt(span.end.min(piece.end));
            } else if inside(span.end) && span.start < piece.start {
                ends.end = to_excerpt(span.end);
            }
        }
        self.text.push_str(&visible(&self.source[piece.clone()]));
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let last_byte = span.offset() + span.len().max(1) - 1;
        if last_byte >= self.text.len() {
            return Err(MietteError::OutOfBounds);
        }
        let (mut first, mut last) = (self.line_at(span.offset()), self.line_at(last_byte));
        // Two blocks of lines are never one snippet, which would number the lines between them incorrectly.
        if (first..last).any(|line| !self.joined(line)) {
            return Err(MietteError::OutOfBounds);
        }
        for _ in 0..before {
            if first > 0 && self.joined(first - 1) {
                first -= 1;
            }
        }
        for _ in 0..after {
            if self.joined(last) {
                last += 1;
            }
        }
        let range = self.lines[first].start..self.lines.get(last + 1).map_or(self.text.len(), |l| l.start);
        let label = self
            .labels
            .iter()
            .find(|label| label.range.start == span.offset());
        Ok(Box::new(Contents {
            excerpt: self,
            span: range.clone().into(),
            data: &self.text.as_bytes()[range],
            line: self.lines[first].number,
            line_count: last - first,
            // Without context, miette asks for the location of a mark for the heading, in columns of the file.
            column: label
                .filter(|_| before + after == 0)
                .map_or(0, |l| l.position.column as usize - 1),
        }))
    }
}

struct Contents<'a> {
    excerpt: &'a Excerpt,
    span: SourceSpan,
    data: &'a [u8],
    line: usize,
    line_count: usize,
    column: usize,
}

impl<'a> SpanContents<'a> for Contents<'a> {
    fn data(&self) -> &'a [u8] {
        self.data
    }

    fn span(&self) -> &SourceSpan {
        &self.span
    }

    fn name(&self) -> Option<&str> {
        Some(&self.excerpt.name)
    }

    fn line(&self) -> usize {
        self.line
    }

    fn column(&self) -> usize {
        self.column
    }

    fn line_count(&self) -> usize {
        self.line_count
    }
}
