//! Edits of blocks of YAML, whose structure is their indentation.

use super::content::{Content, reindented};
use super::elements::Elements;
use super::flow::Style;
use super::scalar::Notation;
use super::written::{COMPOSED, Edits, Written};
use crate::diagnostic::Edit;
use crate::document::Member;
use crate::source::{Span, to_offset};

/// The indentation of one level where the text shows no other.
const UNIT: usize = 2;

/// Why a line cannot be edited.
const SHARED_LINE: &str = "the line contains other text";

impl Written<'_> {
    /// The start of the line of an offset.
    fn line_start(&self, at: u32) -> u32 {
        let before = self.text.get(..at as usize).unwrap_or_default();
        to_offset(before.rfind('\n').map_or(0, |newline| newline + 1))
    }

    /// The end of the line of the byte before an offset, without its line break. Only white space and a comment may be in
    /// between.
    fn line_end(&self, at: u32) -> Edits<u32> {
        let rest = self.text.get(at as usize..).ok_or(COMPOSED)?;
        if self.text[..at as usize].ends_with('\n') {
            return Ok(self.line_end_before(at));
        }
        let line = rest.find('\n').map_or(rest, |end| &rest[..end]);
        let blank = line.trim_start();
        let is_comment = blank.starts_with('#') && line.starts_with([' ', '\t']);
        if !blank.is_empty() && !is_comment {
            return Err(SHARED_LINE);
        }
        Ok(at + to_offset(line.trim_end_matches('\r').len()))
    }

    /// The end of the line that ends before an offset.
    fn line_end_before(&self, at: u32) -> u32 {
        let before = &self.text[..at as usize];
        let line = before.strip_suffix('\n').unwrap_or(before);
        to_offset(line.strip_suffix('\r').unwrap_or(line).len())
    }

    fn line_break(&self) -> &'static str {
        let first = self.text.find('\n').and_then(|newline| newline.checked_sub(1));
        match first.map(|before| self.text.as_bytes()[before]) {
            Some(b'\r') => "\r\n",
            _ => "\n",
        }
    }

    /// The column of an offset, in characters.
    fn column(&self, at: u32) -> usize {
        self.at(Span::new(self.line_start(at), at)).chars().count()
    }
}

/// Writes values as blocks.
struct Writer {
    line_break: &'static str,
    unit: usize,
}

impl Writer {
    fn member(&self, key: &str, content: &Content<'_>, column: usize, out: &mut String) {
        out.push_str(&Notation::Yaml.text(key));
        out.push(':');
        self.value(content, column, out);
    }

    /// A value after a key at a column.
    fn value(&self, content: &Content<'_>, column: usize, out: &mut String) {
        let inner = column + self.unit;
        match content {
            Content::Object(members) if !members.is_empty() => {
                for (key, value) in members {
                    self.new_line(inner, out);
                    self.member(key, value, inner, out);
                }
            }
            Content::Moved {
                members,
                indentation,
                more,
            } => {
                self.new_line(inner, out);
                out.push_str(&reindented(members, indentation, &" ".repeat(inner)));
                for (key, value) in more {
                    self.new_line(inner, out);
                    self.member(key, value, inner, out);
                }
            }
            Content::List(items) if items.iter().any(Content::is_compound) => {
                for item in items {
                    self.new_line(inner, out);
                    self.item(item, inner, out);
                }
            }
            content => {
                out.push(' ');
                out.push_str(&scalar_or_flow(content));
            }
        }
    }

    /// An item whose dash is at a column.
    fn item(&self, content: &Content<'_>, column: usize, out: &mut String) {
        out.push_str("- ");
        let Content::Object(members) = content else {
            out.push_str(&scalar_or_flow(content));
            return;
        };
        for (i, (key, value)) in members.iter().enumerate() {
            if i > 0 {
                self.new_line(column + 2, out);
            }
            self.member(key, value, column + 2, out);
        }
    }

    fn new_line(&self, column: usize, out: &mut String) {
        out.push_str(self.line_break);
        out.extend(std::iter::repeat_n(' ', column));
    }
}

fn scalar_or_flow(content: &Content<'_>) -> String {
    if content.is_compound() {
        Style::plain(Notation::Json).write(content)
    } else {
        let mut out = String::new();
        Notation::Yaml.push_scalar(content, &mut out);
        out
    }
}

/// A writer in the style of the members of an object, and their column.
fn writer_of(file: &Written<'_>, elements: &Elements, members: &[Member]) -> Edits<(Writer, usize)> {
    let column = file.column(elements.start_at(0));
    let is_aligned = |member: &Member| file.column(member.key_span.start) == column;
    if !members.iter().all(is_aligned) || file.at(elements.inside).starts_with('?') {
        return Err(COMPOSED);
    }
    let child_column = members.iter().find_map(|member| {
        let first = member.value.as_object()?.first()?;
        let is_block = !file.at(member.value.span).starts_with('{');
        is_block.then(|| file.column(first.key_span.start))
    });
    let writer = Writer {
        line_break: file.line_break(),
        unit: child_column
            .and_then(|child| child.checked_sub(column))
            .unwrap_or(UNIT),
    };
    Ok((writer, column))
}

/// Writes a member in place of others. `content` gets the indentation of their lines.
pub(super) fn enclosing_member<'c>(
    file: &Written<'_>,
    elements: &Elements,
    members: &[Member],
    key: &str,
    content: impl FnOnce(String) -> Content<'c>,
) -> Edits<String> {
    let (writer, column) = writer_of(file, elements, members)?;
    let mut text = String::new();
    writer.member(key, &content(" ".repeat(column)), column, &mut text);
    Ok(text)
}

pub(super) fn insert_member(
    file: &Written<'_>,
    elements: &Elements,
    members: &[Member],
    index: usize,
    key: &str,
    content: &Content<'_>,
) -> Edits<Vec<Edit>> {
    let (writer, column) = writer_of(file, elements, members)?;
    let mut text = String::new();
    if index == 0 {
        writer.member(key, content, column, &mut text);
        writer.new_line(column, &mut text);
        return Ok(vec![Edit::insert(elements.start_at(0), text)]);
    }
    writer.new_line(column, &mut text);
    writer.member(key, content, column, &mut text);
    Ok(vec![Edit::insert(
        file.line_end(elements.end_before(index))?,
        text,
    )])
}

pub(super) fn push_item(file: &Written<'_>, elements: &Elements, content: &Content<'_>) -> Edits<Vec<Edit>> {
    let last = *elements.spans.last().ok_or(COMPOSED)?;
    let dash = dash_before(file, last.start).ok_or(SHARED_LINE)?;
    let writer = Writer {
        line_break: file.line_break(),
        unit: UNIT,
    };
    let mut text = String::new();
    let column = file.column(dash);
    writer.new_line(column, &mut text);
    writer.item(content, column, &mut text);
    Ok(vec![Edit::insert(file.line_end(last.end)?, text)])
}

/// The dash of the item that starts at an offset, if nothing else is before it on its line.
fn dash_before(file: &Written<'_>, item: u32) -> Option<u32> {
    let start = file.line_start(item);
    let before = file.at(Span::new(start, item));
    let dash = before.find('-')?;
    let is_alone = before[..dash].trim().is_empty() && before[dash + 1..].trim().is_empty();
    is_alone.then(|| start + to_offset(dash))
}

pub(super) fn remove(file: &Written<'_>, elements: &Elements, index: usize) -> Edits<Vec<Edit>> {
    let place = *elements.spans.get(index).ok_or(COMPOSED)?;
    if elements.spans.len() == 1 {
        return Err("it is the only entry of its block");
    }
    let start = file.line_start(place.start);
    let lead = file.at(Span::new(start, place.start));
    let end = file.line_end(place.end)?;
    if lead.trim().is_empty() || dash_before(file, place.start).is_some() && is_item(file, elements, index) {
        // The line break before goes, so that a file without one at its end keeps none.
        if start > 0 && index > 0 {
            return Ok(vec![Edit::remove(Span::new(file.line_end_before(start), end))]);
        }
        let rest = file.text.get(end as usize..).unwrap_or_default();
        let line_break = to_offset(rest.find('\n').map_or(rest.len(), |newline| newline + 1));
        return Ok(vec![Edit::remove(Span::new(start, end + line_break))]);
    }
    // The first member of an item: the next one takes its place after the dash.
    if index == 0 {
        return Ok(vec![Edit::remove(Span::new(place.start, elements.start_at(1)))]);
    }
    Err(SHARED_LINE)
}

/// Whether the elements are the items of a sequence, each with a dash.
fn is_item(file: &Written<'_>, elements: &Elements, index: usize) -> bool {
    let other = usize::from(index == 0);
    dash_before(file, elements.start_at(other)).is_some() && file.at(elements.inside).starts_with('-')
}
