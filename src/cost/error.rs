//! The reasons why no cost can be estimated.

use crate::prose;
use std::fmt;

/// Why the cost of a state machine cannot be estimated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EstimateError {
    /// These states form a loop without an exit.
    InfiniteLoop {
        /// Their names.
        states: Vec<String>,
    },
    /// `StartAt` of a scope references no state.
    NoStart {
        /// JSON pointer of the scope; empty for the state machine itself.
        pointer: String,
    },
    /// An execution has more than [`super::money::MAX_QUANTITY`] transitions, children, or GB-seconds.
    TooMany,
}

impl fmt::Display for EstimateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::InfiniteLoop { states } => {
                let states = prose::abridged_list(states, 5);
                write!(f, "no cost estimate: the loop through {states} has no exit")
            }
            Self::NoStart { pointer } if pointer.is_empty() => {
                f.write_str("no cost estimate: `StartAt` references an undefined state")
            }
            Self::NoStart { pointer } => write!(
                f,
                "no cost estimate: `StartAt` in `{pointer}` references an undefined state"
            ),
            Self::TooMany => f.write_str(
                "no cost estimate: an execution uses more than 1,000,000,000,000 transitions or GB-seconds",
            ),
        }
    }
}
