//! The virtual clock, and the frames that it wakes.

use super::clock::Clock;
use super::frame::{Frame, Frames};
use super::ids::{FrameId, RunId};
use super::waiting::Waiting;
use crate::history::Time;

/// The purpose of a wake-up.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wake {
    /// A frame continues.
    Frame(FrameId),
    /// An execution has reached its time limit.
    Deadline(RunId),
    /// The task that waits for this execution has reached its time limit.
    TaskTimeout(RunId),
}

/// The virtual clock, and the frames that it wakes.
#[derive(Debug)]
pub(super) struct Scheduler {
    pub(super) clock: Clock<Wake>,
    pub(super) frames: Frames,
}

impl Scheduler {
    /// Creates a scheduler without frames.
    pub(super) fn new(start: Time) -> Self {
        Self {
            clock: Clock::new(start),
            frames: Frames::default(),
        }
    }

    /// The current time.
    pub(super) const fn now(&self) -> Time {
        self.clock.now()
    }

    /// Adds a frame that enters its state at the next wake-up.
    pub(super) fn spawn(&mut self, frame: Frame) -> FrameId {
        let id = self.frames.add(frame);
        self.clock.after(0, Wake::Frame(id));
        id
    }

    /// Lets a frame wait, and wakes it after a delay.
    pub(super) fn sleep(&mut self, id: FrameId, waiting: Waiting, millis: i64) {
        self.frames[id].waiting = waiting;
        self.clock.after(millis, Wake::Frame(id));
    }
}
