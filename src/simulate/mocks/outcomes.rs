//! Mocks: the outcomes of tasks, attempt by attempt.

use crate::expr::payload::Template;
use crate::expr::{EvalError, Randomness, Scope, jsonata};
use crate::history::ErrorData;
use crate::simulate::world::{Completion, TaskOutcome};
use crate::source::Span;
use crate::value::Value;
use foldhash::HashMap;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Mocks, read once and used for any number of executions.
#[derive(Debug, Default)]
pub struct Mocks {
    /// Outcomes by state.
    pub states: HashMap<Rc<str>, Outcomes>,
    /// Outcomes by `Resource`.
    pub resources: HashMap<Rc<str>, Outcomes>,
    /// Objects of S3 by bucket and key.
    pub objects: BTreeMap<(String, String), Rc<str>>,
    /// Machines to run instead of mocks, by the state that starts them or by their ARN.
    pub children: Vec<ChildRef>,
}

/// The outcomes of a state's attempts, in order.
#[derive(Debug, Default)]
pub struct Outcomes {
    /// The outcomes.
    pub list: Vec<Outcome>,
    /// The outcome of attempts after the last in the list.
    pub after_last: AfterLast,
}

/// The outcome of attempts after the last in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum AfterLast {
    /// The last outcome again.
    #[default]
    Repeat,
    /// An error, as in Step Functions Local.
    Fail,
}

/// One outcome.
#[derive(Debug)]
pub struct Outcome {
    /// How the attempt ends.
    pub completion: MockedCompletion,
    /// Milliseconds it takes.
    pub duration: i64,
    /// The number of attempts with this outcome; `None` for one, or for all that follow if it is the last.
    pub times: Option<u32>,
    /// Its condition.
    pub when: Option<jsonata::Expression>,
    /// The response to the submission of a job or a callback task.
    pub submitted: Option<Template>,
}

/// How an attempt ends. `Return` is evaluated for each attempt.
#[derive(Debug)]
pub enum MockedCompletion {
    /// It returns a result.
    Return(Template),
    /// It fails with an error.
    Throw(ErrorData),
    /// It times out.
    Timeout,
    /// Its attempt is not defined in a `MockConfigFile.json`, so it fails with this error.
    Undefined(ErrorData),
}

/// A machine to run instead of a mock.
#[derive(Debug, Clone)]
pub struct ChildRef {
    /// The state that starts it, or its ARN or name.
    pub key: Rc<str>,
    /// The path of its definition, as written.
    pub path: String,
    /// The location of the path.
    pub span: Span,
}

impl Outcomes {
    /// The outcome of the next attempt: the first that matches and is not used up, or else the last that matches.
    pub(super) fn choose(
        &self,
        used: &[u32],
        scope: &Scope<'_>,
        randomness: &mut dyn Randomness,
    ) -> Result<Option<usize>, EvalError> {
        let mut last = None;
        for (i, outcome) in self.list.iter().enumerate() {
            if let Some(when) = &outcome.when
                && when.eval_field("when", scope, randomness)? != Value::Bool(true)
            {
                continue;
            }
            if used[i] < outcome.times.unwrap_or(1) {
                return Ok(Some(i));
            }
            last = Some(i);
        }
        Ok(last.filter(|_| self.after_last == AfterLast::Repeat))
    }
}

impl Outcome {
    /// An outcome of one attempt, without a delay.
    pub const fn once(completion: MockedCompletion) -> Self {
        Self {
            completion,
            duration: 0,
            times: None,
            when: None,
            submitted: None,
        }
    }

    pub(super) fn outcome(
        &self,
        scope: &Scope<'_>,
        randomness: &mut dyn Randomness,
    ) -> Result<TaskOutcome, EvalError> {
        let submitted = match &self.submitted {
            Some(template) => Some(template.eval(scope, randomness)?),
            None => None,
        };
        Ok(TaskOutcome {
            completion: match &self.completion {
                MockedCompletion::Return(template) => Completion::Return(template.eval(scope, randomness)?),
                MockedCompletion::Throw(data) | MockedCompletion::Undefined(data) => {
                    Completion::Throw(data.clone())
                }
                MockedCompletion::Timeout => Completion::Timeout,
            },
            duration: self.duration,
            submitted,
        })
    }
}
