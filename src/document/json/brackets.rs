//! Recovery from mismatched brackets, and from text before the first or after the last bracket.

use super::reader::{Expect, Frame, Reader};
use super::recover::shorten;
use super::scan::LOOKAHEAD;
use crate::document::node::{Node, NodeKind};
use crate::source::{Span, to_offset};

impl Reader<'_> {
    /// Handles a closing bracket of the wrong kind.
    pub(super) fn wrong_bracket(&mut self, byte: u8) {
        let wants_object = byte == b'}';
        let open_ones = if wants_object {
            self.objects
        } else {
            self.frames.len() - self.objects
        };
        let right = if wants_object { ']' } else { '}' };
        let Some(top) = self.frames.last() else { return };
        let open = top.open;
        if open_ones == 0 || self.closes_by_indent(open, wants_object) {
            if !self.is_full() {
                let line = self.line(open);
                self.report_guess(
                    self.at,
                    self.at + 1,
                    format!(
                        "mismatched `{}`: expected `{right}` to close the bracket opened on line {line}",
                        char::from(byte)
                    ),
                    format!("write `{right}`"),
                );
            }
            self.close();
            return;
        }
        self.not_closed(open, self.at, self.at + 1);
        while self.frames.last().is_some_and(|f| f.is_object != wants_object) {
            self.close_at(self.last.end as usize);
        }
    }

    /// Whether the current bracket starts its line, and is indented like the line of the bracket at `open` but not like
    /// the line of the nearest bracket of its own kind.
    fn closes_by_indent(&self, open: usize, wants_object: bool) -> bool {
        if self.is_full() {
            return false;
        }
        let Some(own) = self.indent(self.at, true) else {
            return false;
        };
        let of_its_kind = self.frames.iter().rev().find(|f| f.is_object == wants_object);
        self.indent(open, false) == Some(own)
            && of_its_kind.is_some_and(|f| self.indent(f.open, false) != Some(own))
    }

    /// The width of the indentation of the line of `at`; with `only_blanks`, `None` if other text precedes `at`.
    fn indent(&self, at: usize, only_blanks: bool) -> Option<usize> {
        let before = &self.bytes[at.saturating_sub(LOOKAHEAD)..at];
        let line = before
            .iter()
            .rposition(|&b| b == b'\n')
            .map_or(before, |i| &before[i + 1..]);
        let blanks = line.iter().take_while(|b| matches!(b, b' ' | b'\t')).count();
        (!only_blanks || blanks == line.len()).then_some(blanks)
    }

    pub(super) fn not_closed(&mut self, open: usize, start: usize, end: usize) {
        if self.is_full() {
            return;
        }
        let (what, bracket) = if self.bytes[open] == b'{' {
            ("object", '}')
        } else {
            ("array", ']')
        };
        let line = self.line(open);
        self.report_skipped(
            start,
            end,
            format!("unclosed {what} opened on line {line}"),
            format!("add `{bracket}` before this"),
        );
        self.point_to(open);
    }

    /// Adds the bracket at `open` to the last error as its related location.
    fn point_to(&mut self, open: usize) {
        // The span of an object without an opening bracket starts with its first key.
        let length = self.text[open..].chars().next().map_or(0, char::len_utf8);
        let span = Span::new(to_offset(open), to_offset(open + length));
        if let Some(error) = self.errors.last_mut() {
            error.first = error.first.or(Some(span));
        }
    }

    fn line(&self, at: usize) -> u32 {
        self.source.position(to_offset(at)).line
    }

    pub(super) fn after_root(&mut self, byte: u8) {
        let at = self.at;
        if matches!(byte, b'}' | b']') {
            let message = format!("unmatched `{}`", char::from(byte));
            self.report_guess(at, at + 1, message, "remove it");
            self.at += 1;
            return;
        }
        let Some(root) = self.root.take() else { return };
        let begin = root.span.start as usize;
        match root.kind {
            NodeKind::Object(members) if !self.is_full() && self.member_follows() => {
                let close = root.span.end as usize - 1;
                self.report(
                    close,
                    close + 1,
                    "`}` closes the definition, but more members follow",
                    "remove it",
                );
                self.reopen(begin);
                self.members = members;
                self.expect = Expect::AfterMember;
            }
            NodeKind::String(text) if byte == b':' => {
                self.report(
                    begin,
                    begin,
                    "missing opening `{`",
                    "add `{` before the first key",
                );
                self.reopen(begin);
                self.take_key(text, root.span);
            }
            kind => {
                self.root = Some(Node::new(kind, root.span));
                self.report_skipped(
                    at,
                    at + 1,
                    "unexpected text after the end of the definition",
                    "remove it",
                );
                self.expect = Expect::Nothing;
            }
        }
    }

    fn reopen(&mut self, open: usize) {
        self.frames.push(Frame {
            open,
            is_object: true,
            first: 0,
            has_key: false,
        });
        self.objects += 1;
    }

    /// Whether `, "key":` or `"key":` follows.
    fn member_follows(&self) -> bool {
        let rest = &self.text[self.at..];
        let rest = rest.strip_prefix(',').unwrap_or(rest).trim_start();
        let Some(key) = rest.strip_prefix('"') else {
            return false;
        };
        let key = &key.as_bytes()[..key.len().min(LOOKAHEAD)];
        let Some(end) = key.iter().position(|b| matches!(b, b'"' | b'\n')) else {
            return false;
        };
        let after = &key[end + 1..];
        after.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':')
    }

    /// Closes everything that is open at the end of the text, so that the tree can still be checked.
    pub(super) fn end_of_text(&mut self) {
        if self.expect == Expect::Root {
            self.report(
                0,
                self.bytes.len(),
                "file is empty",
                "a definition starts with `{`",
            );
            self.expect = Expect::Nothing;
            return;
        }
        let Some(top) = self.frames.last() else { return };
        let open = top.open;
        let closers: String = self
            .frames
            .iter()
            .rev()
            .map(|f| if f.is_object { '}' } else { ']' })
            .collect();
        let what = if top.is_object { "object" } else { "array" };
        let Span { start, end } = self.last;
        let message = format!(
            "unexpected end of input: {what} opened on line {} is not closed",
            self.line(open)
        );
        let listed = self.errors.len();
        self.report_skipped(
            start as usize,
            end as usize,
            message,
            format!("add `{}` at the end", shorten(&closers)),
        );
        if self.errors.len() > listed {
            self.point_to(open);
        }
        while !self.frames.is_empty() {
            self.close_at(self.last.end as usize);
        }
        self.expect = Expect::Nothing;
    }
}
