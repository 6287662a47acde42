//! Attributes and blocks.

use super::parser::{Parser, member};
use crate::document::node::{Member, Node, NodeKind};
use crate::source::{Span, to_offset};

/// The blocks at the top level of a file. After an error, reading continues at the next one.
const TOP_LEVEL: [&str; 8] = [
    "data",
    "locals",
    "module",
    "output",
    "provider",
    "resource",
    "terraform",
    "variable",
];

impl Parser<'_> {
    /// The whole file: what precedes an error in a block is kept.
    pub(super) fn file_body(&mut self) -> Vec<Member> {
        let mut members = Vec::new();
        while self.body(&mut members, None).is_none() && self.skip_to_top_level() {}
        members
    }

    /// Skips to the next line that starts with a block of the top level: the line of the error, or a later one.
    fn skip_to_top_level(&mut self) -> bool {
        let line = self.file[..self.at].rfind('\n').map_or(0, |i| i + 1);
        let mut at = line.saturating_sub(1).max(self.item_start);
        while let Some(line) = self.file[at..].find('\n').map(|i| at + i + 1) {
            self.restart(line);
            if self.is_at_top_level() {
                return true;
            }
            at = line;
        }
        false
    }

    /// Whether a block of the top level starts here, at the start of a line.
    fn is_at_top_level(&self) -> bool {
        let is_start = self.file[..self.at].ends_with('\n');
        is_start
            && self.word().is_some_and(|word| {
                let next = self.rest()[word.len()..].trim_start_matches([' ', '\t']);
                TOP_LEVEL.contains(&word) && next.starts_with(['"', '{'])
            })
    }

    /// Reads attributes and blocks to the end, or to the brace that closes the one at `open`.
    fn body(&mut self, members: &mut Vec<Member>, open: Option<usize>) -> Option<()> {
        loop {
            self.skip_lines();
            match (self.peek(), open) {
                (None, None) => return Some(()),
                (None, Some(open)) => return self.fail_open("unclosed block", open),
                (Some(b'}'), Some(_)) => {
                    self.at += 1;
                    return Some(());
                }
                (Some(_), Some(open)) if self.is_at_top_level() => {
                    return self.fail_open("unclosed block", open);
                }
                _ => {
                    if open.is_none() {
                        self.item_start = self.at;
                    }
                    self.item(members)?;
                }
            }
        }
    }

    fn item(&mut self, members: &mut Vec<Member>) -> Option<()> {
        self.count()?;
        let start = self.at;
        if self.peek() == Some(b'"') {
            // Terraform 0.11 permitted quoted names.
            self.at += 1;
        }
        let (name, span) = self.identifier()?;
        self.eat("\"");
        self.skip_space();
        if self.peek() != Some(b'=') {
            return self.block(name, span, start, members);
        }
        self.at += 1;
        self.skip_space();
        let value = self.expression()?;
        members.push(member(name, span, value));
        self.skip_space();
        match self.peek() {
            None | Some(b'\n' | b'}') => Some(()),
            _ => self.fail(&format!("expected a line break after the value of `{name}`")),
        }
    }

    fn block(&mut self, name: &str, name_span: Span, start: usize, members: &mut Vec<Member>) -> Option<()> {
        let mut labels = Vec::new();
        loop {
            self.skip_space();
            match self.peek() {
                Some(b'{') => break,
                Some(b'"') => {
                    let rest = self.rest();
                    let Some(length) = rest[1..]
                        .find(['"', '\n'])
                        .filter(|i| rest[1 + i..].starts_with('"'))
                    else {
                        return self.fail("unterminated label");
                    };
                    let from = to_offset(self.at + 1);
                    labels.push((&rest[1..=length], Span::new(from, from + to_offset(length))));
                    self.at += length + 2;
                }
                _ if self.word().is_some() => labels.push(self.identifier()?),
                _ => return self.fail(&format!("expected `=` or a block after `{name}`")),
            }
        }
        let open = self.at;
        self.at += 1;
        self.enter()?;
        let mut inner = Vec::new();
        let end = self.body(&mut inner, Some(open));
        if end.is_some() {
            self.leave();
        }
        let span = self.span_from(start);
        let mut value = Node::new(NodeKind::Object(inner), span);
        for (label, label_span) in labels.into_iter().rev() {
            value = Node::new(NodeKind::Object(vec![member(label, label_span, value)]), span);
        }
        members.push(member(name, name_span, value));
        end
    }
}
