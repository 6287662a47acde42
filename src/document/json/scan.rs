//! Scanning of JSON tokens: strings and words (numbers, names, placeholders).

use super::reader::{Expect, Reader};
use crate::document::escape::{self, EscapeStyle};
use crate::document::node::{Node, NodeKind};
use crate::document::parts::Encoding;
use crate::document::text::Text;
use crate::source::{Span, to_offset};
use crate::spec::placeholder;
use compact_str::CompactString;
use memchr::memmem;

/// How far error recovery looks ahead.
pub(super) const LOOKAHEAD: usize = 4096;

/// The offset of the first byte at or after `at` that the fast scan of a string stops at: a control character, `quote`, `\`,
/// or `$`. Sixteen bytes at once are compared, which a compiler turns into vector instructions.
fn next_stop(bytes: &[u8], mut at: usize, quote: u8) -> Option<usize> {
    let is_stop = |byte: u8| byte < b' ' || byte == quote || byte == b'\\' || byte == b'$';
    while let Some(chunk) = bytes[at..].first_chunk::<16>() {
        let stops = u128::from_le_bytes(chunk.map(|byte| is_stop(byte).into()));
        if stops != 0 {
            return Some(at + stops.trailing_zeros() as usize / 8);
        }
        at += chunk.len();
    }
    Some(at + bytes[at..].iter().position(|byte| is_stop(*byte))?)
}

/// Whether a byte can be part of a bare word: a number, a literal, or an unquoted name.
pub(super) const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(byte, b'_' | b'-' | b'+' | b'.' | b'$' | b'@' | b'%')
        || byte >= 0x80
}

/// Whether the text is a number by RFC 8259.
pub(in crate::document) fn is_number(text: &str) -> bool {
    let digits = |s: &mut &[u8]| {
        let n = s.iter().take_while(|b| b.is_ascii_digit()).count();
        *s = &s[n..];
        n
    };
    let mut s = text.as_bytes();
    if let [b'1'..=b'9', rest @ ..] = s
        && rest.iter().all(u8::is_ascii_digit)
    {
        return true;
    }
    s = s.strip_prefix(b"-").unwrap_or(s);
    let leading_zero = s.first() == Some(&b'0');
    let whole = digits(&mut s);
    if whole == 0 || (leading_zero && whole > 1) {
        return false;
    }
    if let Some(rest) = s.strip_prefix(b".") {
        s = rest;
        if digits(&mut s) == 0 {
            return false;
        }
    }
    if let Some((b'e' | b'E', rest)) = s.split_first() {
        s = rest
            .strip_prefix(b"+")
            .or(rest.strip_prefix(b"-"))
            .unwrap_or(rest);
        if digits(&mut s) == 0 {
            return false;
        }
    }
    s.is_empty()
}

impl Reader<'_> {
    /// Reads the string whose opening quote is at the current position.
    pub(super) fn string(&mut self, quote: u8) -> (Text, Span) {
        let open = self.at;
        let mut at = open + 1;
        let mut has_placeholder = false;
        while let Some(stop) = next_stop(self.bytes, at, quote) {
            at = stop;
            let byte = self.bytes[at];
            if byte == quote {
                if (has_placeholder || self.has_foreign_marks)
                    && self.end_of_placeholder(&mut (open + 1), at).is_some()
                {
                    return self.escaped_string(open, at, quote);
                }
                self.at = at + 1;
                let text = &self.text[open + 1..at];
                let has_placeholder = has_placeholder || self.has_foreign_marks && placeholder::is_in(text);
                let text = Text::verbatim(text, open + 1, has_placeholder);
                return (text, Span::new(to_offset(open), to_offset(at + 1)));
            }
            if byte != b'$' {
                return self.escaped_string(open, at, quote);
            }
            at += 1;
            has_placeholder |= self.bytes.get(at) == Some(&b'{');
        }
        self.escaped_string(open, self.bytes.len(), quote)
    }

    /// Continues reading a string whose byte at `at` needs decoding or recovery.
    fn escaped_string(&mut self, open: usize, mut at: usize, quote: u8) -> (Text, Span) {
        let mut decoded = String::from(&self.text[open + 1..at]);
        let mut from = open + 1;
        let mut runs_over_lines = false;
        let end = loop {
            let Some(&byte) = self.bytes.get(at) else {
                break self.unclosed_string(open, at, &mut decoded);
            };
            if matches!(byte, b'"' | b'\n' | b'\r')
                && let Some(end) = self.end_of_placeholder(&mut from, at)
            {
                decoded.push_str(&self.text[at..end]);
                (at, from) = (end, end);
                continue;
            }
            match byte {
                b'\\' => {
                    let unit = escape::json(&self.text[at..]);
                    if unit.decoded.is_some_and(|_| at + unit.len > self.bytes.len()) {
                        break self.unclosed_string(open, self.bytes.len(), &mut decoded);
                    }
                    if unit.bad && !self.is_json5_escape(at) {
                        if self.bytes.get(at + 1).is_none_or(|&b| b == b'\n' || b == b'\r') {
                            decoded.push('\\');
                            break self.unclosed_string(open, at + 1, &mut decoded);
                        }
                        self.bad_escape(at, unit.len, quote);
                    }
                    decoded.extend(unit.decoded);
                    at += unit.len;
                }
                b'\n' | b'\r' => {
                    if !runs_over_lines && !self.goes_on_after_line_end(at, quote) {
                        break self.unclosed_string(open, at, &mut decoded);
                    }
                    if !runs_over_lines {
                        self.report(at, at + 1, "unescaped line break in string", "write it as `\\n`");
                        runs_over_lines = true;
                    }
                    decoded.push(char::from(byte));
                    at += 1;
                }
                0..0x20 => {
                    self.raw_control(at, byte);
                    decoded.push(char::from(byte));
                    at += 1;
                }
                _ if byte == quote => break at,
                _ => {
                    let rest = &self.bytes[at..];
                    let plain = |&b: &u8| b >= 0x20 && b != quote && b != b'\\';
                    let length = rest.iter().position(|b| !plain(b)).unwrap_or(rest.len());
                    decoded.push_str(&self.text[at..at + length]);
                    at += length;
                }
            }
        };
        let inner = Span::new(to_offset(open + 1), to_offset(end));
        self.at = if self.bytes.get(end) == Some(&quote) {
            end + 1
        } else {
            end
        };
        let encoding = Encoding::Escaped {
            span: inner,
            style: EscapeStyle::Json,
        };
        (
            Text::new(decoded, encoding),
            Span::new(to_offset(open), to_offset(self.at)),
        )
    }

    /// The end of the placeholder that starts at or after `from` and contains the byte at `at`: a quote or a line end in it
    /// is part of its expression, and does not end the string. Moves `from` past the placeholders before that.
    fn end_of_placeholder(&self, from: &mut usize, at: usize) -> Option<usize> {
        while *from < at {
            if !self.has_foreign_marks {
                *from = memmem::find(&self.bytes[*from..at], b"${").map_or(at, |i| *from + i);
            }
            let end = *from + placeholder::length(self.bytes, *from).unwrap_or(1);
            if end > at && *from < at {
                // Only the quotes in `${…}` are known to be balanced: `{"a":{"b":"{{"}}` is valid.
                let ends_value =
                    || matches!(self.after_blanks(at + 1), Some(b',' | b':' | b'}' | b']') | None);
                let is_plain = self.bytes[*from] != b'$' && self.bytes[at] == b'"' && ends_value();
                return (!is_plain).then_some(end);
            }
            *from = end;
        }
        None
    }

    /// The end of the bare word at the current position, and whether it contains placeholders.
    pub(super) fn word(&self) -> (usize, bool) {
        let (mut end, mut has_placeholder) = (self.at, false);
        while let Some(&byte) = self.bytes.get(end) {
            if byte == b'$'
                && let Some(length) = placeholder::expression(&self.bytes[end..])
            {
                has_placeholder = true;
                end += length;
            } else if is_word(byte) {
                end += 1;
            } else if byte >= 0x80
                && let Some(c) = self.text[end..].chars().next().filter(|c| c.is_alphanumeric())
            {
                end += c.len_utf8();
            } else {
                break;
            }
        }
        (end, has_placeholder)
    }

    /// Reads a value that starts like a number, a literal, a name, or a placeholder.
    pub(super) fn word_value(&mut self) {
        let (end, has_placeholder) = self.word();
        let span = Span::new(to_offset(self.at), to_offset(end));
        let word = &self.text[self.at..end];
        let kind = match word {
            _ if has_placeholder => NodeKind::Unknown,
            "true" => NodeKind::Bool(true),
            "false" => NodeKind::Bool(false),
            "null" => NodeKind::Null,
            _ if is_number(word) => NodeKind::Number(CompactString::new(word)),
            _ => return self.invalid_token(end),
        };
        // A word followed by a quote has most likely lost its opening quote.
        if self.bytes.get(end) == Some(&b'"') && self.opening_quote_is_missing(end) {
            return;
        }
        self.at = end;
        self.place(Node::new(kind, span));
    }

    /// Reads the current word as a key without quotes.
    pub(super) fn word_key(&mut self) {
        let (end, _) = self.word();
        let text = Text::new(
            &self.text[self.at..end],
            Encoding::Verbatim {
                start: to_offset(self.at),
            },
        );
        let span = Span::new(to_offset(self.at), to_offset(end));
        self.at = end;
        self.take_key(text, span);
        self.expect = Expect::Colon;
    }
}
