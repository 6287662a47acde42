//! What is not JSON: said in words, and mended so that the rest of the file can still be read.

use super::reader::{Expect, Frame, Reader};
use super::scan::{LOOKAHEAD, is_word};
use crate::document::node::{Node, NodeKind};
use crate::document::parts::Encoding;
use crate::document::text::Text;
use crate::source::{Span, to_offset};

impl Reader<'_> {
    /// A byte that the grammar does not have here.
    pub(super) fn unexpected(&mut self, byte: u8) {
        if self.comment(byte) || self.odd_blank() {
            return;
        }
        match self.expect {
            Expect::Root | Expect::FirstItem | Expect::Item | Expect::Value => self.instead_of_value(byte),
            Expect::FirstKey | Expect::Key => self.instead_of_key(byte),
            Expect::Colon => self.instead_of_colon(byte),
            Expect::AfterItem | Expect::AfterMember => self.instead_of_comma(byte),
            Expect::AfterRoot => self.after_root(byte),
            Expect::Nothing => {}
        }
    }

    /// Passes over a comment.
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
            self.mend(
                self.at,
                end,
                "A comment that begins with `#` is not JSON",
                "remove it",
            );
        } else if !self.loose {
            self.mend(
                self.at,
                end,
                "Comments are not JSON",
                "remove it, or name the file .jsonc",
            );
        }
        self.at = end;
        true
    }

    /// Passes over a character that looks like a blank and is none.
    fn odd_blank(&mut self) -> bool {
        let Some(c) = self.text[self.at..].chars().next() else {
            return false;
        };
        if !(c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')) {
            return false;
        }
        let end = self.at + c.len_utf8();
        if !self.loose {
            let message = format!(
                "U+{:04X} looks like a blank, but is not one in JSON",
                u32::from(c)
            );
            self.mend(self.at, end, message, "replace it by a space");
        }
        self.at = end;
        true
    }

    fn instead_of_value(&mut self, byte: u8) {
        match byte {
            b'\'' => {
                let (text, span) = self.single_quoted();
                self.place_string(text, span);
            }
            b',' | b'}' | b']' | b':' if self.expect == Expect::Root => self.hopeless(),
            b':' => {
                self.mend(self.at, self.at + 1, "There is a colon too many", "remove it");
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
            _ => self.junk(),
        }
    }

    fn instead_of_key(&mut self, byte: u8) {
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
                self.lose(
                    self.at,
                    self.at + 1,
                    "A key is missing before this colon",
                    "write `\"Key\":`",
                );
                self.at += 1;
                self.expect = Expect::Value;
            }
            b'{' | b'[' => {
                let what = if byte == b'{' { "object" } else { "array" };
                self.lose(
                    self.at,
                    self.at + 1,
                    format!("A key is missing before this {what}"),
                    "every value inside `{ }` takes a key: `\"Key\": …`",
                );
                self.expect = Expect::Value;
            }
            _ if self.typographic_quote().is_some() => {
                let (text, span) = self.typographic_string();
                self.take_key(text, span);
            }
            _ if self.is_word_at(self.at) => self.bare_key(),
            _ => self.junk(),
        }
    }

    /// A key without quotes.
    fn bare_key(&mut self) {
        let (end, has_placeholder) = self.word();
        if self.bytes.get(end) == Some(&b'"') && self.opening_quote_is_missing(end) {
            return;
        }
        if has_placeholder && self.after_blanks(end) != Some(b':') {
            self.lose(
                self.at,
                end,
                format!(
                    "What `{}` stands for is not known, so it cannot be a member",
                    &self.text[self.at..end]
                ),
                "write the members out, or give the placeholder as a value",
            );
            self.at = end;
            self.expect = Expect::AfterMember;
            return;
        }
        if !self.loose && !has_placeholder {
            let word = &self.text[self.at..end];
            self.mend(
                self.at,
                end,
                "A key takes double quotes",
                format!("write `\"{word}\"`"),
            );
        }
        self.word_key();
    }

    fn instead_of_colon(&mut self, byte: u8) {
        let Some((key, span)) = self.frames.last().and_then(|f| f.key.clone()) else {
            self.expect = Expect::Value;
            return;
        };
        if self.key_swallowed_its_colon(&key, span) {
            return;
        }
        match byte {
            b',' | b'}' | b']' => {
                self.lose(
                    span.start as usize,
                    span.end as usize,
                    format!("The key `{}` has no value", key.as_str()),
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
                self.mend(
                    self.at,
                    end,
                    "A key and its value are parted by a colon",
                    "write `:`",
                );
                self.at = end;
                self.expect = Expect::Value;
            }
            b'"' | b'{' | b'[' | b'\'' => self.missing_colon(&key),
            _ if self.is_word_at(self.at) => self.missing_colon(&key),
            _ => self.junk(),
        }
    }

    fn missing_colon(&mut self, key: &Text) {
        let end = self.last.end as usize;
        self.guess(
            end,
            end,
            format!("A colon is missing after the key `{}`", key.as_str()),
            "write `:` between a key and its value",
        );
        self.expect = Expect::Value;
    }

    /// `"Type: "Task"`: the string that was taken for the key ends where the value's begins.
    fn key_swallowed_its_colon(&mut self, key: &Text, span: Span) -> bool {
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
        self.mend(
            colon,
            colon + 1,
            "The closing quote of this key is missing",
            "write `\"` before the colon",
        );
        let name = Text::new(name, Encoding::Verbatim { start });
        self.take_key(name, Span::new(span.start, to_offset(colon)));
        self.at = span.end as usize - 1;
        self.expect = Expect::Value;
        true
    }

    /// Something other than a comma or the right bracket after an item or a member.
    fn instead_of_comma(&mut self, byte: u8) {
        let next = if self.expect == Expect::AfterItem {
            Expect::Item
        } else {
            Expect::Key
        };
        match byte {
            b'}' | b']' => self.wrong_bracket(byte),
            b':' => self.colon_after_value(),
            b';' => {
                self.mend(self.at, self.at + 1, "`;` is not JSON", "write a comma");
                self.punctuation(next);
            }
            _ if self.quote_inside_string() => {}
            b'{' | b'[' if self.expect == Expect::AfterMember => {
                self.lose(
                    self.at,
                    self.at + 1,
                    "A comma and a key are missing before this value",
                    "every value inside `{ }` takes a key: `\"Key\": …`",
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
                    self.junk();
                }
            }
            _ => self.junk(),
        }
    }

    fn missing_comma(&mut self, next: Expect) {
        let what = if next == Expect::Item { "items" } else { "members" };
        let end = self.last.end as usize;
        self.mend(
            end,
            end,
            format!("A comma is missing between two {what}"),
            "add a comma here",
        );
        self.expect = next;
    }

    /// `"Messages": "Messages.$": …`, or a key inside an array that was not closed.
    fn colon_after_value(&mut self) {
        let at = self.at;
        if self.expect == Expect::AfterMember {
            self.lose(
                at,
                at + 1,
                "A second colon follows a value",
                "a key has one value: add a comma, or remove one of the two names",
            );
            let last_is_value = self.members.last().is_some_and(|m| m.value.span == self.last);
            if last_is_value && let Some(member) = self.members.pop() {
                if let NodeKind::String(text) = member.value.kind {
                    self.take_key(text, member.value.span);
                } else {
                    self.drop_key();
                }
            }
            self.steady = 0;
            self.at += 1;
            self.expect = Expect::Value;
            return;
        }
        let [.., Frame { is_object: true, .. }, array] = &self.frames[..] else {
            return self.junk();
        };
        let first = array.first;
        if self.items.len() <= first || self.items.last().is_none_or(|n| n.as_text().is_none()) {
            return self.junk();
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
        let key = self.frames.last().and_then(|f| f.key.as_ref());
        let message = key.map_or_else(
            || "A value is missing here".to_owned(),
            |(key, _)| format!("The value of `{}` is missing", key.as_str()),
        );
        let Span { start, end } = self.last;
        self.guess(
            start as usize,
            end as usize,
            message,
            "write a value after the colon",
        );
        self.place(Node::new(NodeKind::Unknown, Span::new(end, end)));
        self.steady = 0;
    }

    fn extra_comma(&mut self) {
        self.mend(self.at, self.at + 1, "There is a comma too many", "remove it");
        self.at += 1;
    }

    fn trailing_comma(&mut self) {
        let was_comma = matches!(self.expect, Expect::Item | Expect::Key);
        if was_comma && !self.loose {
            let Span { start, end } = self.last;
            self.mend(
                start as usize,
                end as usize,
                "A comma stands after the last one of a list",
                "remove the trailing comma",
            );
        }
    }

    pub(super) fn drop_key(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.key = None;
        }
    }

    /// Passes over what makes no sense here.
    fn junk(&mut self) {
        if self.expect == Expect::Root {
            return self.hopeless();
        }
        let (word, _) = self.word();
        let c = self.text[self.at..].chars().next().map_or(1, char::len_utf8);
        let end = word.max(self.at + c);
        let shown = &self.text[self.at..end];
        let (message, help) = if shown.chars().all(char::is_control) {
            (
                "A control character stands between the values".to_owned(),
                "remove it",
            )
        } else {
            let message = format!("`{}` makes no sense here", brief(shown));
            (message, "remove it, or put quotes around it if it is text")
        };
        self.lose(self.at, end, message, help);
        self.at = end;
    }

    /// A text that does not even begin like JSON.
    pub(super) fn hopeless(&mut self) {
        let rest = &self.text[self.at..];
        let line = rest.lines().next().unwrap_or_default();
        let is_binary = rest.bytes().take(LOOKAHEAD).any(|b| b == 0);
        let (word, _) = self.word();
        let begins_like_yaml =
            rest.starts_with("---") || rest.starts_with("- ") || line.contains(": ") || line.ends_with(':');
        let (message, help) = if is_binary {
            (
                "This is binary data, not JSON",
                "name the file that holds the definition",
            )
        } else if begins_like_yaml {
            ("This is not JSON", "it looks like YAML: name the file .yaml")
        } else if rest.starts_with('<') {
            (
                "This is not JSON",
                "it looks like XML or HTML; a definition begins with `{`",
            )
        } else {
            ("This is not JSON", "a definition begins with `{`")
        };
        let c = rest.chars().next().map_or(0, char::len_utf8);
        self.lose(self.at, word.max(self.at + c), message, help);
        self.expect = Expect::Nothing;
    }

    pub(super) fn is_word_at(&self, at: usize) -> bool {
        match self.bytes.get(at) {
            Some(&b) if b < 0x80 => is_word(b),
            _ => self.text[at..].chars().next().is_some_and(char::is_alphanumeric),
        }
    }

    /// The first byte after the blanks at `at`.
    pub(super) fn after_blanks(&self, at: usize) -> Option<u8> {
        self.bytes[at..]
            .iter()
            .take(LOOKAHEAD)
            .copied()
            .find(|b| !b.is_ascii_whitespace())
    }

    /// The first byte after the blanks at `at`, a line end included.
    pub(super) fn after_spaces(&self, at: usize) -> Option<u8> {
        self.bytes[at..]
            .iter()
            .take(LOOKAHEAD)
            .copied()
            .find(|b| !matches!(b, b' ' | b'\t'))
    }
}

/// A piece of the text short enough to stand in a message.
pub(super) fn brief(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((i, _)) => format!("{}…", &text[..i]).into(),
        None => text.into(),
    }
}
