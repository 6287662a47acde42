//! Edits between brackets: JSON, flow collections of YAML, and objects of HCL.

use super::content::{Content, reindented};
use super::elements::Elements;
use super::gap::Gap;
use super::scalar::{Notation, is_identifier};
use super::written::{COMPOSED, Edits, Written};
use crate::diagnostic::Edit;
use crate::document::{Member, Node, Syntax};
use crate::source::Span;

/// The longest array of scalars on one line.
const MAX_LINE: usize = 60;

/// How many bytes are reserved for a new value. Most are shorter.
const TYPICAL_LEN: usize = 512;

/// How new members and items are written.
#[derive(Debug, Clone)]
pub(super) struct Style {
    notation: Notation,
    /// Whether keys have quotes, in HCL.
    quotes_keys: bool,
    /// What is between a key and its value.
    colon: String,
    /// The line end, the indentation, and that of one more level; `None` on one line.
    lines: Option<Lines>,
}

#[derive(Debug, Clone)]
struct Lines {
    end: &'static str,
    indentation: String,
    unit: String,
}

impl Style {
    /// A value on one line.
    pub(super) fn plain(notation: Notation) -> Self {
        Self {
            notation,
            quotes_keys: notation != Notation::Hcl,
            colon: if notation == Notation::Hcl { " = " } else { ": " }.into(),
            lines: None,
        }
    }

    pub(super) fn write(&self, content: &Content<'_>) -> String {
        let mut out = String::with_capacity(TYPICAL_LEN);
        let indentation = self.lines.as_ref().map_or("", |lines| &lines.indentation);
        self.push(content, indentation, &mut out);
        out
    }

    fn member(&self, key: &str, content: &Content<'_>, indentation: &str, out: &mut String) {
        if self.quotes_keys || !is_identifier(key) {
            Notation::Json.push_text(key, out);
        } else {
            out.push_str(key);
        }
        out.push_str(&self.colon);
        self.push(content, indentation, out);
    }

    fn push(&self, content: &Content<'_>, indentation: &str, out: &mut String) {
        match content {
            Content::List(items) => {
                let scalars: Option<usize> = items.iter().map(|item| Some(item.scalar_len()? + 2)).sum();
                let is_short = scalars.is_some_and(|length| length < MAX_LINE);
                let mut parts = items.iter().map(|item| (None, item));
                self.push_all(['[', ']'], &mut parts, is_short, indentation, out);
            }
            Content::Object(members) => {
                let mut parts = members.iter().map(|(key, value)| (Some(*key), value));
                self.push_all(['{', '}'], &mut parts, false, indentation, out);
            }
            Content::Moved {
                members,
                indentation: old,
                more,
            } => self.moved(members, old, more, indentation, out),
            scalar => self.notation().push_scalar(scalar, out),
        }
    }

    /// An object that starts with members that are written already.
    fn moved(
        &self,
        members: &str,
        old: &str,
        more: &[(&str, Content<'_>)],
        indentation: &str,
        out: &mut String,
    ) {
        let is_spaced = self.colon.ends_with(' ');
        let (inner, between, pad, end) = match &self.lines {
            Some(lines) => {
                let inner = format!("{indentation}{}", lines.unit);
                let new_line = format!("{}{inner}", lines.end);
                let end = format!("{}{indentation}", lines.end);
                (inner, new_line.clone(), new_line, end)
            }
            None => {
                let space = |is_there: bool| if is_there { " " } else { "" }.to_owned();
                let pad = space(self.notation == Notation::Hcl);
                (String::new(), space(is_spaced), pad.clone(), pad)
            }
        };
        let needs_comma = self.lines.is_none() || self.notation != Notation::Hcl;
        out.push('{');
        out.push_str(&pad);
        out.push_str(&reindented(members, old, &inner));
        for (key, value) in more {
            out.push_str(if needs_comma { "," } else { "" });
            out.push_str(&between);
            self.member(key, value, &inner, out);
        }
        out.push_str(&end);
        out.push('}');
    }

    /// Strings in flow collections have quotes.
    const fn notation(&self) -> Notation {
        match self.notation {
            Notation::Hcl => Notation::Hcl,
            Notation::Json | Notation::Yaml => Notation::Json,
        }
    }

    fn push_all(
        &self,
        [open, close]: [char; 2],
        parts: &mut dyn ExactSizeIterator<Item = (Option<&str>, &Content<'_>)>,
        is_short: bool,
        indentation: &str,
        out: &mut String,
    ) {
        let is_empty = parts.len() == 0;
        let lines = self.lines.as_ref().filter(|_| !is_short && !is_empty);
        let inner = lines.map_or_else(String::new, |lines| [indentation, &lines.unit].concat());
        // Members of HCL need no comma at the end of a line.
        let needs_comma = lines.is_none() || self.notation != Notation::Hcl || open == '[';
        let pads = self.notation == Notation::Hcl && open == '{' && lines.is_none() && !is_empty;
        out.push(open);
        for (i, (key, value)) in parts.enumerate() {
            if i > 0 && needs_comma {
                out.push(',');
            }
            match lines {
                Some(lines) => {
                    out.push_str(lines.end);
                    out.push_str(&inner);
                }
                None if i > 0 && self.colon.ends_with(' ') || pads => out.push(' '),
                None => {}
            }
            match key {
                Some(key) => self.member(key, value, &inner, out),
                None => self.push(value, &inner, out),
            }
        }
        if let Some(lines) = lines {
            out.push_str(lines.end);
            out.push_str(indentation);
        } else if pads {
            out.push(' ');
        }
        out.push(close);
    }
}

/// The style of a new element, from the gaps before the first or previous element and before the closing bracket.
fn style_of(file: &Written<'_>, members: &[Member], before: &Gap, closing: &Gap) -> Style {
    let colon = members
        .first()
        .map_or("", |m| file.at(Span::new(m.key_span.end, m.value.span.start)));
    let notation = if colon.contains('=') {
        Notation::Hcl
    } else {
        Notation::Json
    };
    let mut style = Style::plain(notation);
    style.quotes_keys = members.first().is_some_and(|m| {
        let written = file.at(m.key_span);
        notation == Notation::Json || written.starts_with(['"', '\\'])
    });
    if notation == Notation::Json && matches!(colon.trim_start(), ":") {
        style.colon = ":".into();
    }
    if let Some(indentation) = before.indentation() {
        let outer = closing.indentation().unwrap_or_default();
        let unit = indentation.strip_prefix(outer).filter(|unit| !unit.is_empty());
        style.lines = Some(Lines {
            end: if before.space.contains("\r\n") {
                "\r\n"
            } else {
                "\n"
            },
            indentation: indentation.to_owned(),
            unit: unit.unwrap_or("  ").to_owned(),
        });
    }
    style
}

/// The style of a new element: it is on a line of its own if the other elements are.
fn style_among(file: &Written<'_>, members: &[Member], before: &Gap, closing: &Gap) -> Style {
    let mut style = style_of(file, members, before, closing);
    if style.lines.is_some() {
        let compound: Vec<&Node> = members
            .iter()
            .map(|m| &m.value)
            .filter(|value| value.as_object().is_some_and(|members| !members.is_empty()))
            .collect();
        let is_short = |value: &&Node| {
            let written = file.at(value.span);
            !written.contains('\n') && !written.contains("\\n")
        };
        if !compound.is_empty() && compound.iter().all(is_short) {
            style.lines = None;
        }
    }
    style
}

pub(super) fn insert_member(
    file: &Written<'_>,
    elements: &Elements,
    members: &[Member],
    index: usize,
    key: &str,
    content: &Content<'_>,
) -> Edits<Vec<Edit>> {
    let first = members.first().ok_or(COMPOSED)?;
    let is_escaped = file.is_escaped(first.key_span);
    insert(file, elements, index, is_escaped, |before, closing| {
        let style = style_among(file, members, before, closing);
        let mut text = String::new();
        let indentation = before.indentation().unwrap_or_default();
        style.member(key, content, indentation, &mut text);
        (text, style)
    })
}

/// Writes a member in place of others, the first of which is at an index. `content` gets the indentation of their lines.
pub(super) fn enclosing_member<'c>(
    file: &Written<'_>,
    elements: &Elements,
    members: &[Member],
    index: usize,
    key: &str,
    content: impl FnOnce(String) -> Content<'c>,
) -> Edits<String> {
    let first = members.first().ok_or(COMPOSED)?;
    let is_escaped = file.is_escaped(first.key_span);
    let gap = |i| {
        Gap::read(
            file.text,
            elements.end_before(i),
            elements.start_at(i),
            is_escaped,
        )
    };
    let (before, closing) = (gap(index)?, gap(members.len())?);
    let style = style_of(file, members, &before, &closing);
    let indentation = before.indentation().unwrap_or_default();
    let mut text = String::new();
    style.member(key, &content(indentation.to_owned()), indentation, &mut text);
    Ok(text)
}

pub(super) fn push_item(
    file: &Written<'_>,
    elements: &Elements,
    items: &[Node],
    content: &Content<'_>,
) -> Edits<Vec<Edit>> {
    let first = items.first().ok_or(COMPOSED)?;
    let is_escaped = file.is_in_escapes(first);
    let members = first.as_object().unwrap_or_default();
    insert(file, elements, items.len(), is_escaped, |before, closing| {
        let mut style = style_among(file, members, before, closing);
        if members.is_empty() && file.syntax == Syntax::Hcl {
            style.notation = Notation::Hcl;
        }
        (style.write(content), style)
    })
}

/// Inserts an element at an index; `write` gives its text and style from the gaps before an element and at the end.
fn insert(
    file: &Written<'_>,
    elements: &Elements,
    index: usize,
    is_escaped: bool,
    write: impl Fn(&Gap, &Gap) -> (String, Style),
) -> Edits<Vec<Edit>> {
    let gap = |i: usize| {
        Gap::read(
            file.text,
            elements.end_before(i),
            elements.start_at(i),
            is_escaped,
        )
    };
    let count = elements.spans.len();
    let closing = gap(count)?;
    let here = gap(index)?;
    if index < count {
        let (text, style) = write(&here, &closing);
        // Members of HCL that are on lines of their own have no comma.
        let needs_comma =
            here.comma.is_some() || index == 0 && !(style.notation == Notation::Hcl && here.breaks());
        let comma = if needs_comma { "," } else { "" };
        let at = elements.start_at(index);
        return Ok(vec![Edit::insert(at, format!("{text}{comma}{}", here.space))]);
    }
    let before = gap(count - 1)?;
    let (text, style) = write(&before, &closing);
    let needs_comma = if count > 1 {
        before.comma.is_some()
    } else {
        !(style.notation == Notation::Hcl && before.breaks())
    };
    let mut space = before.space.clone();
    if !before.breaks() {
        let is_spaced = style.colon.ends_with(' ') || !space.is_empty();
        if is_spaced { " " } else { "" }.clone_into(&mut space);
    }
    let comma = if needs_comma { "," } else { "" };
    let end = elements.end_before(count);
    // A comma after the last element is kept there.
    if let Some(trailing) = closing.comma {
        let at = closing.comment_end.unwrap_or(trailing.end).max(trailing.end);
        return Ok(vec![Edit::insert(at, format!("{space}{text},"))]);
    }
    Ok(match closing.comment_end {
        Some(at) if before.breaks() => {
            let mut edits = vec![Edit::insert(at, format!("{space}{text}"))];
            if needs_comma {
                edits.push(Edit::insert(end, ","));
            }
            edits
        }
        _ => vec![Edit::insert(end, format!("{comma}{space}{text}"))],
    })
}

pub(super) fn remove(file: &Written<'_>, elements: &Elements, index: usize) -> Edits<Vec<Edit>> {
    let count = elements.spans.len();
    let place = *elements.spans.get(index).ok_or(COMPOSED)?;
    // What is allowed between elements of an escaped text is allowed in any other, except for a backslash.
    let gap = |i: usize| {
        let (start, end) = (elements.end_before(i), elements.start_at(i));
        Gap::read(file.text, start, end, true).or_else(|_| Gap::read(file.text, start, end, false))
    };
    let (before, after) = (gap(index)?, gap(index + 1)?);
    let is_last = index + 1 == count;
    if index > 0 && before.comment_end.is_none() {
        return Ok(vec![Edit::remove(Span::new(
            elements.end_before(index),
            place.end,
        ))]);
    }
    if !is_last {
        let end = match (after.comment_end, after.comma) {
            (None, _) => elements.start_at(index + 1),
            (_, Some(comma)) => comma.end,
            (Some(_), None) => place.end,
        };
        return Ok(vec![Edit::remove(Span::new(place.start, end))]);
    }
    let mut edits = vec![Edit::remove(Span::new(before.tail.start, place.end))];
    edits.extend(after.comma.or(before.comma).map(Edit::remove));
    Ok(edits)
}
