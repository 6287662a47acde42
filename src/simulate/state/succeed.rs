//! `Succeed`: the end, in success.

use crate::simulate::engine::{Engine, Flow};
use crate::simulate::failure::Problem;
use crate::simulate::ids::FrameId;
use crate::simulate::plan::{Exit, Step};

impl Engine<'_> {
    pub(in crate::simulate) fn succeed(&mut self, id: FrameId, step: &Step) -> Result<Flow, Problem> {
        let outgoing = self.hand_on(id, step)?;
        self.leave(id, step, outgoing, Exit::End)
    }
}
