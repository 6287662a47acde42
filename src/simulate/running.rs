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
    pub(super) caller: Caller,
    /// The top frame, while it runs.
    pub(super) root: Option<FrameId>,
    /// The id of its next event.
    pub(super) next_id: u64,
    pub(super) events: History,
    /// The history has reached its maximum size: the execution ends at the next opportunity.
    pub(super) is_full: bool,
    pub(super) end: Option<RunResult>,
}

/// What waits for an execution.
#[derive(Debug, Clone, Copy)]
pub(super) enum Caller {
    /// The caller of the simulator.
    User,
    /// A Distributed Map, for its child with this index.
    Map(FrameId, usize),
    /// A Task that started the execution and waits for its end.
    Task(FrameId),
    /// Nothing: the caller does not wait, or has ended.
    Detached,
}

/// How an execution ended.
#[derive(Debug, Clone)]
pub(super) struct RunResult {
    pub(super) status: Status,
    pub(super) output: Option<Value>,
    pub(super) error: Rc<ErrorData>,
    pub(super) stop: Time,
}

/// The executions of a simulation. The slots of children that have been collected are reused.
#[derive(Default)]
pub(super) struct Runs<'w> {
    slots: Vec<Slot<'w>>,
    free: Vec<u32>,
}

/// A slot for an execution, which stays readable until the slot is reused.
struct Slot<'w> {
    generation: u32,
    run: Run<'w>,
}

impl<'w> Runs<'w> {
    /// Adds an execution.
    pub(super) fn add(&mut self, run: Run<'w>) -> RunId {
        if let Some(at) = self.free.pop()
            && let Some(slot) = self.slots.get_mut(at as usize)
        {
            slot.run = run;
            return RunId {
                at,
                generation: slot.generation,
            };
        }
        // As for frames, 2^32 of them do not fit in memory.
        let at = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        self.slots.push(Slot { generation: 0, run });
        RunId { at, generation: 0 }
    }

    /// Frees the slot of an execution that nothing refers to any more, except queued deadlines.
    pub(super) fn free(&mut self, id: RunId) {
        if self.is_kept(id) {
            let slot = &mut self.slots[id.at as usize];
            slot.generation = slot.generation.wrapping_add(1);
            self.free.push(id.at);
        }
    }

    /// Whether the slot of an execution has not been freed.
    pub(super) fn is_kept(&self, id: RunId) -> bool {
        self.slots[id.at as usize].generation == id.generation
    }

    /// Takes the first execution, after the simulation.
    pub(super) fn take_first(&mut self) -> Option<Run<'w>> {
        (!self.slots.is_empty()).then(|| self.slots.swap_remove(0).run)
    }
}

/// Ids are created by [`Runs::add`] alone, and slots are never removed, so that every id has a slot.
impl<'w> Index<RunId> for Runs<'w> {
    type Output = Run<'w>;

    fn index(&self, id: RunId) -> &Run<'w> {
        &self.slots[id.at as usize].run
    }
}

impl<'w> IndexMut<RunId> for Runs<'w> {
    fn index_mut(&mut self, id: RunId) -> &mut Run<'w> {
        &mut self.slots[id.at as usize].run
    }
}

impl Run<'_> {
    /// Takes the result of an execution with this outcome.
    pub(super) fn take_child(&mut self, end: RunResult) -> Child {
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
