//! Failures: errors of the simulated world, which a machine may retry and catch.

use super::world::Error;
use crate::asl::semantics::error_match;
use crate::expr::EvalError;
use crate::history::ErrorData;
use crate::spec::error_name;
use crate::value::{Object, Value};
use std::rc::Rc;

/// A failure on its way to whoever handles it.
#[derive(Debug, Clone)]
pub(super) struct StateError {
    /// Its name and cause.
    pub(super) data: Rc<ErrorData>,
    /// Nothing catches it: the interpreter itself cannot go on.
    pub(super) is_fatal: bool,
    /// It is a heartbeat that was missed: two names catch it.
    pub(super) is_missed_heartbeat: bool,
}

impl StateError {
    /// A failure that a resource or a state reports, with its own words.
    pub(super) fn new(data: ErrorData) -> Self {
        let is_fatal = data.error.as_deref() == Some(error_name::RUNTIME);
        Self {
            data: Rc::new(data),
            is_fatal,
            is_missed_heartbeat: false,
        }
    }

    /// The error of a Fail state: whatever name it gives, it can be caught.
    pub(super) fn from_fail_state(data: ErrorData) -> Self {
        Self {
            data: Rc::new(data),
            is_fatal: false,
            is_missed_heartbeat: false,
        }
    }

    /// A failure with a name and a cause.
    pub(super) fn named(error: &str, cause: impl Into<Rc<str>>) -> Self {
        Self::new(ErrorData {
            error: Some(error.into()),
            cause: Some(cause.into()),
        })
    }

    /// `States.Timeout`, which has no cause.
    pub(super) fn timeout() -> Self {
        Self::new(ErrorData {
            error: Some(error_name::TIMEOUT.into()),
            cause: None,
        })
    }

    /// Whether one of the names in an `ErrorEquals` is for it.
    pub(super) fn is_named_by(&self, names: &[Box<str>]) -> bool {
        names.iter().any(|name| {
            error_match::matches(name, self.name())
                || (self.is_missed_heartbeat && **name == *error_name::HEARTBEAT_TIMEOUT)
        })
    }

    /// The name, or nothing where a Fail state gave none.
    pub(super) fn name(&self) -> &str {
        self.data.error.as_deref().unwrap_or_default()
    }

    /// What a catcher hands on: `{"Error": …, "Cause": …}`. What is missing is an empty text.
    pub(super) fn output(&self) -> Value {
        let text = |part: &Option<Rc<str>>| Value::String(part.clone().unwrap_or_default());
        let members = [
            ("Error".into(), text(&self.data.error)),
            ("Cause".into(), text(&self.data.cause)),
        ];
        Value::object(Object::from_iter(members))
    }
}

/// What went wrong while a state ran, before it is worded as AWS does.
#[derive(Debug, Clone)]
pub(super) enum StepError {
    /// An expression, a path or a value of the state.
    Evaluation(EvalError),
    /// An error with words of its own.
    State(StateError),
    /// The simulation itself cannot go on.
    Simulation(Error),
}

impl From<Error> for StepError {
    fn from(error: Error) -> Self {
        Self::Simulation(error)
    }
}

impl From<EvalError> for StepError {
    fn from(fault: EvalError) -> Self {
        Self::Evaluation(fault)
    }
}

impl From<StateError> for StepError {
    fn from(error: StateError) -> Self {
        Self::State(error)
    }
}

/// The cause of a fault as AWS words it in an execution; `TestState` gives the sentence alone.
pub(super) fn executing(state: &str, entered: u64, sentence: &str) -> Rc<str> {
    format!("An error occurred while executing the state '{state}' (entered at the event id #{entered}). {sentence}")
        .into()
}
