//! The position of a cursor in the structure of the text, even if the text is not valid yet.

use crate::document::{Node, NodeKind, Syntax};
use crate::edit::Quoting;
use crate::lsp::node_path::{NodePath, Step, node_path};
use crate::lsp::snapshot::Snapshot;
use crate::source::{Span, to_offset};
use std::ops::Range;

/// Where a cursor is in the structure of the text.
#[derive(Debug, Clone)]
pub(super) struct CursorContext<'s> {
    /// The way to the object or array around the cursor.
    pub(super) node_path: NodePath<'s>,
    pub(super) role: Role,
    /// The text that a candidate replaces, with its quotes if it has some.
    pub(super) replace: Span,
    pub(super) notation: Notation,
    /// What is typed before the cursor, without its quote.
    pub(super) typed: String,
    /// Whether a value follows the key.
    pub(super) has_value: bool,
    /// Whether another member follows, so that a comma is needed.
    pub(super) needs_comma: bool,
}

/// What is to be written at the cursor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// The key of a member.
    Key,
    /// The value of a key.
    Value(String),
    /// An item of an array.
    Item,
}

/// How keys and values are written around the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    Json,
    /// JSON inside of a string whose quotes are escaped.
    EscapedJson,
    Yaml,
    Hcl,
}

/// The context of a cursor, if it is in a state machine.
pub(super) fn find(snapshot: &Snapshot, offset: u32) -> Option<CursorContext<'_>> {
    let around = node_path(snapshot, offset).or_else(|| after_end(snapshot, offset))?;
    let text = snapshot.text();
    if is_block(snapshot, &around, text) {
        return in_block(snapshot, offset);
    }
    let notation = match snapshot.document.syntax {
        _ if around.found.is_text => match Quoting::at(&snapshot.document, Span::new(offset, offset)) {
            Some(Quoting::Escapes) => Notation::EscapedJson,
            _ => Notation::Json,
        },
        Syntax::Hcl | Syntax::HclTemplate => Notation::Hcl,
        _ => Notation::Json,
    };
    in_flow(around, text, offset, notation)
}

/// The place at the end of a block of YAML: blank lines after it still belong to it.
fn after_end(snapshot: &Snapshot, offset: u32) -> Option<NodePath<'_>> {
    let before = snapshot.text().get(..offset as usize)?.trim_end();
    node_path(snapshot, to_offset(before.len()))
        .or_else(|| node_path(snapshot, to_offset(before.len()).saturating_sub(1)))
}

/// Whether the cursor is in a block of YAML, rather than in brackets.
fn is_block(snapshot: &Snapshot, around: &NodePath<'_>, text: &str) -> bool {
    let is_yaml = matches!(snapshot.document.syntax, Syntax::Yaml | Syntax::Yaml11);
    let starts_with_bracket = |node: &Node| {
        let start = node.span.start as usize;
        matches!(node.kind, NodeKind::Object(_) | NodeKind::Array(_))
            && text.get(start..).is_some_and(|rest| rest.starts_with(['{', '[']))
    };
    let mut nodes = around.steps.iter().map(|step| step.node()).chain([around.root]);
    is_yaml && !around.found.is_text && !nodes.any(starts_with_bracket)
}

/// The context in text with brackets. The line is read from its start, since a string does not contain line breaks.
fn in_flow<'s>(
    around: NodePath<'s>,
    text: &'s str,
    offset: u32,
    notation: Notation,
) -> Option<CursorContext<'s>> {
    let quote = if notation == Notation::EscapedJson {
        "\\\""
    } else {
        "\""
    };
    let at = offset as usize;
    let start_of_line = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    // In a string of a template, the line may start outside of the definition.
    let start_of_line = start_of_line.max(around.root.span.start as usize).min(at);
    let before = &text[start_of_line..at];
    let opened = open_quote(before, quote).map(|at| start_of_line + at);
    let (start, typed, end) = match (written_string(&around, text, at, quote), opened) {
        (Some(span), _) => (span.start, &text[span.start + quote.len()..at], span.end),
        (None, Some(start)) => {
            let rest = &text[at..];
            let line = rest.find('\n').map_or(rest, |end| &rest[..end]);
            let end = match line.find(quote) {
                Some(close) => at + close + quote.len(),
                None => at,
            };
            (start, &text[start + quote.len()..at], end)
        }
        (None, None) => {
            let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$' | '-');
            let start = before.rfind(|c: char| !is_word(c)).map_or(start_of_line, |last| {
                start_of_line + last + before[last..].chars().next().map_or(1, char::len_utf8)
            });
            let end = text[at..]
                .find(|c: char| !is_word(c))
                .map_or(text.len(), |end| at + end);
            (start, &text[start..at], end)
        }
    };
    let mut node_path = around;
    // The object or array around the token.
    while let Some(last) = node_path.steps.last() {
        let is_around = |node: &Node| {
            matches!(node.kind, NodeKind::Object(_) | NodeKind::Array(_))
                && (node.span.start as usize) < start
        };
        if is_around(last.node()) && !node_path.is_key {
            break;
        }
        node_path.steps.pop();
        node_path.is_key = false;
    }
    let is_array = matches!(node_path.node().kind, NodeKind::Array(_));
    let preceding = text[..start].trim_end();
    let role = if preceding.ends_with(':') || notation == Notation::Hcl && preceding.ends_with('=') {
        let key = preceding[..preceding.len() - 1].trim_end();
        let key = key.strip_suffix(quote).unwrap_or(key);
        let is_end = |c: char| matches!(c, '"' | '{' | ',' | '\n') || notation == Notation::Hcl && c == ' ';
        let from = key.rfind(is_end).map_or(0, |at| at + 1);
        Role::Value(key[from..].trim().to_owned())
    } else if is_array {
        Role::Item
    } else {
        Role::Key
    };
    let rest = text[end..].trim_start();
    let has_value = rest.starts_with(':') || notation == Notation::Hcl && rest.starts_with('=');
    let is_next = rest.starts_with(quote) || is_array && rest.starts_with(['{', '[']);
    Some(CursorContext {
        node_path,
        role,
        replace: Span::new(to_offset(start), to_offset(end)),
        notation,
        typed: typed.to_owned(),
        has_value,
        needs_comma: notation != Notation::Hcl && is_next && !has_value,
    })
}

/// The string of the tree that contains a cursor, if it is closed on its line.
fn written_string(around: &NodePath<'_>, text: &str, at: usize, quote: &str) -> Option<Range<usize>> {
    let span = if around.is_key {
        around.member()?.key_span
    } else {
        around.node().as_text().map(|_| around.node().span)?
    };
    let written = text.get(span.range())?;
    let inside = span.start as usize + quote.len()..span.end as usize;
    let is_closed =
        written.len() >= 2 * quote.len() && written.starts_with(quote) && written.ends_with(quote);
    (is_closed && !written.contains('\n') && inside.contains(&at)).then(|| span.range())
}

/// The start of the quote that is open at the end of a source text.
fn open_quote(text: &str, quote: &str) -> Option<usize> {
    let mut opened = None;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(quote) {
            opened = if opened.is_some() { None } else { Some(at) };
            at += quote.len();
        } else if rest.starts_with('\\') {
            // An escape, or one in an escape.
            let length = rest.bytes().take_while(|b| *b == b'\\').count();
            at += length;
            at += text[at..].chars().next().map_or(0, char::len_utf8);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
    }
    opened
}

/// A line of a block, up to the cursor.
struct Line<'t> {
    /// The column of the first character after dashes.
    column: usize,
    /// The column of the last dash, if there is one.
    dash: Option<usize>,
    /// The text after the dashes.
    content: &'t str,
}

fn read_line(line: &str) -> Line<'_> {
    let mut column = line.len() - line.trim_start_matches(' ').len();
    let mut dash = None;
    while line[column..].starts_with("- ") || &line[column..] == "-" {
        dash = Some(column);
        column += 1;
        column += line[column..].len() - line[column..].trim_start_matches(' ').len();
    }
    Line {
        column,
        dash,
        content: &line[column..],
    }
}

/// The key of a line, and the column at which its value starts.
fn key_of(content: &str) -> Option<(&str, usize)> {
    let colon = content
        .find(": ")
        .or_else(|| content.ends_with(':').then(|| content.len() - 1))?;
    let key = content[..colon].trim().trim_matches(['"', '\'']);
    let value = colon + 1;
    let value = value + (content[value..].len() - content[value..].trim_start_matches(' ').len());
    Some((key, value))
}

/// The context in a block of YAML, from the indentation of the lines.
fn in_block(snapshot: &Snapshot, offset: u32) -> Option<CursorContext<'_>> {
    let (text, lines) = (snapshot.text(), &snapshot.lines);
    let number = lines.line_of(offset);
    let start = lines.start(number);
    let whole = lines.line(text, number);
    let before = text.get(start as usize..offset as usize)?;
    let line = read_line(before);
    let base = start + to_offset(line.column);
    let (role, token) = match key_of(line.content) {
        Some((key, value)) if value <= line.content.len() && line.content[..value].ends_with(' ') => {
            (Some(Role::Value(key.to_owned())), base + to_offset(value))
        }
        _ => (None, base),
    };
    let node_path = container(snapshot, number, &line, role.is_some())?;
    let is_list = |key: Option<&str>| matches!(key, Some("ErrorEquals"));
    let parent = node_path.steps.last().and_then(|step| step.key());
    let role = role.unwrap_or_else(|| {
        if line.dash.is_some() && is_list(parent) {
            Role::Item
        } else {
            Role::Key
        }
    });
    let rest = &whole[before.len()..];
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '"' | '\'' | '.' | '-');
    let end = match role {
        Role::Key => rest.find(|c: char| !is_word(c)).unwrap_or(rest.len()),
        _ => rest.trim_end().len(),
    };
    let typed = text.get(token as usize..offset as usize)?;
    Some(CursorContext {
        node_path,
        role,
        replace: Span::new(token, offset + to_offset(end)),
        notation: Notation::Yaml,
        typed: typed.trim_start_matches(['"', '\'']).to_owned(),
        has_value: rest[end..].trim_start().starts_with(':'),
        needs_comma: false,
    })
}

/// The object or array that a line of a block belongs to: that of a sibling before it, or else the value of the line that is
/// less indented.
fn container<'s>(
    snapshot: &'s Snapshot,
    number: u32,
    line: &Line<'_>,
    is_value: bool,
) -> Option<NodePath<'s>> {
    let (text, lines) = (snapshot.text(), &snapshot.lines);
    let dash_only = line.dash.filter(|_| line.content.is_empty() || !is_value);
    let column = dash_only.unwrap_or(line.column);
    for above in (0..number).rev() {
        let written = lines.line(text, above);
        let blank = written.trim_start();
        if blank.is_empty() || blank.starts_with('#') {
            continue;
        }
        let other = read_line(written);
        let offset = lines.start(above) + to_offset(other.column);
        if dash_only.is_none() && other.column == column {
            // A sibling, or for a value the line of another member of the same object.
            let mut node_path = node_path(snapshot, offset)?;
            node_path.steps.pop();
            node_path.is_key = false;
            return Some(node_path);
        }
        let is_parent =
            other.column < column || dash_only.is_some() && other.column == column && other.dash.is_none();
        if is_parent {
            let mut node_path = node_path(snapshot, offset)?;
            node_path.is_key = false;
            return Some(node_path);
        }
    }
    // The first lines of a file belong to the definition itself.
    let found = snapshot.machines.first()?;
    Some(NodePath {
        found,
        document: snapshot.document_of(found),
        root: snapshot.node_of(found)?,
        steps: Vec::new(),
        is_key: false,
    })
}

impl<'s> CursorContext<'s> {
    /// The keys from the innermost state to the object or array around the cursor.
    pub(super) fn keys(&self) -> Vec<&'s str> {
        self.node_path.keys()
    }

    /// Whether the object around the cursor is the `States` of a scope.
    pub(super) fn is_in_states(&self) -> bool {
        let last = self.node_path.steps.last().and_then(|step: &Step<'_>| step.key());
        let state = self.node_path.state();
        last == Some("States") && state.is_none_or(|state| state.depth < self.node_path.steps.len())
    }
}
