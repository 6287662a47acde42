//! Recorded executions as scripts to start with.

use super::script::{Outcome, Script, ScriptedCompletion};
use super::search::Seed;
use crate::simulate::replay::Recording;
use crate::simulate::world::Completion;
use crate::value::Value;
use std::rc::Rc;

impl Seed {
    /// The seed of a recorded execution, if the recording contains its input.
    pub fn from_recording(name: String, recording: &Recording) -> Option<Self> {
        let mut script = Script {
            input: recording.input.clone()?,
            ..Script::default()
        };
        for (state, completion) in recording.outcomes() {
            let completion = match completion {
                Completion::Return(result) => ScriptedCompletion::Return(result.clone()),
                Completion::Throw(error) => ScriptedCompletion::Throw(error.clone()),
                Completion::Timeout => ScriptedCompletion::Timeout,
                Completion::Child(_) => continue,
            };
            let list = script.outcomes.entry(Rc::clone(state)).or_default();
            list.push(Outcome::now(completion));
        }
        Some(Self { name, script })
    }

    /// The last result of each task, by state.
    pub fn results(&self) -> impl Iterator<Item = (Rc<str>, Value)> + '_ {
        self.script.outcomes.iter().filter_map(|(state, outcomes)| {
            let result = outcomes
                .iter()
                .rev()
                .find_map(|outcome| match &outcome.completion {
                    ScriptedCompletion::Return(result) => Some(result.clone()),
                    _ => None,
                })?;
            Some((Rc::clone(state), result))
        })
    }
}
