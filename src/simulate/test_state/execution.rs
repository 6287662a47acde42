//! Runs a single state: the engine enters the state, and stops when it is left, fails, or is about to be retried.

use super::result::{TestStateResult, TestStatus};
use super::world::TestWorld;
use crate::asl::semantics::error_match;
use crate::expr::Seeded;
use crate::history::{EventKind, Status, Time};
use crate::simulate::engine::Engine;
use crate::simulate::execution::NoteKind;
use crate::simulate::identity::{Identity, machine_arn, uuid};
use crate::simulate::inspect::Inspector;
use crate::simulate::mocks::DEFAULT_START;
use crate::simulate::options::{Options, TestStateOptions};
use crate::simulate::plan::{Exit, Plan, State, StateId, StateKind};
use crate::simulate::running::Run;
use crate::simulate::world::Error;
use crate::spec::WorkflowType;
use crate::value::{Object, Value};
use std::rc::Rc;

/// Runs one state and reports its data flow to `inspector`. Without `context`, the context object is the one that
/// `TestState` creates.
pub(super) fn run(
    plan: &Rc<Plan>,
    id: StateId,
    input: &Value,
    context: Option<&Value>,
    settings: &TestStateOptions,
    inspector: &mut dyn Inspector,
) -> Result<TestStateResult, Error> {
    let start = Time::parse(DEFAULT_START).unwrap_or_default();
    let mut world = TestWorld {
        mock: settings.mock.as_ref(),
        reader_data: settings.reader_data.as_ref(),
        randomness: Seeded::new(0),
        start,
    };
    let state = plan.state(id);
    let name = uuid(&mut world.randomness);
    let machine_name = uuid(&mut world.randomness);
    let machine_arn = machine_arn(&machine_name);
    let identity = Identity::new(&machine_arn, &name, WorkflowType::Express);
    let context = match context {
        Some(context) => context.clone(),
        None => default_context(state, &identity, input, settings.role.as_ref(), start),
    };
    let options = Options {
        workflow_type: WorkflowType::Express,
        until: Some(id),
        context: Some(context),
        test_state: Some(settings.clone()),
        ..Options::default()
    };
    let mut engine = Engine::new(plan, &mut world, &options);
    engine.evaluator.inspector = Some(inspector);
    let run = engine.start(plan, identity, input.clone())?;
    if let Some(root) = engine.journal.runs[run].root {
        let frame = &mut engine.scheduler.frames[root];
        frame.state = id;
        frame.variables = settings.variables.clone();
    }
    let waits = |engine: &Engine<'_>| {
        let last = engine.journal.runs[run].notes.last();
        matches!(last, Some(note) if matches!(note.kind, NoteKind::Retried { .. }))
    };
    while engine.journal.runs[run].end.is_none() && !waits(&engine) {
        engine.tick()?;
    }
    Ok(outcome(plan, state, &engine.journal.runs[run], settings))
}

/// The result of the state, from the notes and the outcome of its execution.
fn outcome(plan: &Plan, state: &State, run: &Run<'_>, settings: &TestStateOptions) -> TestStateResult {
    let mut result = TestStateResult {
        status: TestStatus::Succeeded,
        output: None,
        error: None,
        next: next_of(plan, state.exit),
        catcher: None,
        retrier: None,
        delay: None,
        variables: settings.variables.clone(),
    };
    for note in &run.notes {
        match &note.kind {
            NoteKind::Decided(rule) => {
                if let StateKind::Choice(choice) = &state.kind {
                    let rule = rule.and_then(|at| choice.rules.get(at));
                    result.next = next_of(plan, rule.map_or(choice.default, |rule| rule.exit));
                }
            }
            NoteKind::Caught { error, catcher } => {
                result.status = TestStatus::CaughtError;
                result.error = Some(Rc::clone(error));
                result.catcher = Some(*catcher);
                result.next = state.catch.get(*catcher).and_then(|c| next_of(plan, c.exit));
            }
            NoteKind::Retried { error, delay } => {
                result.status = TestStatus::Retriable;
                result.error = Some(Rc::clone(error));
                result.delay = Some(*delay);
            }
            NoteKind::Failed { .. } | NoteKind::Ran(_) => {}
        }
    }
    if let Some(end) = &run.end {
        result.output.clone_from(&end.output);
        if matches!(end.status, Status::Failed | Status::TimedOut) {
            result.status = TestStatus::Failed;
            result.error = Some(Rc::clone(&end.error));
            result.catcher = None;
        }
    }
    if matches!(result.status, TestStatus::Failed | TestStatus::Retriable) {
        result.next = None;
    }
    if let Some(name) = result.error.as_ref().and_then(|error| error.error.as_deref()) {
        let is_for = |names: &[Box<str>]| names.iter().any(|given| error_match::matches(given, name));
        result.retrier = state.retry.iter().position(|retrier| is_for(&retrier.names));
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
            result.variables.extend(assigned);
        }
    }
    result
}

fn next_of(plan: &Plan, exit: Exit) -> Option<Rc<str>> {
    match exit {
        Exit::Next(next) => Some(Rc::clone(&plan.state(next).name)),
        Exit::End | Exit::Nowhere => None,
    }
}

/// The default context object. Source: recordings of AWS.
fn default_context(
    state: &State,
    identity: &Identity,
    input: &Value,
    role: Option<&Rc<str>>,
    start: Time,
) -> Value {
    let text = |text: &Rc<str>| Value::String(Rc::clone(text));
    let mut members: Object = [
        ("Name".into(), Value::from("StateName")),
        ("EnteredTime".into(), Value::from(start.to_string())),
    ]
    .into_iter()
    .collect();
    if let StateKind::Task(_) | StateKind::Parallel(_) | StateKind::Map(_) = state.kind {
        members.insert("RetryCount".into(), Value::from(0));
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
        ("State".into(), Value::object(members)),
    ]
    .into_iter()
    .collect();
    Value::object(context)
}
