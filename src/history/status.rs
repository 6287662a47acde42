//! Statuses of executions.

/// The status of an execution that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It reached a terminal state.
    Succeeded,
    /// It failed with an error.
    Failed,
    /// It exceeded its timeout.
    TimedOut,
    /// It was stopped.
    Aborted,
}

impl Status {
    /// AWS's name, such as `TIMED_OUT`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
            Self::Aborted => "ABORTED",
        }
    }
}
