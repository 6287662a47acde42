//! Evaluation errors of paths.

use std::fmt;
use std::rc::Rc;

/// Why a path gave no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PathError {
    /// The node does not exist; Jayway's message.
    NotFound(String),
    /// The path is not applicable to this value (for example, a filter with an invalid regular expression).
    Invalid(String),
    /// A function or filter failed.
    Evaluation(String),
    /// The variable at its root has no value; its name.
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
