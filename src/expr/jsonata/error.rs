//! Evaluation errors of expressions.

/// Why an expression gave no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EvaluationError {
    /// JSONata's own error: `T2001` and its message; the code is empty where it has none.
    Thrown {
        /// `T2001`
        code: String,
        /// The message, without the code.
        message: String,
    },
    /// A limit is exceeded. Step Functions' message has no code.
    Limit {
        /// JSONata's code for the limit, `D1012`.
        code: &'static str,
        /// The message.
        message: &'static str,
    },
    /// The result is or contains a function, which has no JSON form.
    Unsupported,
}

impl EvaluationError {
    /// The end of AWS's message about it.
    pub(super) fn sentence(&self) -> String {
        match self {
            Self::Thrown { code, message } if code.is_empty() => {
                format!("threw an error during evaluation: {message}")
            }
            Self::Thrown { code, message } => format!("threw an error during evaluation. {code}: {message}"),
            Self::Limit { message, .. } => format!("threw an error during evaluation: {message}"),
            Self::Unsupported => "returned an unsupported result type.".to_owned(),
        }
    }
}

impl std::fmt::Display for EvaluationError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Thrown { code, message } if code.is_empty() => f.write_str(message),
            Self::Thrown { code, message } => write!(f, "{code}: {message}"),
            Self::Limit { message, .. } => f.write_str(message),
            Self::Unsupported => f.write_str("the result is a function, which cannot be converted to JSON"),
        }
    }
}

impl std::error::Error for EvaluationError {}
