//! Attempts of a task, or of the branches or iterations of a Parallel or Map.

use super::visit::Visit;
use crate::history::{ErrorData, EventKind, Time};

/// An attempt of a state.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'h> {
    /// Its start time.
    pub start: Time,
    /// The time of its end, or of its last event.
    pub stop: Time,
    /// Its error, if it failed.
    pub error: Option<&'h ErrorData>,
}

impl EventKind {
    /// Whether an attempt starts with this event.
    pub(super) const fn starts_attempt(&self) -> bool {
        matches!(
            self,
            Self::TaskScheduled(_) | Self::ParallelStateStarted | Self::MapStateStarted { .. }
        )
    }

    /// Whether an attempt ends with this event.
    const fn ends_attempt(&self) -> bool {
        matches!(
            self,
            Self::TaskSucceeded { .. }
                | Self::TaskFailed { .. }
                | Self::TaskTimedOut { .. }
                | Self::ParallelStateSucceeded
                | Self::ParallelStateFailed
                | Self::MapStateSucceeded
                | Self::MapStateFailed
        )
    }

    /// Whether an attempt fails with this event.
    const fn fails_attempt(&self) -> bool {
        matches!(
            self,
            Self::TaskFailed { .. }
                | Self::TaskTimedOut { .. }
                | Self::MapRunFailed(_)
                | Self::ParallelStateFailed
                | Self::MapStateFailed
        )
    }

    /// The error of a state after this event, where it was `error` before. The failures of a Parallel and a Map do not
    /// carry one: it is that of the Map Run, or unknown.
    fn error_after<'h>(&'h self, error: Option<&'h ErrorData>) -> Option<&'h ErrorData> {
        match self {
            Self::TaskFailed { data, .. } | Self::TaskTimedOut { data, .. } | Self::MapRunFailed(data) => {
                Some(data)
            }
            Self::ParallelStateFailed | Self::MapStateFailed => error.or(Some(&ErrorData::UNKNOWN)),
            Self::EvaluationFailed(evaluation) => Some(&evaluation.data),
            kind if kind.starts_attempt() => None,
            _ => error,
        }
    }
}

impl<'h> Visit<'h> {
    /// Its attempts, in order.
    pub fn attempts(&self) -> Vec<Attempt<'h>> {
        let mut attempts: Vec<Attempt<'h>> = Vec::new();
        let mut error = None;
        let mut is_over = true;
        for event in self.own_events() {
            if let Some(attempt) = attempts.last_mut().filter(|_| !is_over) {
                attempt.stop = event.time;
            }
            is_over |= event.kind.ends_attempt();
            if event.kind.starts_attempt() {
                is_over = false;
                attempts.push(Attempt {
                    start: event.time,
                    stop: event.time,
                    error: None,
                });
            }
            error = event.kind.error_after(error);
            if let Some(attempt) = attempts.last_mut().filter(|_| event.kind.fails_attempt()) {
                attempt.error = error;
            }
        }
        if let (Some(attempt), Some(exit), false) = (attempts.last_mut(), &self.exit, is_over) {
            attempt.stop = exit.time;
        }
        attempts
    }

    /// The error of its last attempt, or of the evaluation of its result; `None` if it succeeded.
    pub fn error(&self) -> Option<&'h ErrorData> {
        self.own_events()
            .fold(None, |error, event| event.kind.error_after(error))
    }
}
