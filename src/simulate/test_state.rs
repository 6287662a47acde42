//! One state alone, as the `TestState` API runs it: the engine enters that state, and stops when it is left, fails
//! or is to be tried again.

pub mod shape;

use super::engine::Engine;
use super::execution::NoteKind;
use super::identity::{self, Identity, uuid};
use super::inspect::Inspector;
use super::options::{Options, TestStateOptions};
use super::plan::{Exit, Kind, Plan, StateId, Step};
use super::run::Run;
use super::world::{Answer, Attempt, End, Object as Listed, Trouble, World};
use crate::asl::semantics::error_match;
use crate::expr::{Randomness, Seeded};
use crate::history::{ErrorData, EventKind, Status, Time};
use crate::spec::WorkflowType;
use crate::value::{Object, Value};
use std::rc::Rc;

/// What a state that ran alone came to.
#[derive(Debug)]
pub struct TestStateResult {
    /// How.
    pub end: TestStatus,
    /// What it hands on.
    pub output: Option<Value>,
    /// What it failed with, though it was caught or is to be tried again.
    pub error: Option<Rc<ErrorData>>,
    /// The state after it.
    pub next: Option<Rc<str>>,
    /// The catcher that took the error, from 0.
    pub catcher: Option<usize>,
    /// The retrier that the error is for, from 0, even if it is exhausted.
    pub retrier: Option<usize>,
    /// Milliseconds before it is tried again.
    pub delay: Option<i64>,
    /// The variables when it was left.
    pub variables: Object,
}

/// The `status` of a `TestState` response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TestStatus {
    /// It was left.
    Succeeded,
    /// It failed for good.
    Failed,
    /// It failed and is to be tried again.
    Retriable,
    /// It failed, and a catcher took the error.
    CaughtError,
}

impl TestStatus {
    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "SUCCEEDED",
            Self::Failed => "FAILED",
            Self::Retriable => "RETRIABLE",
            Self::CaughtError => "CAUGHT_ERROR",
        }
    }
}

/// The outside of a state that runs alone: the mock and the reader's data, and nothing else.
struct TestWorld<'a> {
    mock: Option<&'a Result<Value, ErrorData>>,
    reader_data: Option<&'a Rc<str>>,
    randomness: Seeded,
    start: Time,
}

impl World for TestWorld<'_> {
    fn start_time(&self) -> Time {
        self.start
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        &mut self.randomness
    }

    fn answer(&mut self, attempt: &Attempt<'_>) -> Result<Answer, Trouble> {
        let end = match self.mock {
            Some(Ok(result)) => End::Return(result.clone()),
            Some(Err(data)) => End::Throw(data.clone()),
            None => {
                return Err(Trouble::new(format!(
                    "`{}` calls `{}`, and no mock answers",
                    attempt.state, attempt.arn
                ))
                .help("asl calls no service: give the mock's `result` or `errorOutput`"));
            }
        };
        Ok(Answer {
            end,
            duration: 0,
            submitted: None,
        })
    }

    fn object(&mut self, _bucket: &str, _key: &str) -> Result<Option<Rc<str>>, Trouble> {
        Ok(self.reader_data.cloned())
    }

    fn list(&mut self, _bucket: &str, _prefix: &str) -> Result<Vec<Listed>, Trouble> {
        Ok(Vec::new())
    }

    fn put(&mut self, _bucket: &str, _key: &str, _body: String) {}
}

/// Runs one state; `inspector` sees the data on its way. Without `options.context` the context object is the one
/// that `TestState` makes.
pub fn run(
    plan: &Rc<Plan>,
    state: StateId,
    input: &Value,
    settings: &TestStateOptions,
    options: Options,
    start: Time,
    inspector: &mut dyn Inspector,
) -> Result<TestStateResult, Trouble> {
    let mut world = TestWorld {
        mock: settings.mock.as_ref(),
        reader_data: settings.reader_data.as_ref(),
        randomness: Seeded::new(0),
        start,
    };
    let step = plan.state(state);
    let name = uuid(&mut world.randomness);
    let machine_name = uuid(&mut world.randomness);
    let machine_arn = identity::machine_arn(&machine_name);
    let identity = Identity::new(&machine_arn, &name, WorkflowType::Express);
    let context = options
        .context
        .clone()
        .unwrap_or_else(|| default_context(step, &identity, input, settings.role.as_ref(), start));
    let options = Options {
        workflow_type: WorkflowType::Express,
        until: Some(state),
        context: Some(context),
        test_state: Some(settings.clone()),
        ..options
    };
    let mut engine = Engine::new(plan, &mut world, &options);
    engine.evaluator.inspector = Some(inspector);
    let run = engine.start(plan, identity, input.clone())?;
    if let Some(root) = engine.journal.runs[run].root {
        let frame = &mut engine.scheduler.frames[root];
        frame.state = state;
        frame.variables = settings.variables.clone();
    }
    let waits = |engine: &Engine<'_>| {
        let last = engine.journal.runs[run].notes.last();
        matches!(last, Some(note) if matches!(note.kind, NoteKind::Retried { .. }))
    };
    while engine.journal.runs[run].end.is_none() && !waits(&engine) {
        engine.tick()?;
    }
    Ok(outcome(plan, step, &engine.journal.runs[run], settings))
}

/// What the notes and the end of its execution tell of a state.
fn outcome(plan: &Plan, step: &Step, run: &Run<'_>, settings: &TestStateOptions) -> TestStateResult {
    let mut tested = TestStateResult {
        end: TestStatus::Succeeded,
        output: None,
        error: None,
        next: next_of(plan, step.exit),
        catcher: None,
        retrier: None,
        delay: None,
        variables: settings.variables.clone(),
    };
    for note in &run.notes {
        match &note.kind {
            NoteKind::Decided(rule) => {
                if let Kind::Choice(choice) = &step.kind {
                    let rule = rule.and_then(|at| choice.rules.get(at));
                    tested.next = next_of(plan, rule.map_or(choice.default, |rule| rule.exit));
                }
            }
            NoteKind::Caught { error, catcher } => {
                tested.end = TestStatus::CaughtError;
                tested.error = Some(Rc::clone(error));
                tested.catcher = Some(*catcher);
                tested.next = step.catch.get(*catcher).and_then(|c| next_of(plan, c.exit));
            }
            NoteKind::Retried { error, delay } => {
                tested.end = TestStatus::Retriable;
                tested.error = Some(Rc::clone(error));
                tested.delay = Some(*delay);
            }
            NoteKind::Failed { .. } | NoteKind::Ran(_) => {}
        }
    }
    if let Some(end) = &run.end {
        tested.output.clone_from(&end.output);
        if matches!(end.status, Status::Failed | Status::TimedOut) {
            tested.end = TestStatus::Failed;
            tested.error = Some(Rc::clone(&end.error));
            tested.catcher = None;
        }
    }
    if matches!(tested.end, TestStatus::Failed | TestStatus::Retriable) {
        tested.next = None;
    }
    if let Some(name) = tested.error.as_ref().and_then(|error| error.error.as_deref()) {
        let is_for = |names: &[Box<str>]| names.iter().any(|given| error_match::matches(given, name));
        tested.retrier = step.retry.iter().position(|retrier| is_for(&retrier.names));
    }
    for event in &run.events {
        if let EventKind::StateExited {
            assigned: Some(assigned),
            ..
        } = &event.kind
        {
            let assigned = assigned
                .iter()
                .map(|(name, value)| (Rc::clone(name), value.clone()));
            tested.variables.extend(assigned);
        }
    }
    tested
}

fn next_of(plan: &Plan, exit: Exit) -> Option<Rc<str>> {
    match exit {
        Exit::Next(next) => Some(Rc::clone(&plan.state(next).name)),
        Exit::End | Exit::Nowhere => None,
    }
}

/// The context object where the request gives none. Source: recordings of AWS.
fn default_context(
    step: &Step,
    identity: &Identity,
    input: &Value,
    role: Option<&Rc<str>>,
    start: Time,
) -> Value {
    let text = |text: &Rc<str>| Value::String(Rc::clone(text));
    let mut state: Object = [
        ("Name".into(), Value::from("StateName")),
        ("EnteredTime".into(), Value::from(start.to_string())),
    ]
    .into_iter()
    .collect();
    if let Kind::Task(_) | Kind::Parallel(_) | Kind::Map(_) = step.kind {
        state.insert("RetryCount".into(), Value::from(0));
    }
    let execution: Object = [
        ("Id".into(), text(&identity.arn)),
        ("Input".into(), input.clone()),
        ("Name".into(), text(&identity.name)),
        ("RoleArn".into(), role.map_or(Value::Null, text)),
        ("StartTime".into(), Value::from(start.to_string())),
    ]
    .into_iter()
    .collect();
    let machine: Object = [
        ("Id".into(), text(&identity.machine_arn)),
        ("Name".into(), text(&identity.machine_name)),
    ]
    .into_iter()
    .collect();
    let context: Object = [
        ("Execution".into(), Value::object(execution)),
        ("StateMachine".into(), Value::object(machine)),
        ("State".into(), Value::object(state)),
    ]
    .into_iter()
    .collect();
    Value::object(context)
}
