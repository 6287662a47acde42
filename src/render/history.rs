//! How an execution looks: as AWS's events, as a summary for programs, as a timeline for people; and how many
//! executions look together.

mod aws;
mod departure;
mod distribution;
mod failure;
mod json;
mod phrase;
mod timeline;

use crate::asl::Machine;
use crate::simulate::{Execution, Plan};
use std::rc::Rc;

pub use aws::{Origin, events};
pub use departure::{Replay, departure, replay_json};
pub use distribution::{distribution, distribution_json};
pub use failure::failure;
pub use json::summary;
pub use timeline::timeline;

/// An execution under report.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// What it came to.
    pub execution: &'a Execution,
    /// The machine it ran, ready to run.
    pub plan: &'a Plan,
    /// The machine as it was read.
    pub machine: &'a Machine<'a>,
    /// What of it is billed.
    pub bill: Bill,
    /// The state after which it was to stop.
    pub until: Option<&'a str>,
    /// The states whose tasks no mock answered.
    pub unmocked: &'a [Rc<str>],
    /// Things worth knowing that are no failures.
    pub warnings: &'a [String],
}

/// What AWS bills of an execution; of its Map Runs' children too, but not of executions that its tasks start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bill {
    /// State transitions. For a machine of type EXPRESS, those of its children of type STANDARD alone are charged.
    pub transitions: u64,
    /// Duration and memory of a machine of type EXPRESS.
    pub express: Option<ExpressBill>,
}

/// What AWS bills of an Express execution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpressBill {
    /// Milliseconds, rounded up to the next 100.
    pub duration_ms: u64,
    /// Megabytes, rounded up to the next 64.
    pub memory_mb: u64,
}
