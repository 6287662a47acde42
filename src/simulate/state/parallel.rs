//! `Parallel`: branches side by side.

use crate::simulate::engine::{Engine, Flow};
use crate::simulate::failure::Problem;
use crate::simulate::ids::FrameId;
use crate::simulate::plan::{ScopeId, Step};

impl Engine<'_> {
    pub(in crate::simulate) fn parallel(
        &mut self,
        id: FrameId,
        step: &Step,
        branches: &[ScopeId],
    ) -> Result<Flow, Problem> {
        let effective = self.effective_input(id, step)?;
        let input = self.arguments(id, step, &effective)?;
        self.check_arguments(step, &input)?;
        if let Some(alone) = &self.options.test_state {
            return self.mocked(id, step, alone);
        }
        self.fork(id, branches, &input)
    }
}
