//! What an execution came to.

use super::identity::Identity;
use super::plan::{Plan, StateId};
use crate::history::{ErrorData, History, Status, Time};
use crate::spec::WorkflowType;
use crate::value::Value;
use std::rc::Rc;

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
    /// What its events do not tell; empty where no events were asked for.
    pub notes: Vec<Note>,
    /// The Map Runs it started, in order.
    pub map_runs: Vec<MapRun>,
    /// The executions that its tasks started and waited for, at every depth; none where no events were asked for.
    pub nested: Vec<Nested>,
    /// The states whose failure ended it: the innermost one.
    pub failed_in: Option<StateId>,
    /// Whether it was ended where [`super::Options::until`] says.
    pub has_stopped: bool,
    /// What it held at one time.
    pub peak: Peak,
}

/// What happened in a state that AWS's events do not tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The `…StateEntered` of the visit.
    pub entered: u64,
    /// The last event before it, of the whole execution.
    pub after: u64,
    /// When.
    pub time: Time,
    /// What.
    pub kind: NoteKind,
}

/// What happened in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteKind {
    /// A Choice took this rule, from 0; `None` for `Default`.
    Decided(Option<usize>),
    /// The execution that a task waited for has ended: an index into [`Execution::nested`].
    Ran(usize),
    /// It failed and is tried again.
    Retried {
        /// What it failed with.
        error: Rc<ErrorData>,
        /// Milliseconds before it is tried again.
        delay: i64,
    },
    /// It failed, and this catcher, from 0, took the error.
    Caught {
        /// What it failed with.
        error: Rc<ErrorData>,
        /// The catcher.
        catcher: usize,
    },
    /// It failed for good.
    Failed {
        /// What it failed with.
        error: Rc<ErrorData>,
    },
}

/// The most that an execution held at one time, on which the memory of an Express execution rests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Peak {
    /// States, branches and iterations under way.
    pub steps: usize,
    /// Bytes of the largest payload at the top level.
    pub outer_bytes: usize,
    /// Bytes of the largest payload inside a branch or an iteration.
    pub inner_bytes: usize,
}

impl Peak {
    /// Notes a payload that is passed on.
    pub(super) fn record(&mut self, is_inner: bool, bytes: usize) {
        let most = if is_inner {
            &mut self.inner_bytes
        } else {
            &mut self.outer_bytes
        };
        *most = bytes.max(*most);
    }

    /// Bytes of all payloads under way, at most.
    pub fn bytes(&self) -> usize {
        let inner = self.steps.saturating_sub(1).saturating_mul(self.inner_bytes);
        self.outer_bytes.saturating_add(inner)
    }
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

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.entered += other.entered;
        self.exited += other.exited;
        self.retried += other.retried;
        self.caught += other.caught;
        self.failed += other.failed;
    }
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
    /// The type of its children.
    pub workflow_type: WorkflowType,
    /// Transitions of its children.
    pub transitions: u64,
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

impl Tally {
    /// Moves so many from pending to running.
    pub(super) fn start(&mut self, count: usize) {
        self.pending = self.pending.saturating_sub(count);
        self.running += count;
    }

    /// Moves so many from running to how they ended.
    pub(super) fn end(&mut self, count: usize, status: Status) {
        self.running = self.running.saturating_sub(count);
        *match status {
            Status::Succeeded => &mut self.succeeded,
            Status::Failed => &mut self.failed,
            Status::TimedOut => &mut self.timed_out,
            Status::Aborted => &mut self.aborted,
        } += count;
    }
}

/// An execution that a task started and waited for.
#[derive(Debug)]
pub struct Nested {
    /// The machine it ran.
    pub plan: Rc<Plan>,
    /// What it came to.
    pub child: Child,
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
    /// What its events do not tell.
    pub notes: Vec<Note>,
}
