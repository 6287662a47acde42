//! Splits YAML into tokens like libyaml, to accept exactly the files that deployment tools accept.
//!
//! Three rules of libyaml are more lenient than the specification. The lines of quoted scalars and of flow collections may
//! have any indentation, and so may plain scalars inside flow collections. Tabs may separate tokens, except where they
//! would be indentation: at the start of a line, and after `-` and `?`. A scalar that starts with `%` is an error only in
//! the first column or as a plain scalar.

use super::token::{Fault, FaultKind, Token, TokenKind};
use crate::document::limits::MAX_DEPTH;
use std::collections::VecDeque;

/// The maximum length of a key that is not marked with `?`, in bytes.
const MAX_KEY_LENGTH: usize = 1024;

/// A token that turns out to be a key if `:` follows.
#[derive(Clone, Copy)]
struct SimpleKey {
    /// The number of its token.
    token: usize,
    at: usize,
    line: usize,
    column: usize,
    /// Whether only a key can be at this position.
    is_required: bool,
}

/// Splits a source text into tokens.
pub(super) struct Scanner<'t> {
    pub(super) text: &'t str,
    pub(super) bytes: &'t [u8],
    pub(super) at: usize,
    /// The number of the current line, from 0, and the offset of its first byte.
    pub(super) line: usize,
    pub(super) line_start: usize,
    /// The column of the innermost block collection; -1 outside of them.
    pub(super) indent: isize,
    /// The columns of the block collections around it.
    indents: Vec<isize>,
    /// Whether a key without `?` may start here.
    pub(super) is_key_allowed: bool,
    /// The possible key of the block context, and of each open flow collection.
    keys: Vec<Option<SimpleKey>>,
    /// How many of the outermost contexts have no possible key.
    settled: usize,
    tokens: VecDeque<Token<'t>>,
    /// How many tokens have been taken.
    taken: usize,
    is_done: bool,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        Self {
            text,
            bytes: text.as_bytes(),
            at: start,
            line: 0,
            line_start: start,
            indent: -1,
            indents: Vec::new(),
            is_key_allowed: true,
            keys: vec![None],
            settled: 0,
            tokens: VecDeque::new(),
            taken: 0,
            is_done: false,
        }
    }

    /// The next token; the last one is [`TokenKind::StreamEnd`].
    pub(super) fn peek(&mut self) -> Result<&Token<'t>, Fault> {
        loop {
            // A token that may be a key is complete only when it is known whether `:` follows.
            if !self.tokens.is_empty() && !self.next_may_be_key()? {
                break;
            }
            if self.is_done {
                break;
            }
            self.fetch()?;
        }
        self.tokens.front().ok_or(Fault {
            kind: FaultKind::ExpectedValue,
            at: self.at,
        })
    }

    /// Takes the token that [`Scanner::peek`] returned.
    pub(super) fn skip(&mut self) {
        if self.tokens.pop_front().is_some() {
            self.taken += 1;
        }
    }

    fn next_may_be_key(&mut self) -> Result<bool, Fault> {
        self.drop_stale_keys()?;
        let mut keys = self.keys[self.settled..].iter().flatten();
        Ok(keys.any(|key| key.token == self.taken))
    }

    /// Forgets keys that end before the current position without a `:`.
    fn drop_stale_keys(&mut self) -> Result<(), Fault> {
        for slot in &mut self.keys[self.settled..] {
            if let Some(key) = *slot
                && (key.line < self.line || self.at - key.at > MAX_KEY_LENGTH)
            {
                if key.is_required {
                    return Err(Fault {
                        kind: FaultKind::MissingColon,
                        at: key.at,
                    });
                }
                *slot = None;
            }
        }
        // Only the innermost context gets new keys.
        while self.settled + 1 < self.keys.len() && self.keys[self.settled].is_none() {
            self.settled += 1;
        }
        Ok(())
    }

    pub(super) const fn column(&self) -> isize {
        (self.at - self.line_start).cast_signed()
    }

    pub(super) const fn in_flow(&self) -> bool {
        self.keys.len() > 1
    }

    pub(super) fn byte(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    /// Whether a byte is a space or a tab.
    pub(super) fn is_blank(&self, ahead: usize) -> bool {
        matches!(self.byte(ahead), Some(b' ' | b'\t'))
    }

    /// Whether a byte is whitespace, or the end of the text.
    pub(super) fn is_white(&self, ahead: usize) -> bool {
        match self.byte(ahead) {
            None | Some(b' ' | b'\t' | b'\n' | b'\r') => true,
            Some(0xC2 | 0xE2) => self.break_length(ahead) > 0,
            Some(_) => false,
        }
    }

    /// The length of the line end at a byte; 0 if there is none.
    pub(super) fn break_length(&self, ahead: usize) -> usize {
        match self.bytes.get(self.at + ahead..).unwrap_or_default() {
            [b'\r', b'\n', ..] | [0xC2, 0x85, ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => 3,
            _ => 0,
        }
    }

    /// Skips a line end.
    pub(super) fn skip_break(&mut self) {
        self.at += self.break_length(0);
        self.line += 1;
        self.line_start = self.at;
    }

    /// Skips bytes that are not whitespace, and for which `is_special` is false.
    pub(super) fn skip_ordinary(&mut self, is_special: impl Fn(u8) -> bool) {
        let is_ordinary = |&&b: &&u8| b > b' ' && b != 0xC2 && b != 0xE2 && !is_special(b);
        self.at += self.bytes[self.at..].iter().take_while(is_ordinary).count();
    }

    /// Skips to a line end.
    pub(super) fn skip_line(&mut self) {
        while self.at < self.bytes.len() && self.break_length(0) == 0 {
            self.at += 1;
            self.skip_ordinary(|_| false);
        }
    }

    /// Whether the line starts with `---` or `...` alone.
    pub(super) fn at_document_indicator(&self) -> bool {
        self.column() == 0
            && matches!(self.bytes.get(self.at..self.at + 3), Some(b"---" | b"..."))
            && self.is_white(3)
    }

    pub(super) fn fault<T>(&self, kind: FaultKind) -> Result<T, Fault> {
        Err(Fault { kind, at: self.at })
    }

    /// Adds a token that ends at the current position.
    fn push(&mut self, kind: TokenKind<'t>, start: usize) {
        self.push_token(kind, start, self.at);
    }

    pub(super) fn push_token(&mut self, kind: TokenKind<'t>, start: usize, end: usize) {
        self.tokens.push_back(Token { kind, start, end });
    }

    /// Scans at least one token.
    fn fetch(&mut self) -> Result<(), Fault> {
        self.skip_separators();
        self.drop_stale_keys()?;
        self.unwind(self.column());
        let Some(byte) = self.byte(0) else {
            return self.stream_end();
        };
        let at_document_indicator = self.at_document_indicator();
        match byte {
            b'%' if self.column() == 0 => self.directive(),
            b'-' | b'.' if at_document_indicator => self.document_indicator(byte),
            b'[' => self.open_flow(TokenKind::FlowSequenceStart),
            b'{' => self.open_flow(TokenKind::FlowMappingStart),
            b']' => self.close_flow(TokenKind::FlowSequenceEnd),
            b'}' => self.close_flow(TokenKind::FlowMappingEnd),
            b',' => {
                self.remove_key()?;
                self.is_key_allowed = true;
                self.indicator(TokenKind::FlowEntry)
            }
            b'-' if self.is_white(1) => self.block_entry(),
            b'?' if self.in_flow() || self.is_white(1) => self.key(),
            b':' if self.in_flow() || self.is_white(1) => self.value(),
            b'*' | b'&' => self.anchor(byte),
            b'!' => self.tag(),
            b'|' | b'>' if !self.in_flow() => {
                self.remove_key()?;
                self.is_key_allowed = true;
                self.block_scalar(byte == b'|')
            }
            b'\'' | b'"' => {
                self.save_key()?;
                self.is_key_allowed = false;
                self.quoted_scalar(byte)
            }
            b'-' if self.is_blank(1) => self.cannot_start(),
            b'?' | b':' if self.in_flow() => self.cannot_start(),
            b' ' | b'\t' | b'#' | b'|' | b'>' | b'%' | b'@' | b'`' => self.cannot_start(),
            _ => {
                self.save_key()?;
                self.is_key_allowed = false;
                self.plain_scalar()
            }
        }
    }

    fn cannot_start(&self) -> Result<(), Fault> {
        let character = self.text[self.at..].chars().next().unwrap_or_default();
        self.fault(FaultKind::Character(character))
    }

    /// Skips whitespace, line ends, and comments.
    fn skip_separators(&mut self) {
        loop {
            while self.byte(0) == Some(b' ')
                || (self.in_flow() || !self.is_key_allowed) && self.byte(0) == Some(b'\t')
            {
                self.at += 1;
            }
            if self.byte(0) == Some(b'#') {
                self.skip_line();
            }
            if self.break_length(0) == 0 {
                return;
            }
            self.skip_break();
            if !self.in_flow() {
                self.is_key_allowed = true;
            }
        }
    }

    /// Records that the next token may be a key.
    fn save_key(&mut self) -> Result<(), Fault> {
        if !self.is_key_allowed {
            return Ok(());
        }
        self.remove_key()?;
        let key = SimpleKey {
            token: self.taken + self.tokens.len(),
            at: self.at,
            line: self.line,
            column: self.at - self.line_start,
            is_required: !self.in_flow() && self.indent == self.column(),
        };
        if let Some(slot) = self.keys.last_mut() {
            *slot = Some(key);
        }
        Ok(())
    }

    /// Forgets the possible key of the innermost flow collection.
    fn remove_key(&mut self) -> Result<(), Fault> {
        match self.keys.last_mut().and_then(Option::take) {
            Some(SimpleKey {
                is_required: true,
                at,
                ..
            }) => Err(Fault {
                kind: FaultKind::MissingColon,
                at,
            }),
            _ => Ok(()),
        }
    }

    /// Opens a block collection, unless one is open at this column. Its token is inserted with this number.
    fn roll(
        &mut self,
        column: isize,
        number: Option<usize>,
        kind: TokenKind<'t>,
        at: usize,
    ) -> Result<(), Fault> {
        if self.in_flow() || self.indent >= column {
            return Ok(());
        }
        if self.indents.len() > MAX_DEPTH {
            return self.fault(FaultKind::TooDeep);
        }
        self.indents.push(self.indent);
        self.indent = column;
        let token = Token {
            kind,
            start: at,
            end: at,
        };
        match number {
            Some(number) => self.tokens.insert(number - self.taken, token),
            None => self.tokens.push_back(token),
        }
        Ok(())
    }

    /// Closes the block collections that are indented more than a column.
    fn unwind(&mut self, column: isize) {
        if self.in_flow() {
            return;
        }
        while self.indent > column {
            self.push(TokenKind::BlockEnd, self.at);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    /// Scans one character.
    #[expect(
        clippy::unnecessary_wraps,
        reason = "the scanners of all tokens have one signature"
    )]
    fn indicator(&mut self, kind: TokenKind<'t>) -> Result<(), Fault> {
        let start = self.at;
        self.at += 1;
        self.push(kind, start);
        Ok(())
    }

    fn stream_end(&mut self) -> Result<(), Fault> {
        self.keys.truncate(1);
        self.settled = 0;
        self.unwind(-1);
        self.remove_key()?;
        self.is_key_allowed = false;
        self.is_done = true;
        self.push(TokenKind::StreamEnd, self.at);
        Ok(())
    }

    fn document_indicator(&mut self, byte: u8) -> Result<(), Fault> {
        self.unwind(-1);
        self.remove_key()?;
        self.is_key_allowed = false;
        let start = self.at;
        self.at += 3;
        self.push(
            if byte == b'-' {
                TokenKind::DocumentStart
            } else {
                TokenKind::DocumentEnd
            },
            start,
        );
        Ok(())
    }

    fn open_flow(&mut self, kind: TokenKind<'t>) -> Result<(), Fault> {
        self.save_key()?;
        if self.keys.len() > MAX_DEPTH + 1 {
            return self.fault(FaultKind::TooDeep);
        }
        self.keys.push(None);
        self.is_key_allowed = true;
        self.indicator(kind)
    }

    fn close_flow(&mut self, kind: TokenKind<'t>) -> Result<(), Fault> {
        self.remove_key()?;
        if self.in_flow() {
            self.keys.pop();
            self.settled = self.settled.min(self.keys.len() - 1);
        }
        self.is_key_allowed = false;
        self.indicator(kind)
    }

    fn block_entry(&mut self) -> Result<(), Fault> {
        if !self.in_flow() {
            if !self.is_key_allowed {
                return self.fault(FaultKind::MisplacedEntry);
            }
            self.roll(self.column(), None, TokenKind::BlockSequenceStart, self.at)?;
        }
        self.remove_key()?;
        self.is_key_allowed = true;
        self.indicator(TokenKind::BlockEntry)
    }

    fn key(&mut self) -> Result<(), Fault> {
        if !self.in_flow() {
            if !self.is_key_allowed {
                return self.fault(FaultKind::MisplacedKey);
            }
            self.roll(self.column(), None, TokenKind::BlockMappingStart, self.at)?;
        }
        self.remove_key()?;
        self.is_key_allowed = !self.in_flow();
        self.indicator(TokenKind::Key)
    }

    fn value(&mut self) -> Result<(), Fault> {
        if let Some(key) = self.keys.last_mut().and_then(Option::take) {
            let token = Token {
                kind: TokenKind::Key,
                start: key.at,
                end: key.at,
            };
            self.tokens.insert(key.token - self.taken, token);
            let column = key.column.cast_signed();
            self.roll(column, Some(key.token), TokenKind::BlockMappingStart, key.at)?;
            self.is_key_allowed = false;
        } else {
            if !self.in_flow() {
                if !self.is_key_allowed {
                    return self.fault(FaultKind::MisplacedValue);
                }
                self.roll(self.column(), None, TokenKind::BlockMappingStart, self.at)?;
            }
            self.is_key_allowed = !self.in_flow();
        }
        self.indicator(TokenKind::Value)
    }

    /// The length of the name at the current position.
    fn name_length(&self) -> usize {
        let is_of_name = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        self.bytes[self.at..].iter().take_while(is_of_name).count()
    }

    fn anchor(&mut self, byte: u8) -> Result<(), Fault> {
        self.save_key()?;
        self.is_key_allowed = false;
        let start = self.at;
        self.at += 1;
        let length = self.name_length();
        let name = &self.text[self.at..self.at + length];
        self.at += length;
        let is_delimited = self.is_white(0)
            || matches!(
                self.byte(0),
                Some(b'?' | b':' | b',' | b']' | b'}' | b'%' | b'@' | b'`')
            );
        if name.is_empty() || !is_delimited {
            return Err(Fault {
                kind: FaultKind::Name,
                at: start,
            });
        }
        self.push(
            if byte == b'*' {
                TokenKind::Alias(name)
            } else {
                TokenKind::Anchor(name)
            },
            start,
        );
        Ok(())
    }

    fn tag(&mut self) -> Result<(), Fault> {
        self.save_key()?;
        self.is_key_allowed = false;
        let start = self.at;
        let invalid = Fault {
            kind: FaultKind::Tag,
            at: start,
        };
        let is_verbatim = self.byte(1) == Some(b'<');
        let handle = if is_verbatim {
            self.at += 2;
            if self.tag_uri() == 0 || self.byte(0) != Some(b'>') {
                return Err(invalid);
            }
            self.at += 1;
            ""
        } else {
            self.at += 1;
            let name = self.name_length();
            let has_name = self.byte(name) == Some(b'!');
            let handle = if has_name {
                self.at += name + 1;
                &self.text[start..self.at]
            } else {
                "!"
            };
            if self.tag_uri() == 0 && has_name {
                return Err(invalid);
            }
            handle
        };
        let is_delimited = self.is_white(0) || self.in_flow() && self.byte(0) == Some(b',');
        if !is_delimited {
            return Err(invalid);
        }
        self.push(TokenKind::Tag(handle), start);
        Ok(())
    }

    /// Skips the characters of a URI; flow indicators are not part of a tag. Returns how many there were.
    fn tag_uri(&mut self) -> usize {
        let start = self.at;
        while let Some(byte) = self.byte(0) {
            let is_of_uri = byte.is_ascii_alphanumeric() || b"-_;/?:@&=+$.!~*'()%".contains(&byte);
            let is_escape = byte == b'%';
            let is_hex = |ahead: usize| self.byte(ahead).is_some_and(|b| b.is_ascii_hexdigit());
            if !is_of_uri || is_escape && !(is_hex(1) && is_hex(2)) {
                break;
            }
            self.at += 1;
        }
        self.at - start
    }

    fn directive(&mut self) -> Result<(), Fault> {
        self.unwind(-1);
        self.remove_key()?;
        self.is_key_allowed = false;
        let start = self.at;
        self.skip_line();
        let line = &self.text[start + 1..self.at];
        let line = line.find(" #").map_or(line, |comment| &line[..comment]);
        let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty());
        let has_name = !line.starts_with([' ', '\t']);
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let handle = match [words.next(), words.next(), words.next(), words.next()] {
            [Some("YAML"), Some(version), None, None]
                if has_name
                    && version
                        .split_once('.')
                        .is_some_and(|(major, minor)| major == "1" && is_number(minor)) =>
            {
                None
            }
            [Some("TAG"), Some(handle), Some(_), None]
                if handle.starts_with('!') && handle.ends_with('!') =>
            {
                Some(handle)
            }
            _ => {
                return Err(Fault {
                    kind: FaultKind::Directive,
                    at: start,
                });
            }
        };
        self.push(TokenKind::Directive(handle), start);
        Ok(())
    }
}
