//! The reasons why a machine has no price.

use crate::prose;
use std::fmt;

/// Why no price can be put on a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unpriceable {
    /// These states, once entered, are never left.
    Endless {
        /// Their names.
        states: Vec<String>,
    },
    /// A scope has no state to start at.
    NoStart {
        /// The scope's JSON pointer; empty for the machine itself.
        pointer: String,
    },
    /// An execution has more transitions, children or GB-seconds than 1e12.
    TooMany,
}

impl fmt::Display for Unpriceable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Endless { states } => {
                let states = prose::abridged_list(states, 5);
                write!(f, "An execution never leaves {states}, so it has no price")
            }
            Self::NoStart { pointer } if pointer.is_empty() => {
                f.write_str("`StartAt` names no state, so there is nothing to price")
            }
            Self::NoStart { pointer } => write!(
                f,
                "`StartAt` of `{pointer}` names no state, so there is nothing to price"
            ),
            Self::TooMany => {
                f.write_str("An execution uses more than 1,000,000,000,000 transitions or GB-seconds")
            }
        }
    }
}
