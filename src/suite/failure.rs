//! Expectations that were not met.

use super::compare::Difference;
use crate::source::Span;
use crate::value::Value;

/// An expectation that was not met. It does not share memory with the execution, so it can leave the thread of the run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Failure {
    /// The key of the expectation, such as `output`; `mocks` for a task without a mock; `error` of asl itself is `run`.
    pub expectation: &'static str,
    /// What is wrong.
    pub message: String,
    /// Where the expectation is written.
    pub span: Span,
    /// What to do next.
    pub help: Option<String>,
    /// What was expected, as JSON.
    pub expected: Option<String>,
    /// What was found instead, as JSON.
    pub got: Option<String>,
    /// The texts of a diff, if the values are longer than a line.
    pub diff: Option<Diff>,
}

/// All names of expectations.
const EXPECTATIONS: [&str; 24] = [
    "assert",
    "backoff",
    "calls",
    "catcher",
    "caught-by",
    "cause",
    "cost",
    "duration",
    "error",
    "failed-state",
    "match",
    "mocks",
    "never",
    "next",
    "output",
    "path",
    "replay",
    "retrier",
    "role",
    "run",
    "snapshot",
    "status",
    "transitions",
    "visits",
];

/// The expectation with this name; `run` if there is none.
pub fn expectation(name: &str) -> &'static str {
    EXPECTATIONS
        .into_iter()
        .find(|known| *known == name)
        .unwrap_or("run")
}

/// Two texts to compare line by line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// What was expected.
    pub expected: String,
    /// What was found.
    pub got: String,
}

impl Failure {
    /// A failure without values.
    pub fn new(expectation: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            expectation,
            message: message.into(),
            span,
            ..Self::default()
        }
    }

    /// Adds the values that differ.
    #[must_use]
    pub fn values(mut self, expected: &Value, got: Option<&Value>) -> Self {
        self.expected = Some(expected.to_json());
        self.got = got.map(Value::to_json);
        self
    }

    /// Adds the values that differ, and a diff of what differs in them.
    pub(super) fn difference(self, expected: &Value, got: &Value, difference: &Difference) -> Self {
        let diff = Diff {
            expected: difference.expected.to_json_pretty(),
            got: difference.actual.to_json_pretty(),
        };
        Self {
            diff: Some(diff),
            ..self.values(expected, Some(got))
        }
    }
}
