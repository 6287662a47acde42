//! An attempt of a task.

use crate::history::ErrorData;
use crate::simulate::ids::RunId;
use crate::simulate::state_error::StateError;
use crate::simulate::world::{Completion, TaskOutcome};
use crate::spec::defaults;
use crate::value::Value;

/// A running attempt.
#[derive(Debug)]
pub(in crate::simulate) struct TaskRun {
    /// The outcome that the world has determined for it.
    pub(in crate::simulate) planned: TaskOutcome,
    /// Its arguments.
    pub(in crate::simulate) arguments: Value,
    /// The timeout in seconds.
    pub(in crate::simulate) timeout: Option<i64>,
    /// The heartbeat interval in seconds.
    pub(in crate::simulate) heartbeat: Option<i64>,
    /// Its outcome, once it has ended.
    pub(in crate::simulate) outcome: Option<Result<Value, StateError>>,
    /// The execution that it waits for.
    pub(in crate::simulate) child: Option<RunId>,
}

impl TaskRun {
    /// The effective timeout in milliseconds.
    pub(in crate::simulate) fn limit(&self) -> Option<i64> {
        let beat = self
            .heartbeat
            .filter(|_| matches!(self.planned.completion, Completion::Timeout));
        let seconds = [self.timeout, beat].into_iter().flatten().min();
        seconds.map(|s| s.saturating_mul(1000))
    }

    /// Milliseconds from the task's start to its end.
    pub(in crate::simulate) fn delay(&self) -> i64 {
        let duration = self.planned.duration;
        match (&self.planned.completion, self.limit()) {
            (Completion::Timeout, None) if duration > 0 => duration,
            (Completion::Timeout, limit) => limit.unwrap_or(i64::from(defaults::TIMEOUT_SECONDS) * 1000),
            (_, Some(limit)) => duration.min(limit),
            (_, None) => duration,
        }
    }

    /// Whether it times out.
    pub(in crate::simulate) fn is_late(&self) -> bool {
        matches!(self.planned.completion, Completion::Timeout)
            || self.limit().is_some_and(|limit| self.planned.duration > limit)
    }

    pub(in crate::simulate) fn outcome(&mut self) -> Result<Value, StateError> {
        if self.is_late() {
            let beat = self
                .heartbeat
                .filter(|_| matches!(self.planned.completion, Completion::Timeout));
            return Err(StateError {
                is_missed_heartbeat: beat.is_some_and(|beat| self.timeout.is_none_or(|limit| beat < limit)),
                ..StateError::timeout()
            });
        }
        match std::mem::replace(&mut self.planned.completion, Completion::Timeout) {
            Completion::Return(value) => {
                self.planned.completion = Completion::Return(Value::Null);
                Ok(value)
            }
            Completion::Throw(data) => {
                self.planned.completion = Completion::Throw(ErrorData::default());
                Err(StateError::new(data))
            }
            Completion::Timeout | Completion::Child(_) => Err(StateError::timeout()),
        }
    }
}
