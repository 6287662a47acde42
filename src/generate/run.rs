//! Runs of a machine with scripts.

use super::handler::ByError;
use super::script::{Outcome, Script, ScriptedCompletion};
use super::store::Store;
use super::trace::{Call, Trace, Tracer};
use crate::coverage::{Catalog, Counts, Recorder};
use crate::expr::{Randomness, Seeded};
use crate::history::Time;
use crate::simulate::plan::Plan;
use crate::simulate::world::{Attempt, Completion, Error, Object, TaskOutcome, World};
use crate::simulate::{Execution, Options, StateId, run_observed};
use crate::value::Value;
use foldhash::HashMap;
use std::cell::Cell;
use std::rc::Rc;

/// The machine, ready to run scripts.
pub(super) struct Runner<'a> {
    pub(super) plan: &'a Rc<Plan>,
    pub(super) catalog: &'a Catalog,
    pub(super) options: &'a Options,
    /// When executions start.
    pub(super) start: Time,
    /// The results of tasks without outcomes, by state.
    pub(super) samples: HashMap<Rc<str>, Value>,
    /// The states with retriers or catchers.
    pub(super) handlers: HashMap<StateId, ByError<'a>>,
    /// In place of those of a state without any.
    pub(super) no_handlers: ByError<'a>,
    /// The number of runs so far.
    pub(super) runs: Cell<usize>,
}

/// A run, complete or not.
pub(super) struct Run {
    pub(super) script: Script,
    pub(super) trace: Trace,
    pub(super) counts: Counts,
    /// The execution; `None` if it has not ended.
    pub(super) execution: Option<Execution>,
    /// The objects that it read from S3, by bucket and key.
    pub(super) objects: Vec<((String, String), Rc<str>)>,
}

impl<'a> Runner<'a> {
    /// The retriers and catchers of a state.
    pub(super) fn by_error(&self, state: StateId) -> &ByError<'a> {
        self.handlers.get(&state).unwrap_or(&self.no_handlers)
    }

    /// Runs a script.
    pub(super) fn run(&self, script: &Script) -> Run {
        self.runs.set(self.runs.get() + 1);
        let current = Cell::new(StateId(0));
        let mut tracer = Tracer::new(Recorder::new(self.catalog, self.plan), &current);
        let mut world = Scripted {
            runner: self,
            script,
            randomness: Seeded::new(0),
            attempts: HashMap::default(),
            calls: Vec::new(),
            current: &current,
            store: Store::default(),
        };
        let input = script.input.clone();
        let execution = run_observed(self.plan, input, &mut world, self.options, &mut tracer).ok();
        let (calls, objects) = (world.calls, world.store.into_read());
        let (trace, counts) = tracer.finish(calls, execution.as_ref());
        Run {
            script: script.clone(),
            trace,
            counts,
            execution,
            objects,
        }
    }

    /// The outcome of an attempt of a task for which a script has none.
    pub(super) fn default_outcome(&self, state: &str) -> Outcome {
        let result = self
            .samples
            .get(state)
            .cloned()
            .unwrap_or_else(Value::empty_object);
        Outcome::now(ScriptedCompletion::Return(result))
    }
}

/// The world of a scripted run.
struct Scripted<'r> {
    runner: &'r Runner<'r>,
    script: &'r Script,
    randomness: Seeded,
    attempts: HashMap<Rc<str>, usize>,
    calls: Vec<Call>,
    current: &'r Cell<StateId>,
    store: Store,
}

impl World for Scripted<'_> {
    fn start_time(&self) -> Time {
        self.runner.start
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        &mut self.randomness
    }

    fn run_task(&mut self, attempt: &Attempt<'_>) -> Result<TaskOutcome, Error> {
        let count = self.attempts.entry(Rc::clone(attempt.state)).or_insert(0);
        let number = *count;
        *count += 1;
        let list = self.script.outcomes.get(attempt.state);
        let outcome = list.and_then(|list| list.get(number).or(list.last()));
        let outcome = outcome
            .cloned()
            .unwrap_or_else(|| self.runner.default_outcome(attempt.state));
        let completion = match &outcome.completion {
            ScriptedCompletion::Return(result) => Completion::Return(result.clone()),
            ScriptedCompletion::Throw(error) => Completion::Throw(error.clone()),
            ScriptedCompletion::Timeout => Completion::Timeout,
        };
        let duration = outcome.duration;
        self.calls.push(Call {
            attempt: number,
            outcome,
        });
        Ok(TaskOutcome {
            completion,
            duration,
            submitted: None,
        })
    }

    fn object(&mut self, bucket: &str, key: &str) -> Result<Option<Rc<str>>, Error> {
        let state = self.current.get();
        let reader = self.runner.plan.state(state).distributed_map();
        let reader = reader.and_then(|(_, distributed)| distributed.reader.as_ref());
        let items = self.script.items.get(&state);
        Ok(self.store.object(reader, items, bucket, key))
    }

    fn list(&mut self, bucket: &str, prefix: &str) -> Result<Vec<Object>, Error> {
        let items = self.script.items.get(&self.current.get());
        Ok(self.store.list(items, bucket, prefix))
    }

    fn put(&mut self, bucket: &str, key: &str, body: String) {
        self.store.put(bucket, key, body);
    }
}
