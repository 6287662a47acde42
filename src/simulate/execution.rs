//! The result of an execution.

use super::identity::Identity;
use super::limits::Sizes;
use super::plan::{Plan, StateId};
use crate::history::{ErrorData, History, Status, Time};
use crate::spec::WorkflowType;
use crate::value::Value;
use std::rc::Rc;

/// An execution that has ended.
#[derive(Debug)]
pub struct Execution {
    /// Its name and ARNs.
    pub identity: Identity,
    /// How it ended.
    pub status: Status,
    /// Its output, if it succeeded or was stopped by `until`.
    pub output: Option<Value>,
    /// Error and cause, if it did not succeed.
    pub error: Rc<ErrorData>,
    /// Its input.
    pub input: Value,
    /// When it started.
    pub start: Time,
    /// When it ended.
    pub stop: Time,
    /// Its events; empty without [`super::Options::record_events`].
    pub history: History,
    /// The states entered at the top level, in order.
    pub path: Vec<StateId>,
    /// Counts for each state of the machine's own plan.
    pub counts: Vec<Count>,
    /// State transitions, including retries, at every depth; those of child executions are not included.
    pub transitions: u64,
    /// Details that the events do not contain; empty without [`super::Options::record_events`].
    pub notes: Vec<Note>,
    /// The Map Runs that were started, in order.
    pub map_runs: Vec<MapRun>,
    /// The executions that tasks started and waited for, at every depth; empty without [`super::Options::record_events`].
    pub nested: Vec<Nested>,
    /// The innermost state whose failure ended the execution.
    pub failed_in: Option<StateId>,
    /// Whether it was stopped by [`super::Options::until`].
    pub has_stopped: bool,
    /// Peak memory use.
    pub peak: Peak,
    /// The values measured last. They are freed with the execution: a caller that ends the process instead saves the
    /// time of freeing large ones.
    #[expect(dead_code, reason = "it is only kept")]
    pub(super) sizes: Sizes,
}

impl Execution {
    /// Whether it ended as requested: successfully, or by [`super::Options::until`].
    pub fn has_succeeded(&self) -> bool {
        self.status == Status::Succeeded || self.has_stopped
    }

    /// The billed transitions of the execution and its Map Runs: one for each started child execution, and those of
    /// STANDARD children.
    pub fn billed_transitions(&self) -> u64 {
        let children = self.map_runs.iter().map(|run| {
            let started = run.executions.total - run.executions.pending;
            let own = if run.workflow_type.is_express() {
                0
            } else {
                run.transitions
            };
            u64::try_from(started).unwrap_or(u64::MAX).saturating_add(own)
        });
        children.fold(self.transitions, u64::saturating_add)
    }
}

/// A detail of a state that AWS's events do not contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The `…StateEntered` of the visit.
    pub entered: u64,
    /// The last event before it, of the whole execution.
    pub after: u64,
    /// The time.
    pub time: Time,
    /// What.
    pub kind: NoteKind,
}

/// What happened in a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoteKind {
    /// A Choice selected the rule with this index; `None` for `Default`.
    Decided(Option<usize>),
    /// The execution that a task waited for has ended: an index into [`Execution::nested`].
    Ran(usize),
    /// The state failed and is retried.
    Retried {
        /// The error and its cause.
        error: Rc<ErrorData>,
        /// The delay before the retry, in milliseconds.
        delay: i64,
    },
    /// The state failed, and a catcher handled the error.
    Caught {
        /// The error and its cause.
        error: Rc<ErrorData>,
        /// The index of the catcher.
        catcher: usize,
    },
    /// The state failed, and no handler matched.
    Failed {
        /// The error and its cause.
        error: Rc<ErrorData>,
    },
}

/// The peak use of memory, which determines the price of an Express execution.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Peak {
    /// Frames that existed at the same time: states, branches, and iterations.
    pub frames: usize,
    /// Bytes of the largest payload at the top level.
    pub outer_bytes: usize,
    /// Bytes of the largest payload inside a branch or an iteration.
    pub inner_bytes: usize,
}

impl Peak {
    /// Records the size of a payload.
    pub(super) fn record(&mut self, is_inner: bool, bytes: usize) {
        let most = if is_inner {
            &mut self.inner_bytes
        } else {
            &mut self.outer_bytes
        };
        *most = bytes.max(*most);
    }

    /// An upper bound for the bytes of all payloads at one time.
    pub fn bytes(&self) -> usize {
        let inner = self.frames.saturating_sub(1).saturating_mul(self.inner_bytes);
        self.outer_bytes.saturating_add(inner)
    }
}

/// What happened in a state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Times it was entered.
    pub entered: u64,
    /// Times it was left.
    pub exited: u64,
    /// Attempts after the first.
    pub retried: u64,
    /// Errors that a catcher handled.
    pub caught: u64,
    /// Errors that no handler of the state matched.
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

/// A Map Run.
#[derive(Debug)]
pub struct MapRun {
    /// Its ARN.
    pub arn: Rc<str>,
    /// The state.
    pub state: Rc<str>,
    /// Its `Label`.
    pub label: Rc<str>,
    /// `MaxConcurrency`; 0 for no limit.
    pub max_concurrency: usize,
    /// Items by status, as `DescribeMapRun` counts them.
    pub items: Tally,
    /// Child executions by status.
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

/// Counts by status, as in `DescribeMapRun`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Not started.
    pub pending: usize,
    /// Running.
    pub running: usize,
    /// Succeeded.
    pub succeeded: usize,
    /// Failed.
    pub failed: usize,
    /// Timed out.
    pub timed_out: usize,
    /// Aborted.
    pub aborted: usize,
    /// The total.
    pub total: usize,
    /// Results written by a `ResultWriter`.
    pub results_written: usize,
}

impl Tally {
    /// Moves items from pending to running.
    pub(super) fn start(&mut self, count: usize) {
        self.pending = self.pending.saturating_sub(count);
        self.running += count;
    }

    /// Moves items from running to a final status.
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
    /// The machine that it ran.
    pub plan: Rc<Plan>,
    /// The execution.
    pub child: Child,
}

/// A child execution that has ended.
#[derive(Debug)]
pub struct Child {
    /// Its name and ARNs.
    pub identity: Identity,
    /// How it ended.
    pub status: Status,
    /// Its input.
    pub input: Value,
    /// Its output, if it succeeded.
    pub output: Option<Value>,
    /// Error and cause, if it did not succeed.
    pub error: Rc<ErrorData>,
    /// When it started.
    pub start: Time,
    /// When it ended.
    pub stop: Time,
    /// Its events; empty without [`super::Options::record_events`].
    pub history: History,
    /// Details that the events do not contain.
    pub notes: Vec<Note>,
}
