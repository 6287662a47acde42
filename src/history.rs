//! What happened in an execution: AWS's events with AWS's names, numbers and order.
//!
//! Written by simulate, read by cost and render. Data stays what it is ([`Value`]); only a printer turns it into
//! the JSON text that AWS carries it in.
//!
//! [`Value`]: crate::value::Value

mod event;
mod read;
mod time;
mod trace;

pub use event::{ErrorData, Evaluation, Event, EventKind, Scheduled, TaskResource};
pub use read::{Fault, Recorded, read};
pub use time::Time;
pub use trace::{Attempt, Exit, Place, Thread, ThreadId, Trace, Visit, VisitEvent, VisitId};

/// The events of one execution, in order; the ids run from 1 without gaps.
pub type History = Vec<Event>;

/// How an execution ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// It reached an end state.
    Succeeded,
    /// It failed.
    Failed,
    /// It took longer than it may.
    TimedOut,
    /// It was stopped from outside.
    Aborted,
}

impl Status {
    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::TimedOut => "TIMED_OUT",
            Self::Aborted => "ABORTED",
        }
    }
}
