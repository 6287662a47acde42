//! The outcomes of a recorded execution as mocks.

use super::recording::Recording;
use crate::simulate::mocks::{OutcomeText, outcomes_value};
use crate::simulate::world::Completion;
use crate::value::{Object, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Milliseconds that an attempt takes whose end was not recorded, because something else ended it: a little over a year.
const OPEN: i64 = 32_000_000_000;

impl Recording {
    /// What its tasks came to, in the format of mock files. With `by_arguments`, the outcomes of tasks that were called with
    /// different arguments depend on them, so that the order of iterations makes no difference.
    pub fn mocks(&self, by_arguments: bool) -> Value {
        let tasks: BTreeMap<_, _> = self.tasks.iter().collect();
        let mut states = Object::default();
        for (state, attempts) in tasks {
            let differ = attempts
                .windows(2)
                .any(|pair| pair[0].arguments != pair[1].arguments);
            let known = attempts.iter().filter(|task| task.is_known);
            let outcomes: Vec<OutcomeText> = known
                .filter_map(|task| {
                    let outcome = &task.outcome;
                    let duration = outcome.duration.min(OPEN);
                    // The definition determines when the task times out.
                    let duration = match outcome.completion {
                        Completion::Timeout if duration < OPEN => 0,
                        _ => duration,
                    };
                    let text = OutcomeText::new(&outcome.completion, duration, outcome.submitted.as_ref())?;
                    Some(if by_arguments && differ {
                        text.when(&task.arguments)
                    } else {
                        text
                    })
                })
                .collect();
            if !outcomes.is_empty() {
                states.insert(Rc::clone(state), outcomes_value(outcomes));
            }
        }
        Value::from([("states", Value::object(states))])
    }

    /// Whether tasks were called.
    pub fn has_tasks(&self) -> bool {
        !self.tasks.is_empty()
    }
}
