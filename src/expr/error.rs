//! Errors of expressions, when they are parsed and when they are evaluated.

use crate::spec::error_name;
use std::fmt;
use std::ops::Range;

/// Why a string cannot be parsed, and the location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// The invalid bytes of the text; empty and at its end if something is missing there.
    pub range: Range<usize>,
    /// What is wrong, in AWS's words if AWS has a message for it.
    pub message: String,
    /// JSONata's error code, such as `S0202`, which AWS omits. Empty in the other languages.
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
    /// The same error in a string with `offset` bytes before the one that was parsed.
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

/// An evaluation error as the state machine sees it: an error name that a catcher may match, and AWS's cause without the
/// prefix that names the state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvalError {
    /// `States.Runtime` or `States.QueryEvaluationError`.
    pub error: &'static str,
    /// AWS's message.
    pub cause: String,
    /// For JSONata, the field as printed in AWS's `EvaluationFailed` event: `Output/a/b[0]`.
    pub location: Option<String>,
}

impl EvalError {
    /// An error of JSONPath or an intrinsic function, which no catcher can catch.
    pub fn runtime(cause: impl Into<String>) -> Self {
        Self {
            error: error_name::RUNTIME,
            cause: cause.into(),
            location: None,
        }
    }

    /// An error of the JSONata expression in the field `location`.
    pub fn query(location: impl Into<String>, cause: impl Into<String>) -> Self {
        Self {
            error: error_name::QUERY_EVALUATION_ERROR,
            cause: cause.into(),
            location: Some(location.into()),
        }
    }
}

impl fmt::Display for EvalError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error, self.cause)
    }
}

impl std::error::Error for EvalError {}
