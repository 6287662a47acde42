//! JSONPath in Jayway's dialect, which Step Functions shows, and AWS's two additions: `$$` for the context
//! object and `$name` for a variable.
//!
//! Two questions are kept apart: whether a text parses ([`Path::parse`]) and whether a field that wants a
//! reference path may hold it ([`Path::as_reference`]).

mod ast;
mod condition;
mod cursor;
mod eval;
mod filter;
mod function;
mod parse;
mod reference;
#[cfg(test)]
mod truths;

use std::fmt;
use std::ops::Range;
use std::rc::Rc;

pub use ast::{Argument, Comparison, Condition, Function, Operand, Pattern, Slice, Step, StepKind};
pub use reference::{Conflict, ReferencePath};

use crate::expr::{Scope, SyntaxError};
use crate::value::Value;

/// What a path starts from.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Root {
    /// `$`
    Input,
    /// `$$`
    Context,
    /// `$name`
    Variable(Rc<str>),
}

/// A path, parsed.
#[derive(Debug, Clone)]
pub struct Path {
    text: Rc<str>,
    root: Root,
    steps: Rc<[Step]>,
    definite: bool,
}

/// Why a path gave no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathError {
    /// Nothing is there: Jayway's text.
    NotFound(String),
    /// The path cannot be asked of this value (a filter whose regular expression is none, say).
    Invalid(String),
    /// A function or filter in it failed.
    Evaluation(String),
    /// The variable it starts from has no value: its name.
    UnknownVariable(Rc<str>),
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(text) | Self::Invalid(text) | Self::Evaluation(text) => f.write_str(text),
            Self::UnknownVariable(name) => write!(f, "the variable `${name}` has no value"),
        }
    }
}

impl std::error::Error for PathError {}

impl Path {
    /// Parses a path as a definition writes it: it begins with `$`, `$$` or `$name`.
    pub fn parse(text: &str) -> Result<Self, SyntaxError> {
        parse::parse(text, parse::Roots::StepFunctions)
    }

    /// Parses a path as Jayway does: a missing `$.` is supplied, `@` will do for `$`, and there are no
    /// variables and no context object.
    pub fn parse_jayway(text: &str) -> Result<Self, SyntaxError> {
        parse::parse(text, parse::Roots::Jayway)
    }

    /// The text that was parsed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it starts from.
    pub const fn root(&self) -> &Root {
        &self.root
    }

    /// The steps after the root, each with its place in the text.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether it selects one node at most, so that its value is that node and no list.
    pub const fn is_definite(&self) -> bool {
        self.definite
    }

    /// The names of the leading member steps (`$.a['b'][0].c` has `a`, `b`): what is known of the fields it
    /// reads without a value at hand. Empty when it begins otherwise.
    pub fn first_fields(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        self.steps.iter().map_while(|step| match &step.kind {
            StepKind::Member(name) => Some((name.as_ref(), step.range.clone())),
            _ => None,
        })
    }

    /// This path as a reference path (member and index steps only), or the spot that AWS refuses.
    pub fn as_reference(&self) -> Result<ReferencePath, SyntaxError> {
        reference::from_path(self)
    }

    /// The value in `scope`: the node of a definite path, the list of all nodes of an indefinite one.
    /// Step Functions takes no path into an input that is `null`.
    pub fn eval(&self, scope: &Scope<'_>) -> Result<Value, PathError> {
        if self.root == Root::Input && scope.input.is_null() && !self.steps.is_empty() {
            let text = "Unable to apply Path transformation to null or empty input.";
            return Err(PathError::Invalid(text.to_owned()));
        }
        let root = match &self.root {
            Root::Input => scope.input,
            Root::Context => scope.context,
            Root::Variable(name) => scope
                .variables
                .get(name)
                .ok_or_else(|| PathError::UnknownVariable(Rc::clone(name)))?,
        };
        self.eval_on(root)
    }

    /// Whether the last step is an index into an array that is there: in a payload template such a path is
    /// `null`, and no error.
    pub(crate) fn ends_past_array(&self, scope: &Scope<'_>) -> bool {
        let Some((
            Step {
                kind: StepKind::Index(_) | StepKind::FromEnd(_),
                ..
            },
            before,
        )) = self.steps.split_last()
        else {
            return false;
        };
        let parent = Self {
            steps: before.into(),
            ..self.clone()
        };
        matches!(parent.eval(scope), Ok(Value::Array(_)))
    }
}
