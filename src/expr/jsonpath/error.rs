//! Why a path gave no value.

use std::fmt;
use std::rc::Rc;

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
