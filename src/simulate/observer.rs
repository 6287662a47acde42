//! Observation of a run in more detail than events have: which rule, catcher, or retrier applied, and with which data.

use super::ids::FrameId;
use super::plan::StateId;
use crate::history::ErrorData;
use crate::value::{Object, Value};
use std::rc::Rc;

/// An observer of the states of the requested machine, its Map Runs included, but not of other machines that tasks start.
pub trait Observer {
    /// Receives what happened in a state.
    fn observe(&mut self, place: StateLocation, what: StateEvent);
}

/// The state in which something happened, and the thread of control that is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StateLocation {
    /// The thread: the execution itself, a branch, an iteration, or a child workflow. Never used again after its end.
    pub thread: u64,
    /// The state.
    pub state: StateId,
}

/// What happened in a state.
#[derive(Debug, Clone)]
pub enum StateEvent {
    /// It was entered.
    Entered {
        /// Its input, before `InputPath`.
        input: Value,
        /// The thread of the enclosing Parallel or Map, and the index of the branch or item.
        within: Option<(u64, usize)>,
    },
    /// A task is about to be called.
    Called,
    /// A Map starts to process this number of items.
    Mapped(usize),
    /// The branch of this index has ended successfully.
    Finished(usize),
    /// A task has reached its time limit.
    TimedOut,
    /// The state failed; a handler may follow.
    Failed {
        /// The error and its cause.
        error: Rc<ErrorData>,
        /// Whether an expression of the state itself failed.
        is_evaluation: bool,
    },
    /// The retrier of this index repeats the state.
    Retried(usize),
    /// The retrier of this index matches the error, but has no attempts left.
    Exhausted(usize),
    /// The catcher of this index handles the error.
    Caught(usize),
    /// The Choice has selected the rule of this index; `None` for `Default`.
    Decided(Option<usize>),
    /// It was left.
    Left {
        /// Its output.
        output: Value,
        /// The variables that it assigned.
        assigned: Option<Rc<Object>>,
    },
}

impl FrameId {
    /// The number of the thread, which differs from those of all other frames of the run.
    pub(super) fn thread(self) -> u64 {
        u64::from(self.generation) << 32 | u64::from(self.at)
    }
}
