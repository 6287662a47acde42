//! What an execution came to.

use super::plan::StateId;
use crate::history::{ErrorData, History, Status, Time};
use crate::value::Value;
use std::rc::Rc;

/// Who an execution is.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Its ARN.
    pub arn: Rc<str>,
    /// Its name.
    pub name: Rc<str>,
    /// The ARN of its state machine.
    pub machine_arn: Rc<str>,
    /// The name of its state machine.
    pub machine_name: Rc<str>,
    /// The role it runs in.
    pub role_arn: Rc<str>,
    /// Whether it is of type EXPRESS.
    pub is_express: bool,
}

/// An execution that has ended.
#[derive(Debug)]
pub struct Execution {
    /// Who it is.
    pub identity: Identity,
    /// How it ended.
    pub status: Status,
    /// Its output, where it succeeded.
    pub output: Option<Value>,
    /// Error and cause, where it did not.
    pub error: Rc<ErrorData>,
    /// Its input.
    pub input: Value,
    /// When it started.
    pub start: Time,
    /// When it ended.
    pub stop: Time,
    /// Its events; empty where none were asked for.
    pub history: History,
    /// The states it entered at its top level, in order.
    pub path: Vec<StateId>,
    /// By state, what happened in it; of the machine's own plan.
    pub counts: Vec<Count>,
    /// States entered and task attempts repeated, at every depth, child executions not counted.
    pub transitions: u64,
    /// The Map Runs it started, in order.
    pub map_runs: Vec<MapRun>,
    /// The states whose failure ended it: the innermost one.
    pub failed_in: Option<StateId>,
    /// Things worth knowing that are no failures.
    pub warnings: Vec<String>,
}

/// What happened in a state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Times it was entered.
    pub entered: u64,
    /// Times it was left for another state or the end.
    pub exited: u64,
    /// Attempts after the first.
    pub retried: u64,
    /// Errors that a catcher took.
    pub caught: u64,
    /// Errors that left it.
    pub failed: u64,
}

/// A Distributed Map's run.
#[derive(Debug)]
pub struct MapRun {
    /// Its ARN.
    pub arn: Rc<str>,
    /// The state.
    pub state: Rc<str>,
    /// Its `Label`.
    pub label: Rc<str>,
    /// `MaxConcurrency`; 0 where it has none.
    pub max_concurrency: usize,
    /// Items by how they ended, as `DescribeMapRun` counts them.
    pub items: Tally,
    /// Child executions by how they ended.
    pub executions: Tally,
    /// How it ended.
    pub status: Status,
    /// Its child executions, in order of their items.
    pub children: Vec<Child>,
}

/// Counts as `DescribeMapRun` gives them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Not begun.
    pub pending: usize,
    /// Begun and not ended.
    pub running: usize,
    /// Ended well.
    pub succeeded: usize,
    /// Failed.
    pub failed: usize,
    /// Ran out of time.
    pub timed_out: usize,
    /// Stopped.
    pub aborted: usize,
    /// All.
    pub total: usize,
    /// Results written by a `ResultWriter`.
    pub results_written: usize,
}

/// A child execution that has ended.
#[derive(Debug)]
pub struct Child {
    /// Who it is.
    pub identity: Identity,
    /// How it ended.
    pub status: Status,
    /// Its input.
    pub input: Value,
    /// Its output, where it succeeded.
    pub output: Option<Value>,
    /// Error and cause, where it did not.
    pub error: Rc<ErrorData>,
    /// When it started.
    pub start: Time,
    /// When it ended.
    pub stop: Time,
    /// Its events; empty where none were asked for.
    pub history: History,
}
