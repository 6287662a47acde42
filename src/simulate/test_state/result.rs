//! What a state that was tested came to.

use crate::history::ErrorData;
use crate::value::{Object, Value};
use std::rc::Rc;

/// What a state that ran alone came to.
#[derive(Debug)]
pub(super) struct TestStateResult {
    /// How it ended.
    pub(super) status: TestStatus,
    /// What it hands on.
    pub(super) output: Option<Value>,
    /// What it failed with, though it was caught or is to be tried again.
    pub(super) error: Option<Rc<ErrorData>>,
    /// The state after it.
    pub(super) next: Option<Rc<str>>,
    /// The catcher that took the error, from 0.
    pub(super) catcher: Option<usize>,
    /// The retrier that the error is for, from 0, even if it is exhausted.
    pub(super) retrier: Option<usize>,
    /// Milliseconds before it is tried again.
    pub(super) delay: Option<i64>,
    /// The variables when it was left.
    pub(super) variables: Object,
}

/// The `status` of a `TestState` response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestStatus {
    /// It was left.
    Succeeded,
    /// It failed for good.
    Failed,
    /// It failed and is to be tried again.
    Retriable,
    /// It failed, and a catcher took the error.
    CaughtError,
}

impl TestStatus {
    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Retriable => "RETRIABLE",
            Self::CaughtError => "CAUGHT_ERROR",
        }
    }
}
