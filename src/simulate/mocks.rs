//! A world of mocks: what tasks answer is written down beforehand.

mod format;
mod local;
mod names;
mod sample;
mod scaffold;

use super::world::{Answer, Attempt, End, Object, Trouble, World};
use crate::expr::payload::Template;
use crate::expr::{Randomness, Scope, Seeded, jsonata};
use crate::history::{ErrorData, Time};
use crate::source::Span;
use crate::value::{self, Value};
use md5::{Digest, Md5};
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::rc::Rc;

pub use format::{read, returning};
pub use local::{LocalConfig, read_local};
pub use names::{misnamed, unknown};
pub use scaffold::{Form, scaffold};

/// When executions start, where nothing else is said.
pub const DEFAULT_START: &str = "2030-01-01T00:00:00Z";

/// Mocks, read once and used for any number of executions.
#[derive(Debug, Default)]
pub struct Mocks {
    /// Outcomes by state.
    pub states: HashMap<Rc<str>, Outcomes>,
    /// Outcomes by `Resource`.
    pub resources: HashMap<Rc<str>, Outcomes>,
    /// Objects of S3 by bucket and key.
    pub objects: BTreeMap<(String, String), Rc<str>>,
    /// Machines to run instead of a mock, by the state that starts them or by their ARN.
    pub children: Vec<ChildRef>,
}

/// The outcomes of a state's attempts, in order.
#[derive(Debug, Default)]
pub struct Outcomes {
    /// The outcomes.
    pub list: Vec<Outcome>,
    /// What an attempt beyond the list gets.
    pub beyond: Beyond,
}

/// What an attempt beyond the list of outcomes gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Beyond {
    /// The last outcome once more.
    #[default]
    Last,
    /// A failure, as Step Functions Local has it.
    Fail,
}

/// One outcome.
#[derive(Debug)]
pub struct Outcome {
    /// How the attempt ends.
    pub end: OutcomeEnd,
    /// Milliseconds it takes.
    pub duration: i64,
    /// How many attempts it stands for; `None` for one, or for all that follow where it is the last.
    pub times: Option<u32>,
    /// The condition it has.
    pub when: Option<jsonata::Expression>,
    /// The answer to the submission of a job or of a callback task.
    pub submitted: Option<Template>,
}

/// How an attempt ends.
#[derive(Debug)]
pub enum OutcomeEnd {
    /// With a result.
    Return(Template),
    /// With an error.
    Throw(ErrorData),
    /// Not before its time runs out.
    Timeout,
}

/// A machine to run instead of a mock.
#[derive(Debug, Clone)]
pub struct ChildRef {
    /// The state that starts it, or its ARN or name.
    pub key: Rc<str>,
    /// The file with its definition, as written.
    pub path: String,
    /// Where the file is named.
    pub span: Span,
}

/// How to use mocks.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The seed of randomness.
    pub seed: u64,
    /// When executions start.
    pub start: Time,
    /// A task without a mock is trouble.
    pub is_strict: bool,
}

/// The world of one execution.
pub struct MockedWorld<'m> {
    mocks: &'m Mocks,
    settings: Settings,
    randomness: Seeded,
    /// Uses of each outcome so far, by the list's address.
    used: HashMap<*const Outcomes, Vec<u32>>,
    written: BTreeMap<(String, String), Rc<str>>,
    unmocked: Vec<Rc<str>>,
}

impl<'m> MockedWorld<'m> {
    /// A world in which nothing has happened.
    pub fn new(mocks: &'m Mocks, settings: Settings) -> Self {
        Self {
            mocks,
            randomness: Seeded::new(settings.seed),
            settings,
            used: HashMap::new(),
            written: BTreeMap::new(),
            unmocked: Vec::new(),
        }
    }

    /// The states whose tasks were answered with their own input, in the order they were met.
    pub fn unmocked(&self) -> &[Rc<str>] {
        &self.unmocked
    }

    /// The objects that the execution wrote, by bucket and key.
    pub fn written(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.written
            .iter()
            .map(|((bucket, key), body)| (bucket.as_str(), key.as_str(), body.as_ref()))
    }

    fn without_mock(&mut self, attempt: &Attempt<'_>) -> Result<Answer, Trouble> {
        if self.settings.is_strict {
            return Err(Trouble::new(format!("The task `{}` has no mock", attempt.state))
                .help("`--scaffold FILE` writes a mocks file to start from"));
        }
        if !self.unmocked.contains(attempt.state) {
            self.unmocked.push(Rc::clone(attempt.state));
        }
        Ok(Answer {
            end: End::Return(attempt.arguments.clone()),
            duration: 0,
            submitted: None,
        })
    }

    fn child(&self, attempt: &Attempt<'_>) -> Option<usize> {
        if !starts_execution(attempt.arn) {
            return None;
        }
        let arn = attempt
            .arguments
            .get("StateMachineArn")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let keys = [attempt.state.as_ref(), arn, machine_name(arn)];
        self.mocks
            .children
            .iter()
            .position(|child| keys.contains(&child.key.as_ref()))
    }
}

/// Whether a task of this `Resource` starts an execution.
fn starts_execution(resource: &str) -> bool {
    let starts = [
        ":states:startExecution",
        ":aws-sdk:sfn:startExecution",
        ":aws-sdk:sfn:startSyncExecution",
    ];
    starts.iter().any(|action| resource.contains(action))
}

/// The machine's name in its ARN, which a version or an alias may follow.
fn machine_name(arn: &str) -> &str {
    arn.split(':').nth(6).unwrap_or(arn)
}

impl World for MockedWorld<'_> {
    fn start_time(&self) -> Time {
        self.settings.start
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        &mut self.randomness
    }

    fn answer(&mut self, attempt: &Attempt<'_>) -> Result<Answer, Trouble> {
        let mocks = self.mocks;
        let by_state = mocks.states.get(attempt.state);
        let Some(outcomes) = by_state.or_else(|| mocks.resources.get(attempt.arn)) else {
            if let Some(child) = self.child(attempt) {
                return Ok(Answer {
                    end: End::Child(child),
                    duration: 0,
                    submitted: None,
                });
            }
            return self.without_mock(attempt);
        };
        let used = self.used.entry(std::ptr::from_ref(outcomes)).or_default();
        used.resize(outcomes.list.len(), 0);
        let total: u32 = used.iter().sum();
        let variables: value::Object = [
            ("arguments".into(), attempt.arguments.clone()),
            ("attempt".into(), Value::from(i64::from(total))),
            ("retries".into(), Value::from(i64::from(attempt.retries))),
        ]
        .into_iter()
        .collect();
        let scope = Scope::new(attempt.input, &Value::Null, &variables);
        let chosen = outcomes
            .choose(used, &scope, &mut self.randomness)
            .map_err(|fault| {
                Trouble::new(format!(
                    "A `when` of the mocks for `{}` fails: {fault}",
                    attempt.state
                ))
            })?;
        let Some(chosen) = chosen else {
            if outcomes.beyond == Beyond::Fail {
                return Ok(local::beyond(attempt.state, total));
            }
            return Err(Trouble::new(format!(
                "No mock of `{}` fits this attempt: every `when` is false",
                attempt.state
            ))
            .help("add an outcome without `when` at the end of its list"));
        };
        used[chosen] += 1;
        outcomes.list[chosen]
            .answer(&scope, &mut self.randomness)
            .map_err(|fault| {
                Trouble::new(format!(
                    "A mock of `{}` cannot be evaluated: {fault}",
                    attempt.state
                ))
            })
    }

    fn object(&mut self, bucket: &str, key: &str) -> Result<Option<Rc<str>>, Trouble> {
        let at = (bucket.to_owned(), key.to_owned());
        Ok(self
            .written
            .get(&at)
            .or_else(|| self.mocks.objects.get(&at))
            .cloned())
    }

    fn list(&mut self, bucket: &str, prefix: &str) -> Result<Vec<Object>, Trouble> {
        let all: BTreeMap<&str, &Rc<str>> = self
            .mocks
            .objects
            .iter()
            .chain(&self.written)
            .filter(|((b, key), _)| b == bucket && key.starts_with(prefix))
            .map(|((_, key), body)| (key.as_str(), body))
            .collect();
        let objects = all.into_iter().map(|(key, body)| Object {
            key: key.into(),
            size: body.len(),
            etag: hex(&Md5::digest(body.as_bytes())).into(),
        });
        Ok(objects.collect())
    }

    fn put(&mut self, bucket: &str, key: &str, body: String) {
        self.written
            .insert((bucket.to_owned(), key.to_owned()), body.into());
    }
}

impl Outcomes {
    /// The outcome of the next attempt: the first that fits and is not used up, else the last that fits.
    fn choose(
        &self,
        used: &[u32],
        scope: &Scope<'_>,
        randomness: &mut dyn Randomness,
    ) -> Result<Option<usize>, crate::expr::Fault> {
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
        Ok(last.filter(|_| self.beyond == Beyond::Last))
    }
}

impl Outcome {
    /// An outcome of one attempt, at once.
    pub const fn once(end: OutcomeEnd) -> Self {
        Self {
            end,
            duration: 0,
            times: None,
            when: None,
            submitted: None,
        }
    }

    fn answer(
        &self,
        scope: &Scope<'_>,
        randomness: &mut dyn Randomness,
    ) -> Result<Answer, crate::expr::Fault> {
        let submitted = match &self.submitted {
            Some(template) => Some(template.eval(scope, randomness)?),
            None => None,
        };
        Ok(Answer {
            end: match &self.end {
                OutcomeEnd::Return(template) => End::Return(template.eval(scope, randomness)?),
                OutcomeEnd::Throw(data) => End::Throw(data.clone()),
                OutcomeEnd::Timeout => End::Timeout,
            },
            duration: self.duration,
            submitted,
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
