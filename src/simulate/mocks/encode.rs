//! Outcomes in the format of mock files.

use super::outcomes::{AfterLast, MockedCompletion, Mocks, Outcomes};
use crate::expr::jsonata;
use crate::expr::payload::Template;
use crate::history::ErrorData;
use crate::simulate::world::Completion;
use crate::spec::error_name;
use crate::value::{Object, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// An outcome to write.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeText {
    /// The member for its completion, and the others except `times`.
    members: Object,
    /// The number of attempts.
    times: u32,
}

impl OutcomeText {
    /// An outcome of one attempt; `None` if another machine runs.
    pub fn new(completion: &Completion, duration: i64, submitted: Option<&Value>) -> Option<Self> {
        let mut members = Object::default();
        match completion {
            Completion::Return(value) => members.insert("return".into(), literal(value)),
            Completion::Throw(data) => members.insert("throw".into(), thrown(data)),
            Completion::Timeout => members.insert("timeout".into(), Value::Bool(true)),
            Completion::Child(_) => return None,
        };
        if duration > 0 {
            let text = if duration % 1000 == 0 {
                format!("{}s", duration / 1000)
            } else {
                format!("{duration}ms")
            };
            members.insert("duration".into(), Value::from(text));
        }
        if let Some(submitted) = submitted {
            members.insert("submitted".into(), literal(submitted));
        }
        Some(Self { members, times: 1 })
    }

    /// Restricts it to attempts with these arguments.
    #[must_use]
    pub fn when(mut self, arguments: &Value) -> Self {
        let condition = format!("{{% $arguments = {} %}}", arguments.to_json());
        self.members.insert("when".into(), Value::from(condition));
        self
    }

    fn value(&self) -> Value {
        let mut members = self.members.clone();
        if self.times > 1 {
            members.insert("times".into(), Value::from(i64::from(self.times)));
        }
        Value::object(members)
    }
}

/// The outcomes of a state; a single one needs no list, and is repeated.
pub fn outcomes_value(outcomes: Vec<OutcomeText>) -> Value {
    let mut list: Vec<OutcomeText> = Vec::new();
    for outcome in outcomes {
        match list.last_mut().filter(|last| last.members == outcome.members) {
            Some(last) => last.times = last.times.saturating_add(outcome.times),
            None => list.push(outcome),
        }
    }
    if let Some(last) = list.last_mut() {
        // The last one is repeated anyway.
        last.times = 1;
    }
    match list.as_slice() {
        [only] => only.value(),
        list => Value::array(list.iter().map(OutcomeText::value).collect()),
    }
}

/// Mocks of a `MockConfigFile.json` in the format of asl. With `has_end`, an attempt after the last one fails, as in Step
/// Functions Local.
pub fn converted(mocks: &Mocks, has_end: bool) -> Value {
    let states: BTreeMap<&Rc<str>, &Outcomes> = mocks.states.iter().collect();
    let mut members = Object::default();
    for (state, outcomes) in states {
        let mut texts: Vec<OutcomeText> = outcomes
            .list
            .iter()
            .filter_map(|outcome| {
                let completion = match &outcome.completion {
                    MockedCompletion::Return(Template::Literal(value)) => Completion::Return(value.clone()),
                    MockedCompletion::Return(_) => return None,
                    MockedCompletion::Throw(data) | MockedCompletion::Undefined(data) => {
                        Completion::Throw(data.clone())
                    }
                    MockedCompletion::Timeout => Completion::Timeout,
                };
                let mut text = OutcomeText::new(&completion, outcome.duration, None)?;
                text.times = outcome.times.unwrap_or(1);
                Some(text)
            })
            .collect();
        if has_end && outcomes.after_last == AfterLast::Fail {
            let completion = Completion::Throw(ErrorData {
                error: Some(error_name::RUNTIME.into()),
                cause: Some(format!("The mocked response of {state} does not define this attempt.").into()),
            });
            texts.extend(OutcomeText::new(&completion, 0, None));
        }
        if !texts.is_empty() {
            members.insert(Rc::clone(state), outcomes_value(texts));
        }
    }
    Value::from([("states", Value::object(members))])
}

fn thrown(data: &ErrorData) -> Value {
    let mut members = Object::default();
    for (key, text) in [("error", &data.error), ("cause", &data.cause)] {
        if let Some(text) = text {
            members.insert(key.into(), Value::String(Rc::clone(text)));
        }
    }
    Value::object(members)
}

/// A value whose strings are not evaluated.
fn literal(value: &Value) -> Value {
    match value {
        Value::String(text) if jsonata::strip(text).is_some() => {
            Value::from(format!("{{% {} %}}", value.to_json()))
        }
        Value::Array(items) => Value::array(items.iter().map(literal).collect()),
        Value::Object(members) => {
            let members = members.iter();
            Value::object(
                members
                    .map(|(key, value)| (Rc::clone(key), literal(value)))
                    .collect(),
            )
        }
        other => other.clone(),
    }
}
