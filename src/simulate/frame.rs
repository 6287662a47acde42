//! Frames: the threads of control of a run. Each has its own current state, retry counters and variables; a
//! branch's or an iteration's has a parent that waits for it.

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
    /// The frame that waits for it: of the Parallel or Map it runs in. None at the top of an execution.
    pub(super) parent: Option<FrameId>,
    /// Which branch or iteration of the parent it is.
    pub(super) index: usize,
    /// Where it is.
    pub(super) state: StateId,
    /// The state's input, before `InputPath`.
    pub(super) input: Value,
    /// The event that its next one follows from.
    pub(super) last: u64,
    /// The event that `…StateEntered` followed from.
    pub(super) before: u64,
    /// `…StateEntered`; 0 before the first state is entered.
    pub(super) entered: u64,
    /// When that was.
    pub(super) entered_at: Time,
    /// Retries in this visit of the state.
    pub(super) retries: u32,
    /// Retries by retrier; empty until the first one.
    pub(super) retried: Vec<u32>,
    /// The variables of its scope.
    pub(super) variables: Object,
    /// What `$$.Map.Item` is in it.
    pub(super) item: Option<Rc<Item>>,
    /// A catcher's own expressions have failed: the state is not retried or caught any more.
    pub(super) handlers_exhausted: bool,
    /// The token of the current attempt of a task.
    pub(super) token: Option<Rc<str>>,
    /// What it waits for.
    pub(super) waiting: Waiting,
}

/// All frames; places of ended ones are used again.
#[derive(Debug, Default)]
pub(super) struct Frames {
    slots: Vec<Slot>,
    free: Vec<u32>,
}

/// A place for a frame. An ended frame's remains stay until the place is used again; only ids of its generation
/// that nobody should hold any more lead there.
#[derive(Debug)]
struct Slot {
    generation: u32,
    is_alive: bool,
    frame: Frame,
}

impl Frame {
    /// A frame about to enter a state.
    pub(super) fn new(run: RunId, state: StateId, input: Value, last: u64) -> Self {
        Self {
            run,
            parent: None,
            index: 0,
            state,
            input,
            last,
            before: 0,
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

    /// Whether it is inside a state, which could be aborted.
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
        // A frame takes more than a hundred bytes: memory ends before 2^32 of them.
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

    /// The most that ever lived at one time.
    pub(super) const fn peak(&self) -> usize {
        self.slots.len()
    }

    /// Ends a frame and gives it away: whatever still waits to wake it will find it gone.
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

/// Ids are made by [`Frames::add`] alone and places are never taken away, so every id has a place.
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
