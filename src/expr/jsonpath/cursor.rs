//! A cursor over a path's characters.
//!
//! Jayway counts positions in characters of the path after trimming, and treats a position on the last
//! character as the end; both show in what it accepts and in its messages, so they are kept.

use std::ops::Range;

/// Characters with the byte each began at, and a current position.
#[derive(Debug)]
pub(super) struct Cursor {
    chars: Vec<char>,
    /// Byte in the user's text of each character, and one past the last.
    bytes: Vec<usize>,
    pub(super) position: usize,
    /// Index of the last character, as trimming left it.
    last: usize,
}

impl Cursor {
    /// `text`, whose first byte is at `offset` of the user's text.
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

    /// Puts characters that the user did not write before the first.
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

    /// Jayway's `currentIsTail`: on the last character, or past it.
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

    /// The bytes of the user's text that characters `range` take.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let byte = |position: usize| self.bytes[position.min(self.chars.len())];
        byte(range.start)..byte(range.end).max(byte(range.start))
    }

    /// Where the first character after `position` that is no blank stands.
    pub(super) fn next_significant_index(&self, position: usize) -> usize {
        let mut at = position + 1;
        while self.at(at) == Some(' ') {
            at += 1;
        }
        at
    }

    /// The first character after `position` that is no blank.
    pub(super) fn next_significant(&self, position: usize) -> Option<char> {
        self.at(self.next_significant_index(position))
    }

    /// Where `c` stands, if it is the first character after `position` that is no blank.
    pub(super) fn next_if(&self, position: usize, c: char) -> Option<usize> {
        let at = self.next_significant_index(position);
        (self.at(at) == Some(c)).then_some(at)
    }

    /// The first `c` at or after `from`.
    pub(super) fn find(&self, from: usize, c: char) -> Option<usize> {
        (from..self.chars.len()).find(|&at| self.chars[at] == c)
    }

    /// The bracket that closes the one at `open`; strings are jumped over, and regular expressions if
    /// `skip_regex`. An error is Jayway's message about a quote without its end.
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

    /// All of it.
    pub(super) fn text(&self) -> String {
        self.chars.iter().collect()
    }

    /// The quote that closes the one at `open`; a backslash hides what follows it.
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
