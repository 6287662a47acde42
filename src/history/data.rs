//! The data that recorded executions show: their inputs, and the results of their tasks.

use super::event::EventKind;
use super::recorded::Recorded;
use super::trace::Trace;
use crate::value::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The inputs and the task results of recorded executions.
#[derive(Debug, Default)]
pub struct RecordedData {
    /// The inputs.
    pub inputs: Vec<Value>,
    /// The results of the tasks of each state, by its name.
    pub results: BTreeMap<Rc<str>, Vec<Value>>,
}

impl RecordedData {
    /// Adds the data of an execution, except what the recording lacks.
    pub fn add(&mut self, recorded: &Recorded) {
        let trace = Trace::new(&recorded.events);
        for (event, place) in recorded.events.iter().zip(&trace.places) {
            if recorded.gaps.data.contains(&event.id) {
                continue;
            }
            match &event.kind {
                EventKind::ExecutionStarted { input } => self.inputs.push(input.clone()),
                EventKind::TaskSucceeded { output, .. } => {
                    if let Some(visit) = place.visit {
                        let name = Rc::clone(trace.visits[visit].name);
                        self.results.entry(name).or_default().push(output.clone());
                    }
                }
                _ => {}
            }
        }
    }
}
