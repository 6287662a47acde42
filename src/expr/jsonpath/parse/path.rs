//! Paths, parsed token by token like Jayway's `PathCompiler`, with the same messages.

use std::rc::Rc;

use crate::expr::error::SyntaxError;
use crate::expr::jsonpath::ast::{Argument, Function, Path, Root, Step, StepKind};
use crate::expr::jsonpath::cursor::Cursor;
use crate::spec::quota;
use crate::value::Value;

/// The maximum nesting of filters, conditions, and function arguments; each level is a level of recursion.
pub(super) const MAX_NESTING: usize = 64;

/// The maximum number of steps; no value nests as deep.
const MAX_STEPS: usize = 1_000;

/// The maximum length of a path in bytes: as much as all the data that it could be applied to.
const MAX_LENGTH: usize = quota::PAYLOAD_BYTES;

/// The roots that a path may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Roots {
    /// Only `$`, `$$`, and `$name`.
    StepFunctions,
    /// `$` and `@`; a missing `$.` is added.
    Jayway,
}

/// Parses a part of a longer text, which starts at byte `offset` of it.
pub(super) fn parse_at(text: &str, offset: usize, roots: Roots, nesting: usize) -> Result<Path, SyntaxError> {
    if text.len() > MAX_LENGTH {
        let message = format!("the path is longer than {MAX_LENGTH} bytes");
        return Err(SyntaxError::new(offset..offset + text.len(), message));
    }
    let mut cursor = Cursor::new(text, offset);
    if cursor.len() == 0 {
        return Err(SyntaxError::new(
            offset..offset + text.len(),
            "path can not be null or empty",
        ));
    }
    let root = match roots {
        Roots::StepFunctions => read_root(&mut cursor)?,
        Roots::Jayway => {
            if !matches!(cursor.at(0), Some('$' | '@')) {
                cursor.prepend("$.");
            }
            cursor.position = 1;
            Root::Input
        }
    };
    if cursor.len() > 1 && cursor.at(cursor.len() - 1) == Some('.') {
        let end = cursor.len();
        return Err(SyntaxError::new(
            cursor.range(end - 1..end),
            "Path must not end with a '.' or '..'",
        ));
    }
    let mut parser = Parser {
        cursor,
        steps: Vec::new(),
        nesting,
    };
    parser.root()?;
    let steps = invert_scan_and_function(text, parser.steps);
    let definite = steps
        .iter()
        .enumerate()
        .all(|(i, step)| step.kind.is_definite(i + 1 == steps.len()));
    Ok(Path {
        text: text.into(),
        root,
        steps: steps.into(),
        definite,
    })
}

/// Reads `$`, `$$`, or `$name`.
fn read_root(cursor: &mut Cursor) -> Result<Root, SyntaxError> {
    if !cursor.current_is('$') {
        return Err(SyntaxError::new(cursor.range(0..1), "a path must begin with '$'"));
    }
    cursor.position = 1;
    if cursor.current_is('$') {
        cursor.position = 2;
        return Ok(Root::Context);
    }
    while cursor
        .current()
        .is_some_and(|c| !matches!(c, '.' | '[' | ' ' | '(' | '*'))
    {
        cursor.position += 1;
    }
    if cursor.position == 1 {
        return Ok(Root::Input);
    }
    let name = cursor.slice(1..cursor.position);
    if let Some(bad) = name.chars().position(|c| !(c.is_alphanumeric() || c == '_')) {
        let at = cursor.range(bad + 1..bad + 2);
        return Err(SyntaxError::new(
            at,
            format!("`${name}` is not a valid variable name"),
        ));
    }
    Ok(Root::Variable(name.into()))
}

/// Jayway transforms `$..a.sum()` into `$.sum($..a)`, so that the function receives the list.
fn invert_scan_and_function(text: &str, mut steps: Vec<Step>) -> Vec<Step> {
    let scans = matches!(
        steps.first(),
        Some(Step {
            kind: StepKind::Descend,
            ..
        })
    );
    let function = steps
        .iter()
        .position(|step| matches!(step.kind, StepKind::Function(_)));
    let (true, Some(at)) = (scans, function) else {
        return steps;
    };
    let mut rest = steps.split_off(at);
    let scan = Path {
        text: text.into(),
        root: Root::Input,
        steps: steps.into(),
        definite: false,
    };
    if let StepKind::Function(function) = &rest[0].kind {
        let name = Rc::clone(&function.name);
        let arguments = vec![Argument::Path(scan)];
        rest[0].kind = StepKind::Function(Rc::new(Function { name, arguments }));
    }
    rest
}

/// The state of the parser.
pub(super) struct Parser {
    pub(super) cursor: Cursor,
    pub(super) steps: Vec<Step>,
    pub(super) nesting: usize,
}

pub(super) type Parsed<T> = Result<T, SyntaxError>;

impl Parser {
    pub(super) fn fail<T>(&self, message: impl Into<String>) -> Parsed<T> {
        let at = self.cursor.position;
        Err(SyntaxError::new(self.cursor.range(at..at + 1), message))
    }

    pub(super) fn push(&mut self, start: usize, kind: StepKind) {
        let range = self.cursor.range(start..self.cursor.position);
        self.steps.push(Step { kind, range });
    }

    /// Parses the steps after the root, whose last character precedes the position.
    fn root(&mut self) -> Parsed<()> {
        if self.cursor.position >= self.cursor.len() {
            return Ok(());
        }
        if !matches!(self.cursor.current(), Some('.' | '[')) {
            let at = self.cursor.position;
            return self.fail(format!("Illegal character at position {at} expected '.' or '['"));
        }
        loop {
            if self.steps.len() >= MAX_STEPS {
                return self.fail(format!("the path has more than {MAX_STEPS} steps"));
            }
            self.step()?;
            if self.cursor.is_tail() {
                return Ok(());
            }
        }
    }

    fn step(&mut self) -> Parsed<()> {
        let at = self.cursor.position;
        let read = match self.cursor.current() {
            Some('[') => {
                let read = self.bracketed_members()?
                    || self.indexes()?
                    || self.counted_from_end()
                    || self.wildcard(at)?
                    || self.filter()?
                    || self.placeholder()?;
                if !read {
                    return self.fail(format!(
                        "Could not parse token starting at position {at}. Expected ?, ', 0-9, * "
                    ));
                }
                true
            }
            Some('.') => self.dot()?,
            Some('*') => self.wildcard(at)?,
            _ => self.member_or_function(at)?,
        };
        if read {
            Ok(())
        } else {
            self.fail(format!("Could not parse token starting at position {at}"))
        }
    }

    fn dot(&mut self) -> Parsed<bool> {
        let mut start = self.cursor.position;
        if self.cursor.at(start + 1) == Some('.') {
            self.cursor.position += 2;
            self.push(start, StepKind::Descend);
            start = self.cursor.position;
        } else {
            self.cursor.position += 1;
        }
        let at = self.cursor.position;
        match self.cursor.current() {
            None => self.fail("Path must not end with a '."),
            Some('.') => self.fail(format!("Character '.' on position {at} is not valid.")),
            Some('[') => self.step().map(|()| true),
            Some('*') => self.wildcard(start),
            Some(_) if self.member_or_function(start)? => Ok(true),
            Some(_) => self.fail(format!("Could not parse token starting at position {at}")),
        }
    }

    /// Parses a member or function name at the position; the step's range starts at `start`.
    fn member_or_function(&mut self, start: usize) -> Parsed<bool> {
        let from = self.cursor.position;
        if matches!(self.cursor.current(), Some('[' | '*' | '.' | ' ') | None) {
            return Ok(false);
        }
        let mut end = from;
        while let Some(c) = self.cursor.at(end) {
            match c {
                ' ' => {
                    return self.fail(format!(
                        "Use bracket notion ['my prop'] if your property contains blank characters. \
                         position: {from}"
                    ));
                }
                '.' | '[' => break,
                '(' => return self.function(start, from, end).map(|()| true),
                _ => end += 1,
            }
        }
        self.cursor.position = end;
        let name = self.cursor.slice(from..end);
        self.push(start, StepKind::Member(name.into()));
        Ok(true)
    }

    /// Parses the function whose name is at `from` and whose parenthesis opens at `open`.
    fn function(&mut self, start: usize, from: usize, open: usize) -> Parsed<()> {
        let name = self.cursor.slice(from..open);
        let mut depth = 1usize;
        let mut close = open;
        while depth > 0 {
            close += 1;
            match self.cursor.at(close) {
                Some('(') => depth += 1,
                Some(')') => depth -= 1,
                Some(_) => {}
                None => {
                    return self.fail(format!(
                        "Arguments to function: '{name}' are not closed properly."
                    ));
                }
            }
        }
        let mut arguments = Vec::new();
        if close > open + 1 {
            self.cursor.position = open + 1;
            arguments = self.arguments(&name)?;
        } else {
            self.cursor.position = close + 1;
        }
        let name = name.into();
        self.push(start, StepKind::Function(Rc::new(Function { name, arguments })));
        Ok(())
    }

    /// Parses the arguments from the position to after the closing parenthesis.
    fn arguments(&mut self, name: &str) -> Parsed<Vec<Argument>> {
        if self.nesting == MAX_NESTING {
            return self.fail(format!("functions nest deeper than {MAX_NESTING} levels"));
        }
        let mut arguments = Vec::new();
        let mut open: Vec<char> = Vec::new();
        let mut quoted = false;
        let mut from = self.cursor.position;
        loop {
            let at = self.cursor.position;
            let Some(c) = self.cursor.current() else {
                return self.fail(format!(
                    "Arguments to function: '{name}' are not closed properly."
                ));
            };
            self.cursor.position += 1;
            match c {
                '"' if self.cursor.at(at.wrapping_sub(1)) != Some('\\') => quoted = !quoted,
                _ if quoted => {}
                '{' => open.push('}'),
                '[' => open.push(']'),
                '(' => open.push(')'),
                ',' if open.is_empty() => {
                    arguments.extend(self.argument(from, at)?);
                    from = at + 1;
                }
                ')' if open.is_empty() => {
                    arguments.extend(self.argument(from, at)?);
                    return Ok(arguments);
                }
                '}' | ']' | ')' if open.pop() != Some(c) => {
                    return self.fail(format!("Unexpected close '{c}' at character position: {at}"));
                }
                _ => {}
            }
        }
    }

    /// Parses an argument: a path or a JSON value. Like Jayway, returns `None` if it starts like neither.
    fn argument(&self, from: usize, to: usize) -> Parsed<Option<Argument>> {
        let written = self.cursor.slice(from..to);
        let text = written.trim();
        let range = self.cursor.range(from..to);
        match text.chars().next() {
            Some('$' | '@') => {
                let path = parse_at(&written, range.start, Roots::Jayway, self.nesting + 1)?;
                Ok(Some(Argument::Path(path)))
            }
            Some('{' | '"' | '-' | '0'..='9') => match Value::parse(text) {
                Ok(value) => Ok(Some(Argument::Value(value))),
                Err(error) => Err(SyntaxError::new(range, error.to_string())),
            },
            _ => Ok(None),
        }
    }
}
