//! The origins of data: the part of a script from which a value in a run came.
//!
//! A goal for a value at one point of a run is followed backward through the data flow of the states before it, until it
//! becomes changes of the input or of results of tasks.

use super::path::{Step, get};
use super::script::{Change, Source};
use super::trace::Trace;
use crate::simulate::plan::{Plan, State};
use crate::spec::QueryLanguage;
use crate::value::Value;

/// The value that a reference must have; `None` if it must have none.
pub(super) type Goal = Option<Value>;

/// The changes with which a goal is reached; `None` if none are known.
pub(super) type Changes = Option<Vec<Change>>;

/// The run whose data is followed.
#[derive(Clone, Copy)]
pub(super) struct Origins<'a> {
    pub(super) plan: &'a Plan,
    pub(super) trace: &'a Trace,
    /// The input of the execution.
    pub(super) start: &'a Value,
}

/// What `$` means in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// The input of the state.
    Input,
    /// The input after `InputPath`.
    Effective,
    /// The raw result.
    Result,
    /// The error output.
    Error,
}

/// A field of a visited state.
#[derive(Debug, Clone, Copy)]
pub(super) struct FieldContext {
    pub(super) visit: usize,
    pub(super) base: Base,
    /// The index of the item for which an `ItemSelector` is evaluated.
    pub(super) item: Option<usize>,
}

impl FieldContext {
    pub(super) const fn new(visit: usize, base: Base) -> Self {
        Self {
            visit,
            base,
            item: None,
        }
    }
}

impl<'a> Origins<'a> {
    pub(super) fn state(&self, visit: usize) -> &'a State {
        self.plan.state(self.trace.visits[visit].state)
    }

    pub(super) fn is_jsonata(&self, visit: usize) -> bool {
        self.state(visit).language == QueryLanguage::Jsonata
    }
}

/// A change of a part of the script.
#[expect(
    clippy::unnecessary_wraps,
    reason = "all sources of changes have one signature"
)]
pub(super) fn change(source: Source, steps: &[Step], goal: &Goal) -> Changes {
    Some(vec![Change {
        source,
        steps: steps.to_vec(),
        value: goal.clone(),
    }])
}

/// No changes, if a constant has the value.
pub(super) fn constant(value: &Value, steps: &[Step], goal: &Goal) -> Changes {
    (get(value, steps) == *goal).then(Vec::new)
}
