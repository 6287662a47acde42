//! Recovery from invalid strings: unterminated, wrongly quoted, or with invalid escapes.

use super::reader::{Expect, Reader};
use super::recover::shorten;
use super::scan::LOOKAHEAD;
use crate::document::escape::{self, EscapeStyle};
use crate::document::node::{Node, NodeKind};
use crate::document::parts::Encoding;
use crate::document::text::Text;
use crate::source::{Span, to_offset};

impl Reader<'_> {
    /// Reports a string that is not terminated before `end`, the end of its line or of the text. Returns where to end it.
    pub(super) fn unclosed_string(&mut self, open: usize, end: usize, decoded: &mut String) -> usize {
        let at_end_of_text = end >= self.bytes.len();
        let message = if at_end_of_text {
            "unexpected end of input inside a string"
        } else {
            "unterminated string"
        };
        self.report(open, end, message, "add the closing quote");
        self.is_cut_off = at_end_of_text;
        self.tokens_since_error = 0;
        let raw = self.text[open + 1..end].trim_end();
        if raw.ends_with(',') && decoded.trim_end().ends_with(',') {
            decoded.truncate(decoded.trim_end().len() - 1);
            return open + raw.len();
        }
        end
    }

    /// Whether a string that reaches a line end at `at` is terminated further down, so that it was meant to span lines.
    pub(super) fn goes_on_after_line_end(&self, at: usize, quote: u8) -> bool {
        if self.is_full() {
            return false;
        }
        let ahead = &self.bytes[at..self.bytes.len().min(at + LOOKAHEAD)];
        let mut escaped = false;
        let close = ahead.iter().position(|&b| {
            let closes = b == quote && !escaped;
            escaped = b == b'\\' && !escaped;
            closes
        });
        close.is_some_and(|i| matches!(self.after_blanks(at + i + 1), Some(b',' | b'}' | b']')))
    }

    /// Whether JSON5 allows the escape at `at`.
    pub(super) fn is_json5_escape(&self, at: usize) -> bool {
        self.is_json5
            && match self.bytes.get(at + 1) {
                Some(b'v' | b'0' | b'\'' | b'\n' | b'\r') => true,
                Some(b'x') => escape::json(&self.text[at..]).len == 4,
                _ => false,
            }
    }

    pub(super) fn bad_escape(&mut self, at: usize, length: usize, quote: u8) {
        let end = (at + length).min(self.bytes.len());
        let shown = &self.text[at..end];
        if shown == "\\'" && quote == b'\'' {
            return;
        }
        let (message, help) = match self.bytes.get(at + 1) {
            Some(b'u') if length == 6 => (
                format!("unpaired surrogate `{shown}`"),
                "write both surrogates, or the character itself",
            ),
            Some(b'u') => (
                "`\\u` must be followed by four hexadecimal digits".to_owned(),
                "write `\\u0041`",
            ),
            Some(b'\'') => (
                "invalid JSON escape `\\'`".to_owned(),
                "write `'` without a backslash",
            ),
            _ => (
                format!("invalid JSON escape `{}`", shorten(shown)),
                "write `\\\\` for a backslash",
            ),
        };
        self.report(at, end, message, help);
    }

    pub(super) fn raw_control(&mut self, at: usize, byte: u8) {
        if self.is_json5 && byte == b'\t' {
            return;
        }
        let (message, help) = if byte == b'\t' {
            (
                "unescaped tab in string".to_owned(),
                "write it as `\\t`".to_owned(),
            )
        } else {
            (
                format!("unescaped control character U+{byte:04X} in string"),
                format!("write it as `\\u{byte:04x}`, or remove it"),
            )
        };
        self.report(at, at + 1, message, help);
    }

    pub(super) fn single_quoted(&mut self) -> (Text, Span) {
        let open = self.at;
        let listed = self.errors.len();
        let (text, span) = self.string(b'\'');
        if !self.is_json5 && self.errors.len() == listed {
            let shown = shorten(text.as_str()).into_owned();
            self.report(
                open,
                span.end as usize,
                "string must be enclosed in double quotes",
                format!("write `\"{shown}\"`"),
            );
        }
        (text, span)
    }

    /// The length of the typographic quote at the current position, if there is one.
    pub(super) fn typographic_quote(&self) -> Option<usize> {
        let c = self.text[self.at..].chars().next()?;
        is_typographic_quote(c).then_some(c.len_utf8())
    }

    pub(super) fn typographic_string(&mut self) -> (Text, Span) {
        let open = self.at;
        let start = open + self.typographic_quote().unwrap_or(0);
        let rest = &self.text[start..];
        let closes = |c: char| is_typographic_quote(c) || matches!(c, '"' | '\n' | '\r');
        let (length, close) = rest
            .find(closes)
            .map_or((rest.len(), None), |i| (i, rest[i..].chars().next()));
        let end = start + length;
        self.at = end
            + close
                .filter(|c| !matches!(c, '\n' | '\r'))
                .map_or(0, char::len_utf8);
        self.report(
            open,
            self.at,
            "typographic quotes are not allowed in JSON",
            "use `\"` at both ends",
        );
        let text = &self.text[start..end];
        let encoding = Encoding::Verbatim {
            start: to_offset(start),
        };
        (
            Text::new(text, encoding),
            Span::new(to_offset(open), to_offset(self.at)),
        )
    }

    /// `Task",`: the current word runs into a quote at `end` that can only be the closing one.
    pub(super) fn opening_quote_is_missing(&mut self, end: usize) -> bool {
        let is_key = matches!(self.expect, Expect::FirstKey | Expect::Key);
        let after = self.after_spaces(end + 1);
        let closes = match after {
            Some(b':') => is_key,
            Some(b',' | b'}' | b']' | b'\n' | b'\r') | None => !is_key && self.expect != Expect::Root,
            _ => false,
        };
        if !closes {
            return false;
        }
        let start = self.at;
        self.report(start, end + 1, "missing opening quote", "add `\"` before it");
        let text = Text::new(
            &self.text[start..end],
            Encoding::Verbatim {
                start: to_offset(start),
            },
        );
        let span = Span::new(to_offset(start), to_offset(end + 1));
        self.at = end + 1;
        if is_key {
            self.take_key(text, span);
        } else {
            self.place(Node::new(NodeKind::String(text), span));
        }
        true
    }

    /// `"He said "no" to it"`: the previous string continues after its quote.
    pub(super) fn quote_inside_string(&mut self) -> bool {
        let last = self.last;
        let first_quote = last.end as usize;
        if self.is_full()
            || self.at - first_quote > LOOKAHEAD
            || self.bytes.get(last.start as usize) != Some(&b'"')
            || self.bytes.get(first_quote.wrapping_sub(1)) != Some(&b'"')
        {
            return false;
        }
        let between = &self.text[first_quote..self.at];
        let adjacent = between.is_empty() || (self.is_word_at(self.at) && !between.contains(['\n', '\r']));
        if !adjacent {
            return false;
        }
        let in_object = self.expect == Expect::AfterMember;
        let ahead = &self.bytes[self.at..self.bytes.len().min(self.at + LOOKAHEAD)];
        let line = ahead.split(|&b| b == b'\n').next().unwrap_or_default();
        let close = line
            .iter()
            .enumerate()
            .filter(|&(_, &b)| b == b'"')
            .map(|(i, _)| self.at + i)
            .find(|&quote| self.bytes[quote - 1] != b'\\' && self.value_ends_after(quote + 1, in_object));
        let Some(close) = close else { return false };
        let slot = if in_object {
            self.members.last_mut().map(|m| &mut m.value)
        } else {
            self.items.last_mut()
        };
        let Some(slot) = slot.filter(|n| n.span == last && n.as_text().is_some()) else {
            return false;
        };
        let inner = Span::new(last.start + 1, to_offset(close));
        let span = Span::new(last.start, to_offset(close + 1));
        let encoding = Encoding::Escaped {
            span: inner,
            style: EscapeStyle::Json,
        };
        let decoded = escape::decode_json(&self.text[inner.range()]);
        *slot = Node::new(NodeKind::String(Text::new(decoded, encoding)), span);
        self.report(
            first_quote - 1,
            first_quote,
            "unescaped quote in string",
            "write `\\\"`, or use single quotes inside an expression",
        );
        self.at = close + 1;
        self.last = span;
        true
    }

    /// Whether the text at `at` can follow a value.
    fn value_ends_after(&self, at: usize, in_object: bool) -> bool {
        match self.after_spaces(at) {
            None | Some(b'}' | b']' | b'\n' | b'\r') => true,
            Some(b',') => {
                let rest = &self.text[at..];
                let rest = rest[rest.find(',').map_or(0, |i| i + 1)..].trim_start_matches([' ', '\t']);
                if !in_object || rest.is_empty() || rest.starts_with(['\n', '\r']) {
                    return true;
                }
                let Some(key) = rest.strip_prefix('"') else {
                    return false;
                };
                let key = &key.as_bytes()[..key.len().min(LOOKAHEAD)];
                let end = key.iter().position(|&b| b == b'"');
                end.is_some_and(|i| key[i + 1..].iter().find(|b| !b.is_ascii_whitespace()) == Some(&b':'))
            }
            Some(_) => false,
        }
    }
}

const fn is_typographic_quote(c: char) -> bool {
    matches!(
        c,
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2018}' | '\u{2019}' | '\u{ab}' | '\u{bb}'
    )
}
