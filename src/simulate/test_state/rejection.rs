//! Errors of the `TestState` API.

use crate::value::{Object, Value};

/// An error of the API: the request was rejected, and the state did not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// The error's name.
    pub error: &'static str,
    /// AWS's message.
    pub message: String,
    /// What to do about it. It is not part of the response.
    pub hint: Option<String>,
}

impl Rejection {
    /// An error in the request.
    pub(super) fn validation(message: impl Into<String>) -> Self {
        Self {
            error: "ValidationException",
            message: message.into(),
            hint: None,
        }
    }

    /// An error in the definition.
    pub(super) fn definition(message: impl Into<String>) -> Self {
        Self {
            error: "InvalidDefinition",
            message: message.into(),
            hint: None,
        }
    }

    /// The response to the request.
    pub fn response(&self) -> Value {
        let response: Object = [
            ("error".into(), Value::from(self.error)),
            ("message".into(), Value::from(self.message.as_str())),
        ]
        .into_iter()
        .collect();
        Value::object(response)
    }
}
