//! Steps in brackets: names, indexes, slices, wildcards, and filters.

use std::rc::Rc;

use super::path::{MAX_NESTING, Parsed, Parser};
use crate::expr::jsonpath::ast::{Slice, StepKind};

impl Parser {
    /// `['a']`, `["a", "b"]`
    pub(super) fn bracketed_members(&mut self) -> Parsed<bool> {
        let start = self.cursor.position;
        let Some(quote @ ('\'' | '"')) = self.cursor.next_significant(start) else {
            return Ok(false);
        };
        let mut names: Vec<Rc<str>> = Vec::new();
        let mut at = start + 1;
        let mut end = start;
        let mut after_comma = false;
        while let Some(c) = self.cursor.at(at) {
            match c {
                ']' | ',' if after_comma => {
                    return self.fail(format!("Found empty property at index {at}"));
                }
                ']' => break,
                ',' => after_comma = true,
                '\\' => at += 1,
                _ if c == quote => {
                    after_comma = false;
                    let Some(close) = self.cursor.end_of_quoted(at) else {
                        return self.fail(format!("Property has not been closed - missing closing {quote}"));
                    };
                    if !matches!(self.cursor.next_significant(close), Some(']' | ',')) {
                        return self.fail(format!(
                            "Property must be separated by comma or Property must be terminated close square \
                             bracket at index {close}"
                        ));
                    }
                    names.push(unescape_name(&self.cursor.slice(at + 1..close)).into());
                    at = close;
                    end = close;
                }
                _ => {}
            }
            at += 1;
        }
        let Some(close) = self.cursor.next_if(end, ']') else {
            return self.fail("Property has not been closed - missing closing ]");
        };
        self.cursor.position = close + 1;
        let kind = match <[Rc<str>; 1]>::try_from(names) {
            Ok([name]) => StepKind::Member(name),
            Err(names) => StepKind::Members(names.into()),
        };
        self.push(start, kind);
        Ok(true)
    }

    /// `[0]`, `[0,2]`, `[1:3]`
    pub(super) fn indexes(&mut self) -> Parsed<bool> {
        let start = self.cursor.position;
        if !matches!(self.cursor.next_significant(start), Some('0'..='9' | '-' | ':')) {
            return Ok(false);
        }
        let Some(close) = self.cursor.find(start + 1, ']') else {
            return Ok(false);
        };
        let written = self.cursor.slice(start + 1..close);
        let inside = written.trim();
        if !inside
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ',' | '-' | ':' | ' '))
        {
            return Ok(false);
        }
        let kind = if inside.contains(':') {
            self.slice(inside)?
        } else {
            self.index_list(inside)?
        };
        self.cursor.position = close + 1;
        self.push(start, kind);
        Ok(true)
    }

    /// `[(@.length-1)]`, the only script that Step Functions supports, like Jayway before 2.0:
    /// <https://zenn.dev/sotaro8181/articles/9f265419e4fda9>.
    pub(super) fn counted_from_end(&mut self) -> bool {
        let start = self.cursor.position;
        let Some(close) = self.cursor.find(start + 1, ']') else {
            return false;
        };
        let mut script = self.cursor.slice(start + 1..close);
        script.retain(|c| c != ' ');
        let back = script
            .strip_prefix("(@.length-")
            .and_then(|rest| rest.strip_suffix(')'));
        let digits = back.filter(|text| text.bytes().all(|b| b.is_ascii_digit()));
        let Some(back) = digits.and_then(|text| text.parse().ok()).filter(|&n| n > 0) else {
            return false;
        };
        self.cursor.position = close + 1;
        self.push(start, StepKind::FromEnd(back));
        true
    }

    fn slice(&self, inside: &str) -> Parsed<StepKind> {
        let failure = || format!("Failed to parse SliceOperation: {inside}");
        let parts: Vec<&str> = inside.split(':').map(str::trim).collect();
        let bound = |text: &str| match text {
            "" => Ok(None),
            _ => text.parse().map(Some).or_else(|_| self.fail(failure())),
        };
        // Like Java, Jayway ignores trailing empty parts when splitting.
        let (from, to) = match parts.as_slice() {
            ["", ""] => return self.fail(failure()),
            [from, to] => (bound(from)?, bound(to)?),
            _ => return self.fail(failure()),
        };
        Ok(StepKind::Slice(Slice { from, to }))
    }

    fn index_list(&self, inside: &str) -> Parsed<StepKind> {
        let parts = inside.split(',').map(str::trim).filter(|part| !part.is_empty());
        let indexes: Result<Vec<i32>, String> = parts
            .map(|part| part.parse().map_err(|_| part.to_owned()))
            .collect();
        match indexes {
            Ok(indexes) => Ok(match <[i32; 1]>::try_from(indexes) {
                Ok([index]) => StepKind::Index(index),
                Err(indexes) => StepKind::Indexes(indexes.into()),
            }),
            Err(part) => self.fail(format!("Failed to parse token in ArrayIndexOperation: {part}")),
        }
    }

    /// `*`, `[*]`; the step's range starts at `start`.
    pub(super) fn wildcard(&mut self, start: usize) -> Parsed<bool> {
        let at = self.cursor.position;
        if self.cursor.current_is('*') {
            self.cursor.position += 1;
        } else {
            let Some(star) = self.cursor.next_if(at, '*') else {
                return Ok(false);
            };
            let Some(close) = self.cursor.next_if(star, ']') else {
                return self.fail(format!(
                    "Expected wildcard token to end with ']' on position {}",
                    star + 1
                ));
            };
            self.cursor.position = close + 1;
        }
        self.push(start, StepKind::Wildcard);
        Ok(true)
    }

    /// `[?(…)]`
    pub(super) fn filter(&mut self) -> Parsed<bool> {
        let start = self.cursor.position;
        let Some(mark) = self.cursor.next_if(start, '?') else {
            return Ok(false);
        };
        let Some(open) = self.cursor.next_if(mark, '(') else {
            return Ok(false);
        };
        let closing = self.cursor.closing(open, ['(', ')'], true);
        let Some(close) = closing.or_else(|message| self.fail(message))? else {
            return Ok(false);
        };
        let Some(end) = self.cursor.next_if(close, ']') else {
            return Ok(false);
        };
        if self.nesting == MAX_NESTING {
            return self.fail(format!("filters nest deeper than {MAX_NESTING} levels"));
        }
        let condition = self.condition(open..close + 1)?;
        self.cursor.position = end + 1;
        self.push(start, StepKind::Filter(Rc::new(condition)));
        Ok(true)
    }

    /// `[?]` is the placeholder for a filter supplied by Java code, which does not exist here.
    pub(super) fn placeholder(&self) -> Parsed<bool> {
        let start = self.cursor.position;
        let Some(mark) = self.cursor.next_if(start, '?') else {
            return Ok(false);
        };
        let Some(close) = self.cursor.find(start + 1, ']') else {
            return Ok(false);
        };
        if !matches!(self.cursor.next_significant(mark), Some(']' | ',')) {
            return Ok(false);
        }
        let inside = self.cursor.slice(start + 1..close);
        self.fail(format!(
            "Not enough predicates supplied for filter [{inside}] at position {start}"
        ))
    }
}

/// Decodes a quoted name: a backslash escapes a quotation mark and another backslash, and is itself part of the name before
/// any other character.
fn unescape_name(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && matches!(chars.peek(), Some('\'' | '\\'));
        out.extend(if escapes { chars.next() } else { Some(c) });
    }
    out
}

/// Decodes Java's escapes in a quoted text.
pub(super) fn unescape(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('b') => out.push('\u{8}'),
            Some('t') => out.push('\t'),
            Some('n') => out.push('\n'),
            Some('f') => out.push('\u{c}'),
            Some('r') => out.push('\r'),
            Some('u') => {
                let digits: String = chars.by_ref().take(4).collect();
                let code = u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32);
                out.push(code.unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            Some(other) => out.push(other),
            None => out.push('\\'),
        }
    }
    out
}
