//! A cursor over a path's characters.
//!
//! Jayway counts positions in characters of the trimmed path, and treats a position on the last character as the end.
//! Both affect which paths it accepts and its messages, so they are preserved.

use std::ops::Range;

/// Characters with their byte offsets, and a current position.
#[derive(Debug)]
pub(super) struct Cursor {
    chars: Vec<char>,
    /// The byte offset in the user's text of each character, and of the end.
    bytes: Vec<usize>,
    pub(super) position: usize,
    /// The index of the last character after trimming.
    last: usize,
}

impl Cursor {
    /// Creates a cursor for `text`, which starts at byte `offset` of the user's text.
    pub(super) fn new(text: &str, offset: usize) -> Self {
        let trimmed = text.trim_matches(|c: char| c <= ' ');
        let start = offset + text.find(trimmed).unwrap_or(0);
        let mut bytes: Vec<usize> = trimmed.char_indices().map(|(i, _)| start + i).collect();
        bytes.push(start + trimmed.len());
        let chars: Vec<char> = trimmed.chars().collect();
        let last = chars.len().saturating_sub(1);
        Self {
            chars,
            bytes,
            position: 0,
            last,
        }
    }

    /// Inserts characters before the first that are not in the user's text.
    pub(super) fn prepend(&mut self, prefix: &str) {
        let first = self.bytes[0];
        let count = prefix.chars().count();
        self.chars.splice(0..0, prefix.chars());
        self.bytes.splice(0..0, std::iter::repeat_n(first, count));
        self.last = self.chars.len() - 1;
    }

    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    pub(super) fn at(&self, position: usize) -> Option<char> {
        self.chars.get(position).copied()
    }

    pub(super) fn current(&self) -> Option<char> {
        self.at(self.position)
    }

    pub(super) fn current_is(&self, c: char) -> bool {
        self.current() == Some(c)
    }

    /// Jayway's `currentIsTail`: at or after the last character.
    pub(super) fn is_tail(&self) -> bool {
        self.position >= self.last
    }

    pub(super) fn slice(&self, range: Range<usize>) -> String {
        let end = range.end.min(self.chars.len());
        self.chars
            .get(range.start..end)
            .unwrap_or_default()
            .iter()
            .collect()
    }

    /// The bytes in the user's text of a range of characters.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let byte = |position: usize| self.bytes[position.min(self.chars.len())];
        byte(range.start)..byte(range.end).max(byte(range.start))
    }

    /// The index of the first nonblank character after `position`.
    pub(super) fn next_significant_index(&self, position: usize) -> usize {
        let mut at = position + 1;
        while self.at(at) == Some(' ') {
            at += 1;
        }
        at
    }

    /// The first nonblank character after `position`.
    pub(super) fn next_significant(&self, position: usize) -> Option<char> {
        self.at(self.next_significant_index(position))
    }

    /// The index of `c`, if it is the first nonblank character after `position`.
    pub(super) fn next_if(&self, position: usize, c: char) -> Option<usize> {
        let at = self.next_significant_index(position);
        (self.at(at) == Some(c)).then_some(at)
    }

    /// The first `c` at or after `from`.
    pub(super) fn find(&self, from: usize, c: char) -> Option<usize> {
        (from..self.chars.len()).find(|&at| self.chars[at] == c)
    }

    /// The bracket that closes the one at `open`. Strings are skipped, and regular expressions if `skip_regex`. The error is
    /// Jayway's message about an unterminated quote.
    pub(super) fn closing(
        &self,
        open: usize,
        [opener, closer]: [char; 2],
        skip_regex: bool,
    ) -> Result<Option<usize>, String> {
        let mut depth = 1usize;
        let mut at = open + 1;
        while let Some(c) = self.at(at) {
            if c == '\'' || c == '"' {
                at = self.end_of_quoted(at).ok_or_else(|| {
                    format!(
                        "Could not find matching close quote for {c} when parsing : {}",
                        self.text()
                    )
                })?;
            } else if c == '/' && skip_regex {
                at = self.end_of_regex(at).ok_or_else(|| {
                    format!(
                        "Could not find matching close for / when parsing regex in : {}",
                        self.text()
                    )
                })?;
            } else if c == opener {
                depth += 1;
            } else if c == closer {
                depth -= 1;
                if depth == 0 {
                    return Ok(Some(at));
                }
            }
            at += 1;
        }
        Ok(None)
    }

    /// All characters.
    pub(super) fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The quote that closes the one at `open`; a backslash escapes the next character.
    pub(super) fn end_of_quoted(&self, open: usize) -> Option<usize> {
        self.end_of(open, self.at(open)?)
    }

    /// The slash that closes the one at `open`.
    pub(super) fn end_of_regex(&self, open: usize) -> Option<usize> {
        self.end_of(open, '/')
    }

    fn end_of(&self, open: usize, closer: char) -> Option<usize> {
        let mut at = open + 1;
        while let Some(c) = self.at(at) {
            if c == '\\' {
                at += 1;
            } else if c == closer {
                return Some(at);
            }
            at += 1;
        }
        None
    }
}
