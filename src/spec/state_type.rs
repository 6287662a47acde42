//! The types of states.

use std::fmt;

/// The value of a state's `Type`.
///
/// Source: Amazon States Language specification, "State Types".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateType {
    /// Calls a service, a function, or an activity.
    Task,
    /// Delays the execution.
    Wait,
    /// Passes its input to its output, possibly transformed.
    Pass,
    /// Ends the execution successfully.
    Succeed,
    /// Ends the execution with an error.
    Fail,
    /// Selects the next state by conditions.
    Choice,
    /// Runs branches concurrently.
    Parallel,
    /// Runs the same states for each item of an array.
    Map,
}

impl StateType {
    /// All types, in the order in which AWS lists them in its messages.
    pub const ALL: [Self; 8] = [
        Self::Task,
        Self::Wait,
        Self::Pass,
        Self::Succeed,
        Self::Fail,
        Self::Choice,
        Self::Parallel,
        Self::Map,
    ];

    /// The value of `Type` in a definition, and the prefix of the names of its history events.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Task => "Task",
            Self::Wait => "Wait",
            Self::Pass => "Pass",
            Self::Succeed => "Succeed",
            Self::Fail => "Fail",
            Self::Choice => "Choice",
            Self::Parallel => "Parallel",
            Self::Map => "Map",
        }
    }

    /// The type with this name, which is case-sensitive.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == name)
    }
}

impl fmt::Display for StateType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
