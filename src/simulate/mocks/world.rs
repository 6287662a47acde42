//! A world of mocks for one execution.

use super::outcomes::{AfterLast, MockedCompletion, Mocks, Outcomes};
use super::samples::Samples;
use super::{local, names};
use crate::asl::Machine;
use crate::expr::{Randomness, Scope, Seeded, Variables};
use crate::history::Time;
use crate::simulate::identity;
use crate::simulate::world::{Attempt, Completion, Error, Object, TaskOutcome, World};
use crate::value::Value;
use foldhash::HashMap;
use foldhash::fast::RandomState;
use indexmap::IndexMap;
use md5::{Digest, Md5};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The default start time of executions.
pub const DEFAULT_START: &str = "2030-01-01T00:00:00Z";

/// The settings of a world of mocks.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The random seed.
    pub seed: u64,
    /// When executions start.
    pub start: Time,
}

/// How a task without a mock ends.
#[derive(Debug, Clone, Copy)]
pub enum Unmocked<'m> {
    /// It returns a sample of its result.
    Sample(&'m Samples, &'m Machine<'m>),
    /// It returns its arguments.
    Echo,
    /// The simulation stops with an error.
    Error,
}

/// The world of one execution.
pub struct MockedWorld<'m> {
    mocks: &'m Mocks,
    /// Mocks for what the first ones do not have, in the order of precedence.
    others: Vec<&'m Mocks>,
    settings: Settings,
    without_mock: Unmocked<'m>,
    randomness: Seeded,
    /// The number of uses of each outcome, by the address of its list.
    used: HashMap<*const Outcomes, Vec<u32>>,
    written: BTreeMap<(String, String), Rc<str>>,
    /// The states that had no mock, in order, with the number of their calls.
    unmocked: IndexMap<Rc<str>, usize, RandomState>,
    has_undefined: bool,
}

impl<'m> MockedWorld<'m> {
    /// Creates a world for a new execution.
    pub fn new(mocks: &'m Mocks, settings: Settings, without_mock: Unmocked<'m>) -> Self {
        Self::layered(mocks, Vec::new(), settings, without_mock)
    }

    /// Creates a world for a new execution, in which `others` have the mocks that are not in `mocks`, in the order of
    /// precedence. The machines of [`Options::children`](crate::simulate::Options::children) are those of all mocks in
    /// the same order.
    pub fn layered(
        mocks: &'m Mocks,
        others: Vec<&'m Mocks>,
        settings: Settings,
        without_mock: Unmocked<'m>,
    ) -> Self {
        Self {
            mocks,
            others,
            randomness: Seeded::new(settings.seed),
            settings,
            without_mock,
            used: HashMap::default(),
            written: BTreeMap::new(),
            unmocked: IndexMap::default(),
            has_undefined: false,
        }
    }

    /// Whether an attempt has had one of these outcomes.
    pub fn has_used(&self, outcomes: &Outcomes) -> bool {
        self.used.contains_key(&std::ptr::from_ref(outcomes))
    }

    /// Whether an attempt failed because a `MockConfigFile.json` does not define it.
    pub const fn has_undefined(&self) -> bool {
        self.has_undefined
    }

    /// All mocks, in the order of precedence.
    fn layers(&self) -> impl Iterator<Item = &'m Mocks> + use<'m, '_> {
        std::iter::once(self.mocks).chain(self.others.iter().copied())
    }

    /// The states that had no mock, in order; if that is an error, the last one stopped the run.
    pub fn unmocked(&self) -> impl Iterator<Item = &Rc<str>> {
        self.unmocked.keys()
    }

    /// The objects that the execution wrote, by bucket and key.
    pub fn written(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.written
            .iter()
            .map(|((bucket, key), body)| (bucket.as_str(), key.as_str(), body.as_ref()))
    }

    fn without_mock(&mut self, attempt: &Attempt<'_>) -> Result<TaskOutcome, Error> {
        let calls = self.unmocked.entry(Rc::clone(attempt.state)).or_default();
        *calls += 1;
        let result = match self.without_mock {
            Unmocked::Error => {
                return Err(Error::new(format!("no mock for task `{}`", attempt.state))
                    .help("create a mock file with `--scaffold FILE`"));
            }
            Unmocked::Echo => attempt.arguments.clone(),
            Unmocked::Sample(samples, machine) => samples.result(
                machine,
                attempt.state,
                attempt.arn,
                Some(attempt.arguments),
                *calls - 1,
            ),
        };
        Ok(TaskOutcome {
            completion: Completion::Return(result),
            duration: 0,
            submitted: None,
        })
    }

    fn child(&self, attempt: &Attempt<'_>) -> Option<usize> {
        if !names::starts_execution(attempt.arn) {
            return None;
        }
        let arn = attempt
            .arguments
            .get("StateMachineArn")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let keys = [attempt.state.as_ref(), arn, identity::machine_name(arn)];
        self.layers()
            .flat_map(|mocks| &mocks.children)
            .position(|child| keys.contains(&child.key.as_ref()))
    }
}

/// The variables of the expressions in mocks.
struct AttemptVariables<'a> {
    arguments: &'a Value,
    attempt: Value,
    retries: Value,
}

impl Variables for AttemptVariables<'_> {
    fn get(&self, name: &str) -> Option<&Value> {
        match name {
            "arguments" => Some(self.arguments),
            "attempt" => Some(&self.attempt),
            "retries" => Some(&self.retries),
            _ => None,
        }
    }
}

impl World for MockedWorld<'_> {
    fn start_time(&self) -> Time {
        self.settings.start
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        &mut self.randomness
    }

    fn run_task(&mut self, attempt: &Attempt<'_>) -> Result<TaskOutcome, Error> {
        let given = self.layers().find_map(|mocks| {
            let by_state = mocks.states.get(attempt.state);
            by_state.or_else(|| mocks.resources.get(attempt.arn))
        });
        let Some(outcomes) = given else {
            if let Some(child) = self.child(attempt) {
                return Ok(TaskOutcome {
                    completion: Completion::Child(child),
                    duration: 0,
                    submitted: None,
                });
            }
            return self.without_mock(attempt);
        };
        let used = self.used.entry(std::ptr::from_ref(outcomes)).or_default();
        used.resize(outcomes.list.len(), 0);
        let total: u32 = used.iter().sum();
        let variables = AttemptVariables {
            arguments: attempt.arguments,
            attempt: Value::from(i64::from(total)),
            retries: Value::from(i64::from(attempt.retries)),
        };
        let scope = Scope::new(attempt.input, &Value::Null, &variables);
        let chosen = outcomes
            .choose(used, &scope, &mut self.randomness)
            .map_err(|fault| {
                Error::new(format!(
                    "cannot evaluate `when` in the mocks of `{}`: {fault}",
                    attempt.state
                ))
            })?;
        let Some(chosen) = chosen else {
            if outcomes.after_last == AfterLast::Fail {
                self.has_undefined = true;
                return Ok(local::after_last(attempt.state, total));
            }
            return Err(Error::new(format!(
                "no mock of `{}` matches this attempt: every `when` is false",
                attempt.state
            ))
            .help("add an outcome without `when` at the end of the list"));
        };
        used[chosen] += 1;
        let chosen = &outcomes.list[chosen];
        self.has_undefined |= matches!(chosen.completion, MockedCompletion::Undefined(_));
        chosen
            .outcome(&scope, &mut self.randomness)
            .map_err(|fault| Error::new(format!("cannot evaluate a mock of `{}`: {fault}", attempt.state)))
    }

    fn object(&mut self, bucket: &str, key: &str) -> Result<Option<Rc<str>>, Error> {
        let at = (bucket.to_owned(), key.to_owned());
        let written = self.written.get(&at);
        Ok(written
            .or_else(|| self.layers().find_map(|mocks| mocks.objects.get(&at)))
            .cloned())
    }

    fn list(&mut self, bucket: &str, prefix: &str) -> Result<Vec<Object>, Error> {
        // Later entries replace earlier ones.
        let layers: Vec<&Mocks> = self.layers().collect();
        let all: BTreeMap<&str, &Rc<str>> = layers
            .into_iter()
            .rev()
            .flat_map(|mocks| &mocks.objects)
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

    fn sample_item(&mut self, state: &Rc<str>, bucket: &str) -> Option<Value> {
        let Unmocked::Sample(samples, machine) = self.without_mock else {
            return None;
        };
        let is_known = |(known, _): &(String, String)| known == bucket;
        if self.layers().any(|mocks| mocks.objects.keys().any(is_known)) || self.written.keys().any(is_known)
        {
            return None;
        }
        *self.unmocked.entry(Rc::clone(state)).or_default() += 1;
        Some(samples.item(machine, state))
    }

    fn put(&mut self, bucket: &str, key: &str, body: String) {
        self.written
            .insert((bucket.to_owned(), key.to_owned()), body.into());
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            push_fmt!(text, "{byte:02x}");
            text
        })
}
