//! A running execution: the requested one, a child of a Distributed Map, or one that a task started.

use super::execution::{Child, Note};
use super::identity::Identity;
use super::ids::{FrameId, RunId};
use super::plan::Plan;
use crate::history::{ErrorData, History, Status, Time};
use crate::value::Value;
use std::ops::{Index, IndexMut};
use std::rc::Rc;

/// A running execution.
pub(super) struct Run<'w> {
    pub(super) plan: &'w Rc<Plan>,
    pub(super) identity: Identity,
    pub(super) input: Value,
    pub(super) start: Time,
    /// `Execution` and `StateMachine` of the context object, once something reads them.
    pub(super) context: Option<(Value, Value)>,
    /// States entered and attempts repeated.
    pub(super) transitions: u64,
    pub(super) notes: Vec<Note>,
    /// What waits for it.
    pub(super) starter: Starter,
    /// The top frame, while it runs.
    pub(super) root: Option<FrameId>,
    /// The id of its next event.
    pub(super) next_id: u64,
    pub(super) events: History,
    /// The history has reached its maximum size: the execution ends at the next opportunity.
    pub(super) is_full: bool,
    pub(super) end: Option<Ending>,
}

/// What waits for an execution.
#[derive(Debug, Clone, Copy)]
pub(super) enum Starter {
    /// The caller of the simulator.
    User,
    /// A Distributed Map, for its child with this index.
    Map(FrameId, usize),
    /// A Task that started the execution and waits for its end.
    Task(FrameId),
    /// Nothing: the starter does not wait.
    Nobody,
}

/// How an execution ended.
#[derive(Debug, Clone)]
pub(super) struct Ending {
    pub(super) status: Status,
    pub(super) output: Option<Value>,
    pub(super) error: Rc<ErrorData>,
    pub(super) stop: Time,
}

/// All executions of a simulation, in the order in which they started. None is removed while the simulation runs.
#[derive(Default)]
pub(super) struct Runs<'w>(Vec<Run<'w>>);

impl<'w> Runs<'w> {
    /// Adds an execution.
    pub(super) fn add(&mut self, run: Run<'w>) -> RunId {
        self.0.push(run);
        RunId(self.0.len() - 1)
    }

    /// Takes the first execution, after the simulation.
    pub(super) fn take_first(&mut self) -> Option<Run<'w>> {
        (!self.0.is_empty()).then(|| self.0.swap_remove(0))
    }
}

impl<'w> Index<RunId> for Runs<'w> {
    type Output = Run<'w>;

    fn index(&self, id: RunId) -> &Run<'w> {
        &self.0[id.0]
    }
}

impl<'w> IndexMut<RunId> for Runs<'w> {
    fn index_mut(&mut self, id: RunId) -> &mut Run<'w> {
        &mut self.0[id.0]
    }
}

impl Run<'_> {
    /// Takes the result of an execution with this outcome.
    pub(super) fn take_child(&mut self, end: Ending) -> Child {
        self.context = None;
        Child {
            identity: self.identity.clone(),
            status: end.status,
            input: std::mem::take(&mut self.input),
            output: end.output,
            error: end.error,
            start: self.start,
            stop: end.stop,
            history: std::mem::take(&mut self.events),
            notes: std::mem::take(&mut self.notes),
        }
    }
}
