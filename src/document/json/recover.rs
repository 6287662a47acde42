//! Reports text that is not JSON and recovers, so that the rest of the file can still be read.

use super::reader::{Expect, Frame, Reader};
use super::scan::{LOOKAHEAD, is_word};
use crate::document::node::{Member, Node, NodeKind};
use crate::document::parts::Encoding;
use crate::document::text::Text;
use crate::source::{Span, to_offset};
use crate::spec::placeholder;

impl Reader<'_> {
    /// Handles a byte that the grammar does not allow at this position.
    pub(super) fn unexpected(&mut self, byte: u8) {
        if self.comment(byte) || self.invalid_whitespace() {
            return;
        }
        match self.expect {
            Expect::Root | Expect::FirstItem | Expect::Item | Expect::Value => self.expected_value(byte),
            Expect::FirstKey | Expect::Key => self.expected_key(byte),
            Expect::Colon => self.expected_colon(byte),
            Expect::AfterItem | Expect::AfterMember => self.expected_comma(byte),
            Expect::AfterRoot => self.after_root(byte),
            Expect::Nothing => {}
        }
    }

    /// Skips a comment.
    fn comment(&mut self, byte: u8) -> bool {
        let rest = &self.text[self.at..];
        let end = if byte == b'#' || rest.starts_with("//") {
            rest.find(['\n', '\r']).unwrap_or(rest.len())
        } else if let Some(comment) = rest.strip_prefix("/*") {
            comment.find("*/").map_or(rest.len(), |i| i + 4)
        } else {
            return false;
        };
        let end = self.at + end;
        if byte == b'#' {
            self.report_superfluous(self.at, end, "`#` comments are not allowed in JSON", "remove it");
        } else if !self.is_json5 {
            self.report_superfluous(
                self.at,
                end,
                "comments are not allowed in JSON",
                "remove it, or rename the file to .jsonc",
            );
        }
        self.at = end;
        true
    }

    /// Skips a whitespace character that JSON does not allow.
    fn invalid_whitespace(&mut self) -> bool {
        let Some(c) = self.text[self.at..].chars().next() else {
            return false;
        };
        if !(c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')) {
            return false;
        }
        let end = self.at + c.len_utf8();
        if !self.is_json5 {
            let message = format!(
                "U+{:04X} is not a valid whitespace character in JSON",
                u32::from(c)
            );
            self.report(self.at, end, message, "replace it with a space");
        }
        self.at = end;
        true
    }

    fn expected_value(&mut self, byte: u8) {
        match byte {
            b'\'' => {
                let (text, span) = self.single_quoted();
                self.place_string(text, span);
            }
            b',' | b'}' | b']' | b':' if self.expect == Expect::Root => self.reject(),
            b':' => {
                self.report(self.at, self.at + 1, "unexpected `:`", "remove it");
                self.at += 1;
            }
            b',' | b'}' | b']' if self.expect == Expect::Value => self.missing_value(),
            b',' => self.extra_comma(),
            b'}' | b']' => {
                self.trailing_comma();
                self.expect = Expect::AfterItem;
            }
            _ if self.typographic_quote().is_some() => {
                let (text, span) = self.typographic_string();
                self.place(Node::new(NodeKind::String(text), span));
            }
            _ if self.is_word_at(self.at) => self.word_value(),
            _ => self.skip_unexpected(),
        }
    }

    fn expected_key(&mut self, byte: u8) {
        match byte {
            b'\'' => {
                let (text, span) = self.single_quoted();
                self.take_key(text, span);
            }
            b',' => self.extra_comma(),
            b'}' | b']' => {
                self.trailing_comma();
                self.expect = Expect::AfterMember;
            }
            b':' => {
                self.report_skipped(self.at, self.at + 1, "missing key before `:`", "write `\"Key\":`");
                self.at += 1;
                self.expect = Expect::Value;
            }
            b'{' | b'[' => {
                let what = if byte == b'{' { "object" } else { "array" };
                self.report_skipped(
                    self.at,
                    self.at + 1,
                    format!("missing key before this {what}"),
                    "every value in an object needs a key: `\"Key\": …`",
                );
                self.expect = Expect::Value;
            }
            _ if self.typographic_quote().is_some() => {
                let (text, span) = self.typographic_string();
                self.take_key(text, span);
            }
            _ if self.is_word_at(self.at) => self.bare_key(),
            _ => self.skip_unexpected(),
        }
    }

    /// Reads a key without quotes.
    fn bare_key(&mut self) {
        let (end, has_placeholder) = self.word();
        if self.bytes.get(end) == Some(&b'"') && self.opening_quote_is_missing(end) {
            return;
        }
        if has_placeholder && self.after_blanks(end) != Some(b':') {
            return self.unknown_parts();
        }
        if !self.is_json5 && !has_placeholder {
            let word = &self.text[self.at..end];
            self.report(
                self.at,
                end,
                "key must be enclosed in double quotes",
                format!("write `\"{word}\"`"),
            );
        }
        self.word_key();
    }

    /// Reads a placeholder for any number of members or items, with the commas between them and around them.
    fn unknown_parts(&mut self) {
        let (end, _) = self.word();
        let span = Span::new(to_offset(self.at), to_offset(end));
        let value = Node::new(NodeKind::Unknown, span);
        if self.in_object() {
            let start = span.start;
            let key = Text::new(&self.text[span.range()], Encoding::Verbatim { start });
            self.take_key(key, span);
        }
        self.place(value);
        self.at = end;
        self.is_whole = false;
        let next = if self.in_object() {
            Expect::Key
        } else {
            Expect::Item
        };
        if !matches!(self.after_blanks(end), Some(b',' | b'}' | b']') | None) {
            self.expect = next;
        }
    }

    fn expected_colon(&mut self, byte: u8) {
        let Some(Member {
            key, key_span: span, ..
        }) = self.keyed().cloned()
        else {
            self.expect = Expect::Value;
            return;
        };
        if self.closing_quote_of_key_is_missing(&key, span) {
            return;
        }
        match byte {
            b',' | b'}' | b']' => {
                self.report_skipped(
                    span.start as usize,
                    span.end as usize,
                    format!("missing value for key `{}`", key.as_str()),
                    "write `\"Key\": value`",
                );
                self.drop_key();
                self.expect = Expect::AfterMember;
            }
            b'=' => {
                let end = self.at
                    + if self.bytes.get(self.at + 1) == Some(&b'>') {
                        2
                    } else {
                        1
                    };
                self.report(self.at, end, "expected `:` between key and value", "write `:`");
                self.at = end;
                self.expect = Expect::Value;
            }
            b'"' | b'{' | b'[' | b'\'' => self.missing_colon(&key),
            _ if self.is_word_at(self.at) => self.missing_colon(&key),
            _ => self.skip_unexpected(),
        }
    }

    fn missing_colon(&mut self, key: &Text) {
        let end = self.last.end as usize;
        self.report_guess(
            end,
            end,
            format!("missing `:` after key `{}`", key.as_str()),
            "add `:` between the key and its value",
        );
        self.expect = Expect::Value;
    }

    /// `"Type: "Task"`: the string that was read as the key ends at the opening quote of the value.
    fn closing_quote_of_key_is_missing(&mut self, key: &Text, span: Span) -> bool {
        let Some(name) = key.as_str().trim_end().strip_suffix(':') else {
            return false;
        };
        let Encoding::Verbatim { start } = *key.encoding() else {
            return false;
        };
        if self.bytes.get(span.end as usize - 1) != Some(&b'"') || !self.is_word_at(self.at) {
            return false;
        }
        let colon = start as usize + name.len();
        self.report(
            colon,
            colon + 1,
            "missing closing quote of key",
            "add `\"` before the colon",
        );
        let name = Text::new(name, Encoding::Verbatim { start });
        self.take_key(name, Span::new(span.start, to_offset(colon)));
        self.at = span.end as usize - 1;
        self.expect = Expect::Value;
        true
    }

    /// Handles anything other than a comma or the matching bracket after an item or a member.
    fn expected_comma(&mut self, byte: u8) {
        let next = if self.expect == Expect::AfterItem {
            Expect::Item
        } else {
            Expect::Key
        };
        match byte {
            b'$' if placeholder::expression(&self.bytes[self.at..]).is_some() => self.unknown_parts(),
            b'}' | b']' => self.wrong_bracket(byte),
            b':' => self.colon_after_value(),
            b';' => {
                self.report(self.at, self.at + 1, "unexpected `;`", "use a comma");
                self.punctuation(next);
            }
            _ if self.quote_inside_string() => {}
            b'{' | b'[' if self.expect == Expect::AfterMember => {
                self.report_skipped(
                    self.at,
                    self.at + 1,
                    "missing comma and key before this value",
                    "every value in an object needs a key: `\"Key\": …`",
                );
                self.expect = Expect::Value;
            }
            b'"' | b'\'' | b'{' | b'[' => self.missing_comma(next),
            _ if self.is_word_at(self.at) => {
                let (end, _) = self.word();
                let is_key = matches!(self.after_blanks(end), Some(b':'));
                let runs_into_quote = self.bytes.get(end) == Some(&b'"');
                if next == Expect::Item || is_key || runs_into_quote {
                    self.missing_comma(next);
                } else {
                    self.skip_unexpected();
                }
            }
            _ => self.skip_unexpected(),
        }
    }

    fn missing_comma(&mut self, next: Expect) {
        let what = if next == Expect::Item { "items" } else { "members" };
        let end = self.last.end as usize;
        self.report(
            end,
            end,
            format!("missing comma between {what}"),
            "add a comma here",
        );
        self.expect = next;
    }

    /// `"Messages": "Messages.$": …`, or a key inside an array that was not closed.
    fn colon_after_value(&mut self) {
        let at = self.at;
        if self.expect == Expect::AfterMember {
            self.report_skipped(
                at,
                at + 1,
                "unexpected `:` after a value",
                "a key has only one value: add a comma, or remove one of the two keys",
            );
            let last_is_value = self.members.last().is_some_and(|m| m.value.span == self.last);
            if last_is_value && let Some(member) = self.members.pop() {
                if let NodeKind::String(text) = member.value.kind {
                    self.take_key(text, member.value.span);
                } else {
                    self.drop_key();
                }
            }
            self.tokens_since_error = 0;
            self.at += 1;
            self.expect = Expect::Value;
            return;
        }
        let [.., Frame { is_object: true, .. }, array] = &self.frames[..] else {
            return self.skip_unexpected();
        };
        let first = array.first;
        if self.items.len() <= first || self.items.last().is_none_or(|n| n.as_text().is_none()) {
            return self.skip_unexpected();
        }
        let open = array.open;
        let Some(key) = self.items.pop() else { return };
        self.not_closed(open, key.span.start as usize, key.span.end as usize);
        self.close_at(
            self.items
                .last()
                .map_or(open + 1, |n| n.span.end as usize)
                .max(open + 1),
        );
        if let NodeKind::String(text) = key.kind {
            self.take_key(text, key.span);
        }
        self.at = at;
    }

    fn missing_value(&mut self) {
        let message = self.keyed().map_or_else(
            || "missing value".to_owned(),
            |member| format!("missing value for key `{}`", member.key.as_str()),
        );
        let Span { start, end } = self.last;
        self.report_guess(
            start as usize,
            end as usize,
            message,
            "add a value after the colon",
        );
        self.place(Node::new(NodeKind::Unknown, Span::new(end, end)));
        self.tokens_since_error = 0;
    }

    fn extra_comma(&mut self) {
        self.report_superfluous(self.at, self.at + 1, "unexpected `,`", "remove it");
        self.at += 1;
    }

    fn trailing_comma(&mut self) {
        let was_comma = matches!(self.expect, Expect::Item | Expect::Key);
        if was_comma && !self.is_json5 {
            let Span { start, end } = self.last;
            self.report_superfluous(start as usize, end as usize, "trailing comma", "remove it");
        }
    }

    /// Skips text that is not valid at this position.
    fn skip_unexpected(&mut self) {
        if self.expect == Expect::Root {
            return self.reject();
        }
        let (word, _) = self.word();
        let c = self.text[self.at..].chars().next().map_or(1, char::len_utf8);
        let end = word.max(self.at + c);
        let shown = &self.text[self.at..end];
        let (message, help) = if shown.chars().all(char::is_control) {
            ("unexpected control character".to_owned(), "remove it")
        } else {
            let message = format!("unexpected `{}`", shorten(shown));
            (message, "remove it, or quote it if it is text")
        };
        self.report_skipped(self.at, end, message, help);
        self.at = end;
    }

    /// Rejects a source text that does not start like JSON.
    pub(super) fn reject(&mut self) {
        let rest = &self.text[self.at..];
        let line = rest.lines().next().unwrap_or_default();
        let is_binary = rest.bytes().take(LOOKAHEAD).any(|b| b == 0);
        let (word, _) = self.word();
        let begins_like_yaml =
            rest.starts_with("---") || rest.starts_with("- ") || line.contains(": ") || line.ends_with(':');
        let (message, help) = if is_binary {
            (
                "file contains binary data, not JSON",
                "specify a file that contains a definition",
            )
        } else if begins_like_yaml {
            (
                "invalid JSON",
                "the text looks like YAML; if so, rename the file to .yaml",
            )
        } else if rest.starts_with('<') {
            (
                "invalid JSON",
                "the text looks like XML or HTML; a definition starts with `{`",
            )
        } else {
            ("invalid JSON", "a definition starts with `{`")
        };
        let c = rest.chars().next().map_or(0, char::len_utf8);
        self.report_skipped(self.at, word.max(self.at + c), message, help);
        self.expect = Expect::Nothing;
    }

    pub(super) fn is_word_at(&self, at: usize) -> bool {
        match self.bytes.get(at) {
            Some(&b) if b < 0x80 => is_word(b),
            _ => self.text[at..].chars().next().is_some_and(char::is_alphanumeric),
        }
    }

    /// The first byte at or after `at` that is not whitespace.
    pub(super) fn after_blanks(&self, at: usize) -> Option<u8> {
        self.bytes[at..]
            .iter()
            .take(LOOKAHEAD)
            .copied()
            .find(|b| !b.is_ascii_whitespace())
    }

    /// The first byte at or after `at` that is not a space or a tab; it may be a line end.
    pub(super) fn after_spaces(&self, at: usize) -> Option<u8> {
        self.bytes[at..]
            .iter()
            .take(LOOKAHEAD)
            .copied()
            .find(|b| !matches!(b, b' ' | b'\t'))
    }
}

/// The start of the text, short enough to be quoted in a message.
pub(super) fn shorten(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((i, _)) => format!("{}…", &text[..i]).into(),
        None => text.into(),
    }
}
