//! The script of a run: its input, and the outcomes of its tasks.

use super::path::{Step, get, set};
use crate::history::ErrorData;
use crate::simulate::StateId;
use crate::value::Value;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The input of an execution, and the outcomes of its tasks.
#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// The input.
    pub input: Value,
    /// The outcomes of the attempts of each task, by state; the last one repeats. A task without outcomes returns a sample.
    pub outcomes: BTreeMap<Rc<str>, Vec<Outcome>>,
    /// The items that a Map with an `ItemReader` reads; `None` if the object does not exist.
    pub(super) items: BTreeMap<StateId, Option<Vec<Value>>>,
}

/// The outcome of an attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How it ends.
    pub completion: ScriptedCompletion,
    /// Milliseconds that it takes.
    pub duration: i64,
}

/// How an attempt ends.
#[derive(Debug, Clone, PartialEq)]
pub enum ScriptedCompletion {
    /// With a result.
    Return(Value),
    /// With an error.
    Throw(ErrorData),
    /// At its time limit.
    Timeout,
}

/// A part of a script.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Source {
    /// The input of the execution.
    Input,
    /// The result of an attempt of a task.
    Result(Rc<str>, usize),
    /// The error output of an attempt of a task.
    Error(Rc<str>, usize),
    /// An item that a Map reads.
    Item(StateId, usize),
    /// All items that a Map reads.
    Items(StateId),
}

/// A change of a script: the value at a path of a part of it; `None` if there must be no value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Change {
    pub(super) source: Source,
    pub(super) steps: Vec<Step>,
    pub(super) value: Option<Value>,
}

impl Default for Script {
    fn default() -> Self {
        Self {
            input: Value::empty_object(),
            outcomes: BTreeMap::new(),
            items: BTreeMap::new(),
        }
    }
}

impl Outcome {
    /// An outcome without a delay.
    pub(super) const fn now(completion: ScriptedCompletion) -> Self {
        Self {
            completion,
            duration: 0,
        }
    }
}

impl Script {
    /// The script with changes. A changed attempt is inserted before the old one if `inserts`, so that later attempts end as
    /// before.
    pub(super) fn with(
        &self,
        changes: &[Change],
        outcome: &dyn Fn(&str, usize) -> Outcome,
        inserts: bool,
    ) -> Self {
        let mut changed = self.clone();
        let mut inserted: Vec<(&Rc<str>, usize)> = Vec::new();
        for Change { source, steps, value } in changes {
            match source {
                Source::Input => changed.input = set(&changed.input, steps, value.clone()),
                Source::Result(state, attempt) => {
                    changed.materialize(state, *attempt, outcome);
                    let Some(list) = changed.outcomes.get_mut(state) else {
                        continue;
                    };
                    if inserts && !inserted.contains(&(state, *attempt)) {
                        list.insert(*attempt, list[*attempt].clone());
                        inserted.push((state, *attempt));
                    }
                    let old = match &list[*attempt].completion {
                        ScriptedCompletion::Return(result) => result.clone(),
                        _ => Value::empty_object(),
                    };
                    list[*attempt].completion = ScriptedCompletion::Return(set(&old, steps, value.clone()));
                }
                Source::Error(state, attempt) => {
                    changed.materialize(state, *attempt, outcome);
                    let Some(list) = changed.outcomes.get_mut(state) else {
                        continue;
                    };
                    // The attempts before it, which a retrier repeated, fail like it.
                    let old = list[*attempt].completion.clone();
                    let new = with_error(&old, steps, value.clone());
                    for outcome in list.iter_mut().filter(|outcome| outcome.completion == old) {
                        outcome.completion = new.clone();
                    }
                }
                Source::Item(state, index) => {
                    let items = changed.items.get(state).cloned().flatten();
                    let items = Value::array(items.unwrap_or_default());
                    let mut steps = steps.clone();
                    steps.insert(0, Step::Index(*index));
                    let items = set(&items, &steps, value.clone());
                    changed
                        .items
                        .insert(*state, items.as_array().map(<[Value]>::to_vec));
                }
                Source::Items(state) => {
                    let items = value.as_ref().and_then(Value::as_array).map(<[Value]>::to_vec);
                    changed.items.insert(*state, items);
                }
            }
        }
        changed
    }

    /// Whether a task takes long on purpose.
    pub(super) fn has_delays(&self) -> bool {
        self.outcomes
            .values()
            .flatten()
            .any(|outcome| outcome.duration > 0)
    }

    /// Writes down the outcomes of a task up to an attempt.
    pub(super) fn materialize(
        &mut self,
        state: &Rc<str>,
        attempt: usize,
        outcome: &dyn Fn(&str, usize) -> Outcome,
    ) {
        let list = self.outcomes.entry(Rc::clone(state)).or_default();
        while list.len() <= attempt {
            let next = list.last().cloned().unwrap_or_else(|| outcome(state, list.len()));
            list.push(next);
        }
    }
}

/// An error with another value at a path of its error output.
fn with_error(completion: &ScriptedCompletion, steps: &[Step], value: Option<Value>) -> ScriptedCompletion {
    let ScriptedCompletion::Throw(data) = completion else {
        return completion.clone();
    };
    let text = |text: &Option<Rc<str>>| text.as_deref().map_or(Value::Null, Value::from);
    let output = super::path::object([("Error", text(&data.error)), ("Cause", text(&data.cause))]);
    let output = set(&output, steps, value);
    let text = |key: &str| {
        let steps = [Step::Key(key.into())];
        get(&output, &steps).and_then(|value| value.as_str().map(Rc::from))
    };
    ScriptedCompletion::Throw(ErrorData {
        error: text("Error"),
        cause: text("Cause"),
    })
}
