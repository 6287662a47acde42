//! Recovery from invalid words: literals of other languages, malformed numbers, and unquoted text.

use super::reader::{Expect, Reader};
use super::recover::shorten;
use super::scan::{LOOKAHEAD, is_number};
use crate::document::node::{Node, NodeKind};
use crate::document::parts::Encoding;
use crate::document::text::Text;
use crate::source::{Span, to_offset};
use compact_str::CompactString;

impl Reader<'_> {
    /// Handles the current word, which ends at `end` and is neither a literal nor a number.
    pub(super) fn invalid_token(&mut self, end: usize) {
        if self.bytes.get(end) == Some(&b'"') && self.opening_quote_is_missing(end) {
            return;
        }
        if self.expect == Expect::Root {
            return self.reject();
        }
        let start = self.at;
        let word = &self.text[start..end];
        let lower = word.to_ascii_lowercase();
        let literal = |kind, says: &str| {
            (
                kind,
                format!("`{}` is not a valid JSON value", shorten(word)),
                format!("write `{says}`"),
            )
        };
        let (kind, message, help) = match lower.as_str() {
            "true" => literal(NodeKind::Bool(true), "true"),
            "false" => literal(NodeKind::Bool(false), "false"),
            "null" | "none" | "nil" | "undefined" => literal(NodeKind::Null, "null"),
            "nan" | "infinity" | "-infinity" | "+infinity" => {
                if self.is_json5 {
                    return self.take_word(end, NodeKind::Unknown);
                }
                literal(NodeKind::Unknown, "null")
            }
            _ if word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) => {
                let (number, is_json5) = as_json_number(word);
                if self.is_json5
                    && is_json5
                    && let Some(number) = number
                {
                    return self.take_word(end, NodeKind::Number(number));
                }
                match number {
                    Some(n) => {
                        let help = format!("write `{n}`");
                        (
                            NodeKind::Number(n),
                            format!("`{}` is not a valid JSON number", shorten(word)),
                            help,
                        )
                    }
                    None => (
                        NodeKind::Unknown,
                        format!("`{}` is not a valid JSON number", shorten(word)),
                        "quote it if it is text".to_owned(),
                    ),
                }
            }
            _ => return self.bare_string(),
        };
        self.report(start, end, message, help);
        self.take_word(end, kind);
    }

    fn take_word(&mut self, end: usize, kind: NodeKind) {
        let span = Span::new(to_offset(self.at), to_offset(end));
        self.at = end;
        self.place(Node::new(kind, span));
    }

    /// Reads unquoted text up to the end of the line or the end of the value.
    fn bare_string(&mut self) {
        let start = self.at;
        let (word_end, _) = self.word();
        let ahead = &self.bytes[word_end..self.bytes.len().min(word_end + LOOKAHEAD)];
        let stop = |b: &u8| {
            matches!(b, b',' | b'}' | b']' | b'{' | b'[' | b'"' | b':' | b'\n' | b'\r') || *b >= 0x80
        };
        let length = if self.is_full() {
            0
        } else {
            ahead.iter().position(stop).unwrap_or(0)
        };
        let end = start + self.text[start..word_end + length].trim_end().len();
        let text = &self.text[start..end];
        let shown = shorten(text).into_owned();
        self.report(
            start,
            end,
            "string must be enclosed in double quotes",
            format!("write `\"{shown}\"`"),
        );
        let text = Text::new(
            text,
            Encoding::Verbatim {
                start: to_offset(start),
            },
        );
        self.take_word(end, NodeKind::String(text));
    }
}

/// A nonstandard number as JSON would write it, and whether JSON5 allows it as written.
fn as_json_number(word: &str) -> (Option<CompactString>, bool) {
    let (sign, digits) = match word.as_bytes().first() {
        Some(b'-') => ("-", &word[1..]),
        Some(b'+') => ("", &word[1..]),
        _ => ("", word),
    };
    if let Some(hex) = digits.strip_prefix("0x").or(digits.strip_prefix("0X")) {
        let n = u64::from_str_radix(hex, 16).ok();
        return (n.map(|n| compact_str::format_compact!("{sign}{n}")), true);
    }
    let is_json5 =
        !digits.contains('_') && (!digits.starts_with('0') || digits.len() == 1 || digits.starts_with("0."));
    let digits = digits.replace('_', "");
    let trimmed = digits.trim_start_matches('0');
    let whole = if trimmed.starts_with(|c: char| c.is_ascii_digit()) {
        trimmed.to_owned()
    } else {
        format!("0{trimmed}")
    };
    let whole = whole
        .strip_suffix('.')
        .unwrap_or(&whole)
        .replace(".e", "e")
        .replace(".E", "E");
    let number = compact_str::format_compact!("{sign}{whole}");
    (is_number(&number).then_some(number), is_json5)
}
