//! The result of a tested state.

use crate::history::ErrorData;
use crate::value::{Object, Value};
use std::rc::Rc;

/// The result of a tested state.
#[derive(Debug)]
pub(super) struct TestStateResult {
    /// How it ended.
    pub(super) status: TestStatus,
    /// Its output.
    pub(super) output: Option<Value>,
    /// Its error, even if it was caught or is retried.
    pub(super) error: Option<Rc<ErrorData>>,
    /// The next state.
    pub(super) next: Option<Rc<str>>,
    /// The index of the catcher that handled the error.
    pub(super) catcher: Option<usize>,
    /// The index of the retrier that matches the error, even if it is exhausted.
    pub(super) retrier: Option<usize>,
    /// The delay before the retry, in milliseconds.
    pub(super) delay: Option<i64>,
    /// The variables when it was left.
    pub(super) variables: Object,
}

/// The `status` of a `TestState` response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestStatus {
    /// The state succeeded.
    Succeeded,
    /// The state failed, and no handler matched.
    Failed,
    /// The state failed and would be retried.
    Retriable,
    /// The state failed, and a catcher handled the error.
    CaughtError,
}

impl TestStatus {
    /// The value in responses of AWS.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Retriable => "RETRIABLE",
            Self::CaughtError => "CAUGHT_ERROR",
        }
    }
}
