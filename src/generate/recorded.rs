//! Recorded executions as scripts to start with.

use super::script::{Ending, Outcome, Script};
use super::search::Seed;
use crate::simulate::replay::Recording;
use crate::simulate::world::End;
use crate::value::Value;
use std::rc::Rc;

impl Seed {
    /// The seed of a recorded execution, if the recording contains its input.
    pub fn from_recording(name: String, recording: &Recording) -> Option<Self> {
        let mut script = Script {
            input: recording.input.clone()?,
            ..Script::default()
        };
        for (state, end) in recording.outcomes() {
            let end = match end {
                End::Return(result) => Ending::Return(result.clone()),
                End::Throw(error) => Ending::Throw(error.clone()),
                End::Timeout => Ending::Timeout,
                End::Child(_) => continue,
            };
            let list = script.outcomes.entry(Rc::clone(state)).or_default();
            list.push(Outcome::now(end));
        }
        Some(Self { name, script })
    }

    /// The last result of each task, by state.
    pub fn results(&self) -> impl Iterator<Item = (Rc<str>, Value)> + '_ {
        self.script.outcomes.iter().filter_map(|(state, outcomes)| {
            let result = outcomes.iter().rev().find_map(|outcome| match &outcome.end {
                Ending::Return(result) => Some(result.clone()),
                _ => None,
            })?;
            Some((Rc::clone(state), result))
        })
    }
}
