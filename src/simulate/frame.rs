//! Frames: the threads of control of an execution. Each has its own current state, retry counters, and variables; the
//! frame of a branch or an iteration has a parent that waits for it.

use super::ids::{FrameId, RunId};
use super::item::Item;
use super::plan::StateId;
use super::waiting::Waiting;
use crate::history::Time;
use crate::value::{Object, Value};
use std::rc::Rc;

/// One thread of control.
#[derive(Debug)]
pub(super) struct Frame {
    /// The execution it belongs to.
    pub(super) run: RunId,
    /// The frame of the Parallel or Map that waits for it; `None` at the top level.
    pub(super) parent: Option<FrameId>,
    /// The index of the branch or iteration.
    pub(super) index: usize,
    /// The current state.
    pub(super) state: StateId,
    /// The state's input, before `InputPath`.
    pub(super) input: Value,
    /// The last event, which the next one follows from.
    pub(super) last_event: u64,
    /// The event that `…StateEntered` follows from.
    pub(super) event_before: u64,
    /// `…StateEntered`; 0 before the first state is entered.
    pub(super) entered: u64,
    /// The time of `…StateEntered`.
    pub(super) entered_at: Time,
    /// Retries since the state was entered.
    pub(super) retries: u32,
    /// Retries by retrier; empty until the first one.
    pub(super) retried: Vec<u32>,
    /// The variables of its scope.
    pub(super) variables: Object,
    /// The value of `$$.Map.Item`.
    pub(super) item: Option<Rc<Item>>,
    /// An error has been caught: further errors of the state are neither retried nor caught.
    pub(super) handlers_exhausted: bool,
    /// The token of the current attempt of a task.
    pub(super) token: Option<Rc<str>>,
    /// What it waits for.
    pub(super) waiting: Waiting,
}

/// An arena of frames; the slots of ended frames are reused.
#[derive(Debug, Default)]
pub(super) struct Frames {
    slots: Vec<Slot>,
    free: Vec<u32>,
}

/// A slot for a frame. An ended frame stays readable until its slot is reused; ids of an older generation do not
/// refer to a living frame.
#[derive(Debug)]
struct Slot {
    generation: u32,
    is_alive: bool,
    frame: Frame,
}

impl Frame {
    /// Creates a frame that is about to enter a state.
    pub(super) fn new(run: RunId, state: StateId, input: Value, last_event: u64) -> Self {
        Self {
            run,
            parent: None,
            index: 0,
            state,
            input,
            last_event,
            event_before: 0,
            entered: 0,
            entered_at: Time::default(),
            retries: 0,
            retried: Vec::new(),
            variables: Object::default(),
            item: None,
            handlers_exhausted: false,
            token: None,
            waiting: Waiting::Enter,
        }
    }

    /// Whether it is inside a state that could be aborted.
    pub(super) const fn is_inside(&self) -> bool {
        self.entered != 0 && !matches!(self.waiting, Waiting::Enter)
    }
}

impl Frames {
    pub(super) fn add(&mut self, frame: Frame) -> FrameId {
        if let Some(at) = self.free.pop()
            && let Some(slot) = self.slots.get_mut(at as usize)
        {
            slot.frame = frame;
            slot.is_alive = true;
            return FrameId {
                at,
                generation: slot.generation,
            };
        }
        // A frame has more than a hundred bytes, so that 2^32 of them do not fit in memory.
        let at = u32::try_from(self.slots.len()).unwrap_or(u32::MAX);
        self.slots.push(Slot {
            generation: 0,
            is_alive: true,
            frame,
        });
        FrameId { at, generation: 0 }
    }

    /// Whether the frame has not ended.
    pub(super) fn is_alive(&self, id: FrameId) -> bool {
        let slot = &self.slots[id.at as usize];
        slot.is_alive && slot.generation == id.generation
    }

    /// The largest number of frames that existed at the same time.
    pub(super) const fn peak(&self) -> usize {
        self.slots.len()
    }

    /// Removes a frame. Wake-ups that are still queued for it are ignored.
    pub(super) fn remove(&mut self, id: FrameId) -> Option<Frame> {
        if !self.is_alive(id) {
            return None;
        }
        let slot = &mut self.slots[id.at as usize];
        slot.generation = slot.generation.wrapping_add(1);
        slot.is_alive = false;
        self.free.push(id.at);
        let ended = Frame::new(slot.frame.run, slot.frame.state, Value::Null, 0);
        Some(std::mem::replace(&mut slot.frame, ended))
    }
}

/// Ids are created by [`Frames::add`] alone, and slots are never removed, so that every id has a slot.
impl std::ops::Index<FrameId> for Frames {
    type Output = Frame;

    fn index(&self, id: FrameId) -> &Frame {
        &self.slots[id.at as usize].frame
    }
}

impl std::ops::IndexMut<FrameId> for Frames {
    fn index_mut(&mut self, id: FrameId) -> &mut Frame {
        &mut self.slots[id.at as usize].frame
    }
}
