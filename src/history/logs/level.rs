//! Log levels.

use crate::history::EventKind;
use crate::spec::StateType;

/// The level of a state machine's logging configuration: which events its log group receives.
///
/// Source: Step Functions developer guide, "Log levels for Step Functions execution events".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum LogLevel {
    /// No events.
    Off,
    /// The ends of unsuccessful executions.
    Fatal,
    /// Errors, and what is logged at `FATAL`.
    Error,
    /// All events.
    #[default]
    All,
}

impl LogLevel {
    /// Whether events of this kind are logged. Events of activities and Map Runs, which the guide does not list, are logged
    /// like those of other tasks and Maps.
    pub const fn includes(self, kind: &EventKind) -> bool {
        match self {
            Self::Off => false,
            Self::Fatal => is_fatal(kind),
            Self::Error => is_fatal(kind) || is_error(kind),
            Self::All => true,
        }
    }
}

const fn is_fatal(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::ExecutionAborted(_) | EventKind::ExecutionFailed(_) | EventKind::ExecutionTimedOut(_)
    )
}

const fn is_error(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::StateEntered {
            state_type: StateType::Fail,
            ..
        } | EventKind::StateAborted { .. }
            | EventKind::TaskFailed { .. }
            | EventKind::TaskTimedOut { .. }
            | EventKind::ParallelStateFailed
            | EventKind::MapStateFailed
            | EventKind::MapIterationFailed { .. }
            | EventKind::MapIterationAborted { .. }
            | EventKind::MapRunFailed(_)
    )
}
