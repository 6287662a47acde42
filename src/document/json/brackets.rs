//! Brackets that do not pair, and what stands before the first or behind the last.

use super::reader::{Expect, Frame, Reader};
use super::recover::brief;
use super::scan::LOOKAHEAD;
use crate::document::node::{Node, NodeKind};
use crate::source::{Span, to_offset};

impl Reader<'_> {
    /// A closing bracket of the other kind.
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
                self.guess(
                    self.at,
                    self.at + 1,
                    format!(
                        "`{}` stands where `{right}` closes what line {line} opens",
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
            self.drop_key();
            self.close_at(self.last.end as usize);
        }
    }

    /// Whether the bracket at hand begins its line with the indentation of the line that has the bracket at `open`,
    /// and not with that of the nearest bracket of its own kind.
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

    /// How many blanks begin the line of `at`; with `only_blanks`, just where nothing else stands before it.
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
        self.lose(
            start,
            end,
            format!("The {what} that line {line} opens is not closed before this"),
            format!("add `{bracket}` before it"),
        );
        self.point_to(open);
    }

    /// Names the bracket at `open` as the second place of the fault that was just listed.
    fn point_to(&mut self, open: usize) {
        // An object whose bracket is missing begins with its first key.
        let length = self.text[open..].chars().next().map_or(0, char::len_utf8);
        let span = Span::new(to_offset(open), to_offset(open + length));
        if let Some(fault) = self.faults.last_mut() {
            fault.first = fault.first.or(Some(span));
        }
    }

    fn line(&self, at: usize) -> u32 {
        self.source.position(to_offset(at)).line
    }

    pub(super) fn after_root(&mut self, byte: u8) {
        let at = self.at;
        if matches!(byte, b'}' | b']') {
            let message = format!(
                "`{}` closes nothing: every bracket is closed before it",
                char::from(byte)
            );
            self.guess(at, at + 1, message, "remove it");
            self.at += 1;
            return;
        }
        let Some(root) = self.root.take() else { return };
        let begin = root.span.start as usize;
        match root.kind {
            NodeKind::Object(members) if !self.is_full() && self.member_follows() => {
                let close = root.span.end as usize - 1;
                self.mend(
                    close,
                    close + 1,
                    "This `}` closes the whole definition, yet more members follow",
                    "remove it",
                );
                self.reopen(begin);
                self.members = members;
                self.expect = Expect::AfterMember;
            }
            NodeKind::String(text) if byte == b':' => {
                self.mend(
                    begin,
                    begin,
                    "The opening `{` is missing",
                    "write `{` before the first key",
                );
                self.reopen(begin);
                self.take_key(text, root.span);
            }
            kind => {
                self.root = Some(Node::new(kind, root.span));
                self.lose(
                    at,
                    at + 1,
                    "More text follows the end of the definition",
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
            key: None,
        });
        self.objects += 1;
    }

    /// Whether `, "key":` or `"key":` comes next.
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

    /// The text ends; what is open is closed, so that what was read can still be checked.
    pub(super) fn end_of_text(&mut self) {
        if self.expect == Expect::Root {
            self.mend(
                0,
                self.bytes.len(),
                "The text is empty",
                "a definition begins with `{`",
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
            "The text ends inside the {what} that line {} opens",
            self.line(open)
        );
        let listed = self.faults.len();
        self.lose(
            start as usize,
            end as usize,
            message,
            format!("add `{}` at the end", brief(&closers)),
        );
        if self.faults.len() > listed {
            self.point_to(open);
        }
        while !self.frames.is_empty() {
            self.drop_key();
            self.close_at(self.last.end as usize);
        }
        self.expect = Expect::Nothing;
    }
}
