//! The context of a running state: its compiled form, its frame, and the parts of the simulation.

use super::bindings::StateOutput;
use super::evaluator::Evaluator;
use super::execution::{Count, NoteKind};
use super::frame::Frame;
use super::ids::{FrameId, RunId};
use super::inspect::Point;
use super::journal::Journal;
use super::observer::StateEvent;
use super::plan::{Exit, Plan, State};
use super::scheduler::{Scheduler, Wake};
use super::state_error::StateError;
use super::waiting::Waiting;
use crate::expr::Randomness;
use crate::history::{EventKind, Time};
use crate::value::Value;
use std::rc::Rc;

/// AWS's message for a state without a next state, and for a Choice without a matching rule.
pub(super) const NO_NEXT_STATE: &str =
    "Failed to transition out of the state. The state does not point to a next state.";

/// How a frame continues.
#[derive(Debug)]
pub(super) enum Control {
    /// It waits until it is woken.
    Wait,
    /// It enters its state.
    Enter,
    /// It leaves its state with this output.
    Leave(StateOutput, Exit),
    /// It has reached the end of its scope with this output. Only the engine ends frames; states return `Leave`.
    End(Value),
}

/// The context of a running state.
pub(super) struct StateCx<'e, 'w> {
    pub(super) scheduler: &'e mut Scheduler,
    pub(super) journal: &'e mut Journal<'w>,
    pub(super) evaluator: &'e mut Evaluator<'w>,
    /// The execution.
    pub(super) run: RunId,
    /// The frame that is in the state.
    pub(super) id: FrameId,
    /// The state.
    pub(super) state: &'w State,
}

impl<'w> StateCx<'_, 'w> {
    /// The machine.
    pub(super) fn plan(&self) -> &'w Rc<Plan> {
        self.journal.runs[self.run].plan
    }

    /// The frame.
    pub(super) fn frame(&self) -> &Frame {
        &self.scheduler.frames[self.id]
    }

    /// The frame, mutably.
    pub(super) fn frame_mut(&mut self) -> &mut Frame {
        &mut self.scheduler.frames[self.id]
    }

    /// The state's input, before `InputPath`.
    pub(super) fn input(&self) -> Value {
        self.frame().input.clone()
    }

    /// The current time.
    pub(super) const fn now(&self) -> Time {
        self.scheduler.now()
    }

    /// The world's randomness.
    pub(super) fn randomness(&mut self) -> &mut dyn Randomness {
        self.evaluator.world.randomness()
    }

    /// Records an event of the execution and returns its id.
    pub(super) fn emit(&mut self, previous: u64, kind: impl FnOnce() -> EventKind) -> u64 {
        self.journal.emit(self.run, self.scheduler.now(), previous, kind)
    }

    /// Records an event that follows from the frame's last one, and makes it the last one.
    pub(super) fn emit_next(&mut self, kind: impl FnOnce() -> EventKind) {
        let event = self.emit(self.frame().last_event, kind);
        self.frame_mut().last_event = event;
    }

    /// Adds a note on the state.
    pub(super) fn add_note(&mut self, kind: impl FnOnce() -> NoteKind) {
        let frame = &self.scheduler.frames[self.id];
        self.journal.add_note(frame, self.scheduler.now(), kind);
    }

    /// Updates the counts of the state.
    pub(super) fn count(&mut self, add: impl FnOnce(&mut Count)) {
        let state = self.frame().state;
        self.journal.count(self.run, state, add);
    }

    /// Shows what happened to the observer, if there is one.
    pub(super) fn observe(&mut self, what: impl FnOnce() -> StateEvent) {
        let state = self.frame().state;
        self.journal.observe(self.run, (self.id, state), what);
    }

    /// Notes the number of items with which a Map starts.
    pub(super) fn start_items(&mut self, items: usize) {
        let state = self.frame().state;
        self.journal.allow_items(self.run, state, items);
        self.observe(|| StateEvent::Mapped(items));
    }

    /// Shows a value to the inspector, if there is one.
    pub(super) fn inspect(&mut self, point: Point, value: &Value) {
        self.evaluator.inspect(point, self.state, value);
    }

    /// Fails if the value of `Parameters` or `Arguments` exceeds the maximum size of a payload.
    ///
    /// Source: developer guide, "Error names": `States.DataLimitExceeded`. The message is the one recorded for results.
    pub(super) fn check_arguments(&mut self, arguments: &Value) -> Result<(), StateError> {
        if self.state.data.arguments.is_some() {
            self.evaluator.check_size(arguments, &self.state.name)?;
        }
        Ok(())
    }

    /// Lets the frame wait until it is woken.
    pub(super) fn wait(&mut self, waiting: Waiting) -> Control {
        self.frame_mut().waiting = waiting;
        Control::Wait
    }

    /// Lets the frame wait for a delay.
    pub(super) fn sleep(&mut self, waiting: Waiting, millis: i64) -> Control {
        self.scheduler.sleep(self.id, waiting, millis);
        Control::Wait
    }

    /// Lets the frame wait until a time.
    pub(super) fn sleep_until(&mut self, waiting: Waiting, time: Time) -> Control {
        self.frame_mut().waiting = waiting;
        self.scheduler.clock.at(time, Wake::Frame(self.id));
        Control::Wait
    }

    /// Leaves the state through its `Next` or `End`.
    pub(super) const fn leave(&self, output: StateOutput) -> Control {
        Control::Leave(output, self.state.exit)
    }
}
