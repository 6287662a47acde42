//! What a call is made of.

use std::ops::Range;
use std::rc::Rc;

use crate::expr::jsonpath::{Path, Root};
use crate::value::Number;

/// A call, parsed, with the place of everything in it.
#[derive(Debug, Clone)]
pub struct Call {
    /// The function's name as written, `States.Format`; it need not exist.
    pub name: Rc<str>,
    /// The bytes of the name.
    pub name_range: Range<usize>,
    /// The bytes of the whole call.
    pub range: Range<usize>,
    /// Between the parentheses.
    pub arguments: Vec<Argument>,
    pub(super) text: Rc<str>,
}

/// An argument of a call.
#[derive(Debug, Clone)]
pub struct Argument {
    /// Its bytes.
    pub range: Range<usize>,
    /// What it is.
    pub kind: ArgumentKind,
}

/// What an argument can be.
#[derive(Debug, Clone)]
pub enum ArgumentKind {
    /// `'text'`
    Text(Literal),
    /// `1`, `-2.5`, `1e3`
    Number(Number),
    /// `true`, `false`
    Bool(bool),
    /// `null`
    Null,
    /// `$.a`, `$$.Execution.Id`, `$variable.b`
    Path(Path),
    /// `States.UUID()`
    Call(Call),
}

/// A string between single quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Literal {
    /// Between the quotes, escapes as written. `States.Format` tells `\{` from `{` by it.
    pub raw: Rc<str>,
    /// What the text says: `\'`, `\{`, `\}` and `\\` decoded.
    pub value: Rc<str>,
    /// The first backslash that stands before another character: AWS refuses it.
    pub bad_escape: Option<Range<usize>>,
}

impl Call {
    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How many calls nest: 1 for a call without calls among its arguments.
    pub fn depth(&self) -> usize {
        let nested = self.arguments.iter().map(|argument| match &argument.kind {
            ArgumentKind::Call(call) => call.depth(),
            _ => 0,
        });
        1 + nested.max().unwrap_or(0)
    }

    /// This call and all calls among its arguments, outer before inner.
    pub fn calls(&self) -> Vec<&Call> {
        let mut calls = vec![self];
        for argument in &self.arguments {
            if let ArgumentKind::Call(call) = &argument.kind {
                calls.extend(call.calls());
            }
        }
        calls
    }

    /// All paths among the arguments, each with its place, in the order they are written.
    pub fn paths(&self) -> Vec<(&Path, Range<usize>)> {
        let arguments = self.arguments.iter();
        arguments
            .flat_map(|argument| match &argument.kind {
                ArgumentKind::Path(path) => vec![(path, argument.range.clone())],
                ArgumentKind::Call(call) => call.paths(),
                _ => Vec::new(),
            })
            .collect()
    }

    /// The variables its paths start from, each with the place of its path.
    pub fn variables(&self) -> Vec<(Rc<str>, Range<usize>)> {
        let paths = self.paths().into_iter();
        paths
            .filter_map(|(path, range)| match path.root() {
                Root::Variable(name) => Some((Rc::clone(name), range)),
                _ => None,
            })
            .collect()
    }
}
