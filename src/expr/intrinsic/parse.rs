//! Parsing of calls.

use std::ops::Range;
use std::rc::Rc;

use super::call::{Argument, ArgumentKind, Call, Literal};
use super::table;
use crate::expr::error::SyntaxError;
use crate::expr::jsonpath::Path;
use crate::value::Value;

/// The parser's own limit on nesting, far above AWS's, so that lint can locate what exceeds AWS's limit.
const MAX_DEPTH: usize = 128;

/// Whether a string is a call rather than a path: it does not start with `$`.
pub fn is_intrinsic(text: &str) -> bool {
    text.trim_start().starts_with(|c: char| c.is_ascii_alphabetic())
}

impl Call {
    /// Parses a call, optionally surrounded by whitespace.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        let mut parser = Parser {
            text,
            shared: text.into(),
            at: 0,
            depth: 0,
        };
        parser.blanks();
        let call = parser.call()?;
        parser.blanks();
        if parser.at < text.len() {
            return Err(SyntaxError::new(
                parser.at..text.len(),
                "unexpected text after the call",
            ));
        }
        Ok(call)
    }
}

struct Parser<'a> {
    text: &'a str,
    shared: Rc<str>,
    at: usize,
    depth: usize,
}

type Parsed<T> = Result<T, SyntaxError>;

const fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_')
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Returns an error at the current character.
    fn fail<T>(&self, message: impl Into<String>) -> Parsed<T> {
        let end = self.at + self.peek().map_or(0, char::len_utf8);
        Err(SyntaxError::new(self.at..end, message))
    }

    /// Reads the characters for which `belong` is true.
    fn take(&mut self, belong: impl Fn(char) -> bool) -> Range<usize> {
        let start = self.at;
        let rest = self.rest();
        self.at += rest.find(|c| !belong(c)).unwrap_or(rest.len());
        start..self.at
    }

    fn call(&mut self) -> Parsed<Call> {
        let name_range = self.take(is_name);
        if name_range.is_empty() {
            return self.fail("expected the name of an intrinsic function");
        }
        self.blanks();
        if self.peek() != Some('(') {
            return self.fail("expected `(` after the function's name");
        }
        if self.depth == MAX_DEPTH {
            return self.fail(format!("calls nest deeper than {MAX_DEPTH} levels"));
        }
        self.depth += 1;
        self.at += 1;
        let arguments = self.arguments()?;
        self.depth -= 1;
        Ok(Call {
            name: self.text[name_range.clone()].into(),
            function: table::find(&self.text[name_range.clone()]),
            range: name_range.start..self.at,
            name_range,
            arguments,
            text: Rc::clone(&self.shared),
        })
    }

    /// Parses arguments from after `(` to after `)`.
    fn arguments(&mut self) -> Parsed<Vec<Argument>> {
        let mut arguments = Vec::new();
        self.blanks();
        if self.peek() == Some(')') {
            self.at += 1;
            return Ok(arguments);
        }
        loop {
            self.blanks();
            let start = self.at;
            let kind = self.argument()?;
            arguments.push(Argument {
                range: start..self.at,
                kind,
            });
            self.blanks();
            match self.peek() {
                Some(',') => self.at += 1,
                Some(')') => {
                    self.at += 1;
                    return Ok(arguments);
                }
                Some(_) => return self.fail("expected `,` or `)` after the argument"),
                None => return self.fail("unclosed parenthesis in call"),
            }
        }
    }

    fn argument(&mut self) -> Parsed<ArgumentKind> {
        match self.peek() {
            Some('\'') => self.literal(),
            Some('$') => self.path(),
            Some('-' | '0'..='9') => self.number(),
            Some(c) if c.is_ascii_alphabetic() => self.word_or_call(),
            Some('"') => self.fail("a string in an intrinsic function must be enclosed in single quotes"),
            Some(_) => self.fail("expected a string in single quotes, a number, a path or a call"),
            None => self.fail("expected an argument, found the end of the text"),
        }
    }

    fn literal(&mut self) -> Parsed<ArgumentKind> {
        let open = self.at;
        self.at += 1;
        let start = self.at;
        let mut value = String::new();
        let mut bad_escape = None;
        while let Some(c) = self.peek() {
            let here = self.at;
            self.at += c.len_utf8();
            match c {
                '\'' => {
                    return Ok(ArgumentKind::Text(Literal {
                        raw: self.text[start..here].into(),
                        value: value.into(),
                        bad_escape,
                    }));
                }
                '\\' => match self.peek() {
                    Some(escaped @ ('\'' | '{' | '}' | '\\')) => {
                        self.at += 1;
                        value.push(escaped);
                    }
                    other => {
                        let end = self.at + other.map_or(0, char::len_utf8);
                        bad_escape.get_or_insert(here..end);
                        value.push('\\');
                    }
                },
                _ => value.push(c),
            }
        }
        Err(SyntaxError::new(
            open..self.text.len(),
            "unterminated string: expected `'`",
        ))
    }

    fn number(&mut self) -> Parsed<ArgumentKind> {
        let range = self.take(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+'));
        match Value::parse(&self.text[range.clone()]) {
            Ok(Value::Number(number)) => Ok(ArgumentKind::Number(number)),
            _ => Err(SyntaxError::new(range, "invalid number")),
        }
    }

    fn word_or_call(&mut self) -> Parsed<ArgumentKind> {
        let start = self.at;
        let word = &self.text[self.take(is_name)];
        let kind = match word {
            "true" => ArgumentKind::Bool(true),
            "false" => ArgumentKind::Bool(false),
            "null" => ArgumentKind::Null,
            _ => {
                self.at = start;
                return self.call().map(ArgumentKind::Call);
            }
        };
        Ok(kind)
    }

    /// Reads a path, which ends at a `,` or `)` outside of its own brackets, parentheses, and quotes.
    fn path(&mut self) -> Parsed<ArgumentKind> {
        let start = self.at;
        let mut open: Vec<char> = Vec::new();
        let mut quote = None;
        let mut escaped = false;
        for (i, c) in self.rest().char_indices() {
            self.at = start + i;
            if let Some(closing) = quote {
                match c {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    _ if c == closing => quote = None,
                    _ => {}
                }
                continue;
            }
            match c {
                '\'' | '"' if !open.is_empty() => quote = Some(c),
                '[' => open.push(']'),
                '(' => open.push(')'),
                ',' | ')' if open.is_empty() => return self.parse_path(start),
                ']' | ')' if open.last() == Some(&c) => {
                    open.pop();
                }
                _ => {}
            }
        }
        self.at = self.text.len();
        self.fail("unclosed parenthesis in call")
    }

    fn parse_path(&self, start: usize) -> Parsed<ArgumentKind> {
        let written = self.text[start..self.at].trim_end();
        match Path::parse(written) {
            Ok(path) => Ok(ArgumentKind::Path(path)),
            Err(error) => {
                let range = start + error.range.start..start + error.range.end;
                Err(SyntaxError::new(range, error.message))
            }
        }
    }
}
