//! Parsing of JSON text.

use std::fmt;
use std::rc::Rc;

use super::keys::Keys;
use super::number::Number;
use super::tree::{Object, Value};

/// The maximum depth of nested arrays and objects.
pub const MAX_DEPTH: usize = 512;

/// Why a string is not valid JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// The byte offset at which parsing stopped.
    pub offset: usize,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at byte {}", self.message, self.offset)
    }
}

impl std::error::Error for ParseError {}

impl Value {
    /// Parses a JSON text (RFC 8259), optionally surrounded by whitespace. Of duplicate keys, the last one wins; nesting is
    /// limited to [`MAX_DEPTH`]; an unpaired surrogate escape becomes U+FFFD.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let (value, at) = Self::parse_first(text)?;
        let mut reader = Reader::new(text, at);
        reader.blanks();
        if reader.at < text.len() {
            return reader.fail("unexpected text after the value");
        }
        Ok(value)
    }

    /// Parses the JSON value at the start of `text`; returns the value and the offset after it.
    pub(crate) fn parse_first(text: &str) -> Result<(Self, usize), ParseError> {
        let mut reader = Reader::new(text, 0);
        reader.blanks();
        let value = reader.value()?;
        Ok((value, reader.at))
    }
}

impl std::str::FromStr for Value {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    keys: Keys,
    /// The number of members of the last object, capped: the next object often has as many.
    members: usize,
}

/// The maximum capacity reserved for an object before its members are read.
const MEMBERS: usize = 8;

impl<'a> Reader<'a> {
    const fn new(text: &'a str, at: usize) -> Self {
        Self {
            text,
            at,
            depth: 0,
            keys: Keys::new(),
            members: 0,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn fail<T>(&self, message: impl Into<String>) -> Result<T, ParseError> {
        Err(ParseError {
            offset: self.at,
            message: message.into(),
        })
    }

    fn value(&mut self) -> Result<Value, ParseError> {
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => Ok(Value::String(match self.bare_string() {
                Some(text) => text.into(),
                None => self.string()?.into(),
            })),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(_) => self.fail("expected a JSON value"),
            None => self.fail("expected a JSON value, found the end of the text"),
        }
    }

    fn nested(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Value, ParseError>,
    ) -> Result<Value, ParseError> {
        if self.depth == MAX_DEPTH {
            return self.fail(format!("nested deeper than {MAX_DEPTH} levels"));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, ParseError> {
        if !self.text[self.at..].starts_with(word) {
            return self.fail("expected a JSON value");
        }
        self.at += word.len();
        Ok(value)
    }

    fn array(&mut self) -> Result<Value, ParseError> {
        let mut items = Vec::new();
        self.blanks();
        if self.eat(b']') {
            return Ok(Value::array(items));
        }
        loop {
            self.blanks();
            items.push(self.value()?);
            self.blanks();
            if self.eat(b']') {
                return Ok(Value::array(items));
            }
            if !self.eat(b',') {
                return self.fail("expected `,` or `]`");
            }
        }
    }

    fn object(&mut self) -> Result<Value, ParseError> {
        self.blanks();
        if self.eat(b'}') {
            return Ok(Value::empty_object());
        }
        let mut members = Object::with_capacity(self.members);
        loop {
            self.blanks();
            if self.peek() != Some(b'"') {
                return self.fail("expected a key in double quotes");
            }
            let key = self.key()?;
            self.blanks();
            if !self.eat(b':') {
                return self.fail("expected `:` after the key");
            }
            self.blanks();
            let value = self.value()?;
            members.insert(key, value);
            self.blanks();
            if self.eat(b'}') {
                self.members = members.len().min(MEMBERS);
                return Ok(Value::object(members));
            }
            if !self.eat(b',') {
                return self.fail("expected `,` or `}`");
            }
        }
    }

    fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn key(&mut self) -> Result<Rc<str>, ParseError> {
        let bare = self.bare_string();
        Ok(match bare {
            Some(key) => self.keys.get(key),
            None => self.string()?.into(),
        })
    }

    /// Reads from the opening quote to after the closing one, if nothing between them is escaped or invalid; otherwise the
    /// position stays the same.
    fn bare_string(&mut self) -> Option<&'a str> {
        let start = self.at + 1;
        let rest = self.text.as_bytes().get(start..)?;
        let len = rest.iter().position(|b| matches!(b, b'"' | b'\\' | 0..0x20))?;
        if rest[len] != b'"' {
            return None;
        }
        self.at = start + len + 1;
        self.text.get(start..start + len)
    }

    /// Reads from the opening quote to after the closing one.
    fn string(&mut self) -> Result<String, ParseError> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let start = self.at;
            while matches!(self.peek(), Some(b) if b != b'"' && b != b'\\' && b >= 0x20) {
                self.at += 1;
            }
            out.push_str(&self.text[start..self.at]);
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => return self.fail("unescaped control character in a string"),
                None => return self.fail("unterminated string"),
            }
        }
    }

    fn escape(&mut self) -> Result<char, ParseError> {
        self.at += 1;
        let decoded = match self.peek() {
            Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return self.fail("unknown escape in a string"),
        };
        self.at += 1;
        Ok(decoded)
    }

    /// Reads from the `u` on.
    fn unicode_escape(&mut self) -> Result<char, ParseError> {
        self.at += 1;
        let unit = self.hex4()?;
        if !(0xD800..0xDC00).contains(&unit) {
            return Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if !self.text[self.at..].starts_with("\\u") {
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let before = self.at;
        self.at += 2;
        let low = self.hex4()?;
        if !(0xDC00..0xE000).contains(&low) {
            self.at = before;
            return Ok(char::REPLACEMENT_CHARACTER);
        }
        let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
    }

    fn hex4(&mut self) -> Result<u32, ParseError> {
        let digits = self.text.as_bytes().get(self.at..self.at + 4);
        let Some(digits) = digits.filter(|digits| digits.iter().all(u8::is_ascii_hexdigit)) else {
            return self.fail("expected four hexadecimal digits after `\\u`");
        };
        self.at += 4;
        Ok(digits.iter().fold(0, |code, &digit| {
            code * 16 + char::from(digit).to_digit(16).unwrap_or(0)
        }))
    }

    fn number(&mut self) -> Result<Value, ParseError> {
        let start = self.at;
        self.eat(b'-');
        let leading_zero = self.peek() == Some(b'0');
        let whole = self.digits()?;
        if leading_zero && whole > 1 {
            self.at -= whole - 1;
            return self.fail("a number must not begin with 0");
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if !self.eat(b'+') {
                self.eat(b'-');
            }
            self.digits()?;
        }
        Ok(Value::Number(Number::from_json(&self.text[start..self.at])))
    }

    fn digits(&mut self) -> Result<usize, ParseError> {
        let rest = &self.text.as_bytes()[self.at..];
        let count = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return self.fail("expected a digit");
        }
        self.at += count;
        Ok(count)
    }
}
