//! The syntax tree of calls.

use std::ops::Range;
use std::rc::Rc;

use super::function::Function;
use crate::expr::jsonpath::{Path, Root};
use crate::value::Number;

/// A parsed call with the locations of its parts.
#[derive(Debug, Clone)]
pub struct Call {
    /// The function's name as written, such as `States.Format`; it need not exist.
    pub name: Rc<str>,
    /// The function; `None` if no function has this name.
    pub function: Option<&'static Function>,
    /// The bytes of the name.
    pub name_range: Range<usize>,
    /// The bytes of the whole call.
    pub range: Range<usize>,
    /// The arguments between the parentheses.
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

/// The kinds of arguments.
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
    /// The text between the quotes, with its escapes. `States.Format` needs it to distinguish `\{` from `{`.
    pub raw: Rc<str>,
    /// The decoded text: `\'`, `\{`, `\}`, and `\\` are unescaped.
    pub value: Rc<str>,
    /// The first backslash before any other character, which AWS rejects.
    pub bad_escape: Option<Range<usize>>,
}

impl Call {
    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The nesting depth: 1 for a call without calls among its arguments.
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

    /// All paths among the arguments with their locations, in source order.
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

    /// The variables that its paths start from, with the locations of the paths.
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
