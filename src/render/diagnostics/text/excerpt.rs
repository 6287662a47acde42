//! The few lines of a file that a report shows, each cut to what fits a terminal.
//!
//! Miette prints whole lines and finds them by reading a file from its start. Here it is given a small text of its own
//! instead: the lines around the marks, with over-long ones (a minified definition is one line) cut to the room around
//! each mark. Every position in that text is mapped from the file's; line and column numbers stay the file's.

use crate::render::style::Style;
use crate::render::visible::visible;
use crate::source::{Position, SourceFile, Span, to_offset};
use miette::{LabeledSpan, MietteError, SourceCode, SourceSpan, SpanContents};
use std::collections::BTreeMap;
use std::ops::Range;

/// Lines shown before and after each mark.
pub(super) const CONTEXT: usize = 1;

/// A mark over more lines than this is cut to its first: nobody reads an underlined page.
const MOST_LINES: usize = 6;

/// The most marks drawn for one finding; a report of a hundred places is no longer read.
const MOST_MARKS: usize = 8;

/// Characters shown on both sides of a mark at the least, where a line is cut.
const LEAST_SURROUNDINGS: usize = 12;

/// A place to underline. The first one of an excerpt is the primary one.
pub(super) struct Mark<'a> {
    pub(super) span: Span,
    /// What stands there; empty for a bare underline.
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
    /// The lines of `source` around `marks`, which may lie anywhere, even past its end.
    pub(super) fn new(name: String, source: &SourceFile, marks: &[Mark<'_>], style: Style) -> Self {
        let text = source.text();
        let marks = &marks[..marks.len().min(MOST_MARKS)];
        let spans: Vec<Range<usize>> = marks.iter().map(|mark| tidy(text, mark.span)).collect();
        let mut copy = Copy {
            source: text,
            // The gutter takes some columns: a line number, a bar and what joins the ends of a mark over several lines.
            width: style.width.saturating_sub(12).max(40),
            ellipsis: if style.unicode { "…" } else { "..." },
            text: String::new(),
            ends: spans.iter().map(|_| 0..0).collect(),
        };
        let mut lines = Vec::new();
        for line in lines_around(text, &spans) {
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
                text: (!mark.text.is_empty()).then(|| super::words(mark.text)),
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

    /// The line that holds a byte of the excerpt.
    fn line_at(&self, offset: usize) -> usize {
        self.lines
            .partition_point(|line| line.start <= offset)
            .saturating_sub(1)
    }

    /// Whether a line and the next one are neighbours in the file too.
    fn joined(&self, line: usize) -> bool {
        self.lines
            .get(line + 1)
            .is_some_and(|next| next.number == self.lines[line].number + 1)
    }
}

/// A span inside the text, on the borders of characters, without the line break it may end in, and of few lines.
fn tidy(text: &str, span: Span) -> Range<usize> {
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

/// The lines that hold the ends of the spans, what lies between the two of one, and their neighbours; without their line
/// breaks, in order.
fn lines_around(text: &str, spans: &[Range<usize>]) -> impl Iterator<Item = Range<usize>> + use<> {
    let mut lines = BTreeMap::new();
    for span in spans {
        let mut start = line_start(text, span.start);
        for _ in 0..CONTEXT {
            start = line_start(text, start.saturating_sub(1));
        }
        let mut after = 0;
        loop {
            let end = text[start..]
                .find('\n')
                .map_or(text.len(), |length| start + length);
            let line = &text[start..end];
            lines.insert(start, start + line.strip_suffix('\r').unwrap_or(line).len());
            if end >= span.end {
                if after == CONTEXT {
                    break;
                }
                after += 1;
            }
            start = end + 1;
            // The nothing after the last newline is a line only where a mark lies in it.
            if start > text.len() || (start == text.len() && span.end < start) {
                break;
            }
        }
    }
    lines.into_iter().map(|(start, end)| start..end)
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |newline| newline + 1)
}

/// The excerpt while it is copied.
struct Copy<'a> {
    source: &'a str,
    /// How many characters of a line are shown.
    width: usize,
    ellipsis: &'static str,
    text: String,
    /// Where each span lies in `text`.
    ends: Vec<Range<usize>>,
}

impl Copy<'_> {
    /// Copy what is to be seen of a line, and find the spans' ends that lie in it.
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
        // No more characters than bytes, so most lines are not counted.
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
            // What one end of the line leaves over goes to the other side.
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

    /// The offset some characters on, at most `limit`.
    fn step_on(&self, offset: usize, characters: usize, limit: usize) -> usize {
        self.source[offset..limit]
            .char_indices()
            .nth(characters)
            .map_or(limit, |(i, _)| offset + i)
    }

    /// The offset some characters back, at least `limit`.
    fn step_back(&self, offset: usize, characters: usize, limit: usize) -> usize {
        let before = self.source[limit..offset].char_indices();
        before
            .rev()
            .take(characters)
            .last()
            .map_or(offset, |(i, _)| limit + i)
    }

    /// Copy a piece of a line. Ends of spans that are cut away move to the piece's own.
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
        // Two blocks of lines are never one snippet: it would number the lines between them wrongly.
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
            // Asked without context, miette wants the place of a mark for the heading, in the file's own columns.
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
