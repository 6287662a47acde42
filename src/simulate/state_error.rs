//! Errors of states, which a machine can retry and catch.

use super::world::Error;
use crate::asl::semantics::error_match;
use crate::expr::EvalError;
use crate::history::ErrorData;
use crate::spec::error_name;
use crate::value::{Object, Value};
use std::rc::Rc;

/// An error of a state, which can be retried and caught.
#[derive(Debug, Clone)]
pub(super) struct StateError {
    /// Its name and cause.
    pub(super) data: Rc<ErrorData>,
    /// It cannot be caught, since the interpreter itself cannot continue.
    pub(super) is_fatal: bool,
    /// It is a missed heartbeat, which two error names match.
    pub(super) is_missed_heartbeat: bool,
}

impl StateError {
    /// An error that a resource or a state reports.
    pub(super) fn new(data: ErrorData) -> Self {
        let is_fatal = data.error.as_deref() == Some(error_name::RUNTIME);
        Self {
            data: Rc::new(data),
            is_fatal,
            is_missed_heartbeat: false,
        }
    }

    /// The error of a Fail state, which can be caught under any name.
    pub(super) fn from_fail_state(data: ErrorData) -> Self {
        Self {
            data: Rc::new(data),
            is_fatal: false,
            is_missed_heartbeat: false,
        }
    }

    /// An error with a name and a cause.
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

    /// Whether one of the names in an `ErrorEquals` matches.
    pub(super) fn is_named_by(&self, names: &[Box<str>]) -> bool {
        names.iter().any(|name| {
            error_match::matches(name, self.name())
                || (self.is_missed_heartbeat && **name == *error_name::HEARTBEAT_TIMEOUT)
        })
    }

    /// The error name; empty for a Fail state without one.
    pub(super) fn name(&self) -> &str {
        self.data.error.as_deref().unwrap_or_default()
    }

    /// The error output for a catcher: `{"Error": …, "Cause": …}`. The missing cause of a timeout is an empty string; both
    /// parts are null if a callback reported neither. Source: recordings of AWS.
    pub(super) fn output(&self) -> Value {
        let is_unknown = *self.data == ErrorData::UNKNOWN;
        let text = |part: &Option<Rc<str>>| {
            if is_unknown {
                Value::Null
            } else {
                Value::String(part.clone().unwrap_or_default())
            }
        };
        let members = [
            ("Error".into(), text(&self.data.error)),
            ("Cause".into(), text(&self.data.cause)),
        ];
        Value::object(Object::from_iter(members))
    }
}

/// The reason why a state could not run.
#[derive(Debug, Clone)]
pub(super) enum StepError {
    /// An expression, a path, or a value of the state is invalid. It is not yet in AWS's wording.
    Evaluation(EvalError),
    /// An error that can be retried and caught.
    State(StateError),
    /// The simulation itself cannot continue.
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

/// The cause of an evaluation error, as AWS words it in an execution; `TestState` returns only the sentence.
pub(super) fn executing(state: &str, entered: u64, sentence: &str) -> Rc<str> {
    format!("An error occurred while executing the state '{state}' (entered at the event id #{entered}). {sentence}")
        .into()
}
