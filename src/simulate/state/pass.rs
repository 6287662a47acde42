//! `Pass`: data shaped or passed on.

use crate::simulate::bindings::{Bindings, StateOutput};
use crate::simulate::data_flow::place;
use crate::simulate::engine::{Engine, Flow};
use crate::simulate::failure::Problem;
use crate::simulate::ids::FrameId;
use crate::simulate::inspect::Point;
use crate::simulate::plan::Step;
use crate::spec::QueryLanguage;
use crate::value::Value;

impl Engine<'_> {
    pub(in crate::simulate) fn pass(
        &mut self,
        id: FrameId,
        step: &Step,
        result: Option<&Value>,
    ) -> Result<Flow, Problem> {
        let input = self.frames[id].input.clone();
        let outgoing = if step.language == QueryLanguage::Jsonata {
            let data = &step.data;
            self.jsonata_outgoing(
                id,
                data.output.as_deref(),
                data.assign.as_deref(),
                Bindings::from_input(&input),
                &input,
            )?
        } else {
            let effective = self.effective_input(id, step)?;
            let made = self.arguments(id, step, &effective)?;
            let result = result.cloned().unwrap_or(made);
            self.note(Point::Result, step, &result);
            self.note(Point::AfterResultSelector, step, &result);
            let placed = place(&step.data.result, &input, result.clone())?;
            self.note(Point::AfterResultPath, step, &placed);
            let output = self.select(id, &step.data.output_path, &placed)?;
            let assigned = self.assign(id, step.data.assign.as_deref(), Bindings::from_input(&result))?;
            StateOutput { output, assigned }
        };
        self.leave(id, step, outgoing, step.exit)
    }

    /// What states without a result hand on: their input through `InputPath` and `OutputPath`, or `Output`.
    pub(in crate::simulate) fn hand_on(&mut self, id: FrameId, step: &Step) -> Result<StateOutput, Problem> {
        let input = self.frames[id].input.clone();
        let data = &step.data;
        if step.language == QueryLanguage::Jsonata {
            let outgoing = self.jsonata_outgoing(
                id,
                data.output.as_deref(),
                data.assign.as_deref(),
                Bindings::from_input(&input),
                &input,
            );
            return Ok(outgoing?);
        }
        let effective = self.effective_input(id, step)?;
        let output = self.select(id, &data.output_path, &effective)?;
        let assigned = self.assign(id, data.assign.as_deref(), Bindings::from_input(&effective))?;
        Ok(StateOutput { output, assigned })
    }
}
