//! What is wrong with an expression, before it runs and when it runs.

use crate::spec::error_name;
use std::fmt;
use std::ops::Range;

/// Why a text does not parse, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes of the given text at fault; empty at its end when something is missing there.
    pub range: Range<usize>,
    /// What is wrong, as AWS says it where AWS says something.
    pub message: String,
    /// JSONata's code for it, `S0202`; AWS leaves it out. Empty in the other languages.
    pub code: &'static str,
}

impl SyntaxError {
    pub(crate) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self::coded("", range, message)
    }

    pub(crate) fn coded(code: &'static str, range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            code,
        }
    }
}

impl SyntaxError {
    /// The same fault in a text that has `offset` bytes before the one that was parsed.
    #[must_use]
    pub fn shifted(self, offset: usize) -> Self {
        Self {
            range: self.range.start + offset..self.range.end + offset,
            ..self
        }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SyntaxError {}

/// What an evaluation that went wrong means to the machine: a name a Catcher may name, and the cause as AWS
/// words it, without the prefix that names the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `States.Runtime` or `States.QueryEvaluationError`.
    pub error: &'static str,
    /// AWS's sentence.
    pub cause: String,
    /// JSONata: the field as AWS's `EvaluationFailed` event prints it, `Output/a/b[0]`.
    pub location: Option<String>,
}

impl Fault {
    /// A fault of JSONPath and intrinsics, which no Catcher can catch.
    pub fn runtime(cause: impl Into<String>) -> Self {
        Self {
            error: error_name::RUNTIME,
            cause: cause.into(),
            location: None,
        }
    }

    /// A fault of the JSONata in the field `location`.
    pub fn query(location: impl Into<String>, cause: impl Into<String>) -> Self {
        Self {
            error: error_name::QUERY_EVALUATION_ERROR,
            cause: cause.into(),
            location: Some(location.into()),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error, self.cause)
    }
}

impl std::error::Error for Fault {}
