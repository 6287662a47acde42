//! Strings, heredocs, and templates.

use super::parser::{Parser, operation, verbatim};
use crate::document::escape;
use crate::document::joined_text::JoinedText;
use crate::document::node::{Node, NodeKind};
use crate::source::{Span, to_offset};

/// What ends a part of a template.
#[derive(PartialEq, Eq)]
enum Stop {
    /// The end of the text, or the quote.
    End,
    Else,
    EndIf,
    EndFor,
}

impl Parser<'_> {
    /// The whole text as a template.
    pub(super) fn whole_template(&mut self) -> Option<NodeKind> {
        let start = self.at;
        let parts = self.template(false)?;
        let span = self.span_from(start);
        Some(joined(parts, span).kind)
    }

    pub(super) fn quoted(&mut self) -> Option<Node> {
        let start = self.at;
        self.at += 1;
        let parts = self.template(true)?;
        if !self.eat("\"") {
            return self.fail_open("unterminated string", start);
        }
        let span = self.span_from(start);
        if let [only] = parts.as_slice()
            && let Some(interpolation) = only.as_tagged().filter(|only| only.tag == "${")
            && let Some([expression]) = interpolation.value.as_array()
        {
            // An expression in quotes, as required up to Terraform 0.11.
            return Some(expression.clone());
        }
        Some(joined(parts, span))
    }

    pub(super) fn heredoc(&mut self) -> Option<Node> {
        let start = self.at;
        self.at += 2;
        self.eat("-");
        let (name, _) = self.identifier()?;
        let rest = self.rest();
        let Some(first) = rest.find('\n').filter(|i| rest[..*i].trim().is_empty()) else {
            return self.fail("expected a line break after the name of a heredoc");
        };
        let from = self.at + first + 1;
        let mut line_start = from;
        for line in self.file[from..self.end].split_inclusive('\n') {
            if line.trim() == name {
                let (outer, outer_brackets) = (self.end, self.is_bracketed);
                self.at = from;
                self.end = line_start;
                let parts = self.template(false)?;
                self.end = outer;
                self.is_bracketed = outer_brackets;
                self.at = line_start + line.find(name).unwrap_or_default() + name.len();
                return Some(joined(parts, Span::new(to_offset(start), to_offset(self.at))));
            }
            line_start += line.len();
        }
        self.fail(&format!("unterminated heredoc: expected a line `{name}`"))
    }

    fn template(&mut self, is_quoted: bool) -> Option<Vec<Node>> {
        match self.parts(is_quoted)? {
            (parts, Stop::End) => Some(parts),
            _ => self.fail("unexpected directive: no `if` or `for` is open"),
        }
    }

    fn parts(&mut self, is_quoted: bool) -> Option<(Vec<Node>, Stop)> {
        let mut parts = Vec::new();
        loop {
            self.literal(is_quoted, &mut parts)?;
            let start = self.at;
            let is_directive = match self.rest().as_bytes() {
                [b'$', b'{', ..] => false,
                [b'%', b'{', ..] => true,
                _ => return Some((parts, Stop::End)),
            };
            self.at += 2;
            self.eat("~");
            self.count()?;
            if !is_directive {
                let expression = self.in_sequence(Self::expression)?;
                let span = self.span_from(start);
                let tag = Span::new(span.start, span.start + 2);
                self.strip();
                parts.push(operation("${", tag, span, vec![expression]));
                continue;
            }
            let brackets = std::mem::replace(&mut self.is_bracketed, true);
            let (word, tag) = self.identifier()?;
            self.is_bracketed = brackets;
            match word {
                "if" => {
                    let condition = self.in_sequence(Self::expression)?;
                    self.strip();
                    parts.push(self.condition(condition, tag, start, is_quoted)?);
                }
                "for" => {
                    let operands = self.in_sequence(Self::iteration)?;
                    self.strip();
                    parts.push(self.repetition(operands, tag, start, is_quoted)?);
                }
                _ => {
                    let stop = match word {
                        "else" => Stop::Else,
                        "endif" => Stop::EndIf,
                        "endfor" => Stop::EndFor,
                        _ => return self.fail(&format!("unknown directive `{word}`")),
                    };
                    self.in_sequence(|_| Some(()))?;
                    self.strip();
                    return Some((parts, stop));
                }
            }
        }
    }

    /// What is between the braces of an interpolation or a directive; the closing brace is skipped.
    fn in_sequence<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.in_brackets("}", |parser| {
            let found = read(parser)?;
            parser.skip_space();
            parser.eat("~");
            Some(found)
        })
    }

    /// Skips the white space after a sequence that ends with `~}`.
    fn strip(&mut self) {
        if self.file[..self.at].ends_with("~}") {
            self.at += self.rest().len() - self.rest().trim_start().len();
        }
    }

    fn condition(&mut self, condition: Node, tag: Span, start: usize, is_quoted: bool) -> Option<Node> {
        self.enter()?;
        let from = self.at;
        let (yes, mut stop) = self.parts(is_quoted)?;
        let yes = joined(yes, self.span_from(from));
        let from = self.at;
        let mut no = Vec::new();
        if stop == Stop::Else {
            (no, stop) = self.parts(is_quoted)?;
        }
        let no = joined(no, self.span_from(from));
        if stop != Stop::EndIf {
            return self.fail("missing `endif` of directive `if`");
        }
        self.leave();
        Some(operation(
            "%{if}",
            tag,
            self.span_from(start),
            vec![condition, yes, no],
        ))
    }

    fn repetition(
        &mut self,
        mut operands: Vec<Node>,
        tag: Span,
        start: usize,
        is_quoted: bool,
    ) -> Option<Node> {
        self.enter()?;
        let from = self.at;
        let (body, stop) = self.parts(is_quoted)?;
        if stop != Stop::EndFor {
            return self.fail("missing `endfor` of directive `for`");
        }
        operands.push(joined(body, self.span_from(from)));
        self.leave();
        Some(operation("%{for}", tag, self.span_from(start), operands))
    }

    /// Reads literal text: `$${` means `${`, and quoted strings have escapes.
    fn literal(&mut self, is_quoted: bool, parts: &mut Vec<Node>) -> Option<()> {
        let start = self.at;
        let mut text = JoinedText::default();
        let mut plain = start;
        loop {
            let rest = self.rest();
            let special: &[char] = if is_quoted {
                &['\\', '$', '%', '"', '\n']
            } else {
                &['$', '%']
            };
            self.at += rest.find(special).unwrap_or(rest.len());
            let rest = self.rest();
            let (length, decoded) = if rest.starts_with("$${") || rest.starts_with("%%{") {
                (3, Some(rest[1..3].to_owned()))
            } else if rest.starts_with('\\') {
                let unit = escape::json(rest);
                (unit.len.min(rest.len()), unit.decoded.map(String::from))
            } else if is_quoted && rest.starts_with('\n') {
                return self.fail_open("unterminated string", start - 1);
            } else if rest.starts_with(['$', '%']) && !rest[1..].starts_with('{') {
                self.at += 1;
                continue;
            } else {
                break;
            };
            self.push_plain(plain, self.at, &mut text);
            self.at += length;
            let span = Span::new(to_offset(self.at - length), to_offset(self.at));
            text.push_replacement(&decoded.unwrap_or_default(), span);
            plain = self.at;
        }
        // `${~` and `%{~` remove the white space before them.
        let last = &self.file[plain..self.at];
        let is_stripped = self.rest().get(2..).is_some_and(|rest| rest.starts_with('~'));
        let kept = if is_stripped { last.trim_end() } else { last };
        let end = plain + kept.len();
        let span = Span::new(to_offset(start), to_offset(end));
        let kind = if plain == start {
            NodeKind::String(verbatim(kept, span.start))
        } else {
            self.push_plain(plain, end, &mut text);
            NodeKind::String(text.into_text())
        };
        if start < end {
            parts.push(Node::new(kind, span));
        }
        Some(())
    }

    fn push_plain(&self, from: usize, to: usize, text: &mut JoinedText) {
        text.push_bytes(self.file, Span::new(to_offset(from), to_offset(to)));
    }
}

/// A template of these parts: a string if nothing in it is computed.
fn joined(mut parts: Vec<Node>, span: Span) -> Node {
    let is_plain = parts.iter().all(|part| part.as_text().is_some());
    match (parts.pop(), parts.len()) {
        (None, _) => Node::new(NodeKind::String(verbatim("", span.start)), span),
        (Some(only), 0) if is_plain => Node::new(only.kind, span),
        (Some(last), _) => {
            parts.push(last);
            operation("\"", Span::new(span.start, span.start), span, parts)
        }
    }
}
