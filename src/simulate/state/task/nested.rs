//! A task that starts an execution of another machine, which is simulated too.

use crate::history::EventKind;
use crate::simulate::description::START_SYNC_EXECUTION;
use crate::simulate::identity::{Identity, uuid};
use crate::simulate::ids::RunId;
use crate::simulate::lifecycle;
use crate::simulate::options::Options;
use crate::simulate::plan::{Pattern, Plan, Task};
use crate::simulate::running::Caller;
use crate::simulate::scheduler::Wake;
use crate::simulate::state_cx::{Control, StateCx};
use crate::simulate::state_error::StepError;
use crate::simulate::waiting::{TaskRun, Waiting};
use crate::simulate::world::{Completion, Error};
use crate::spec::WorkflowType;
use crate::value::{Object, Value};
use std::rc::Rc;

/// The maximum depth of nested executions, which AWS does not limit.
const MAX_DEPTH: usize = 1_000;

/// Starts the other machine. `.sync` waits for its end, the other patterns only for its start.
pub(super) fn start<'w>(
    cx: &mut StateCx<'_, 'w>,
    task: &Task,
    machine: usize,
    mut run: Box<TaskRun>,
) -> Result<Control, StepError> {
    let options: &'w Options = cx.evaluator.options;
    let Some(child) = options.children.get(machine) else {
        return Err(
            Error::new("internal error: the mocks reference a state machine that was not read").into(),
        );
    };
    let input = run
        .arguments
        .get("Input")
        .cloned()
        .unwrap_or_else(Value::empty_object);
    let input = match &input {
        Value::String(text) => Value::parse(text).unwrap_or(input),
        _ => input,
    };
    let name = match run.arguments.get("Name").and_then(Value::as_str) {
        Some(name) => Rc::from(name),
        None => uuid(cx.randomness()),
    };
    let arn = run.arguments.get("StateMachineArn").and_then(Value::as_str);
    let is_synchronous = task.arn.ends_with(START_SYNC_EXECUTION);
    let workflow_type = if is_synchronous {
        WorkflowType::Express
    } else {
        child.workflow_type
    };
    let identity = Identity::new(arn.unwrap_or(&child.arn), &name, workflow_type);
    let waits = task.pattern == Pattern::Sync || is_synchronous;
    if waits && waiting_for(cx, cx.run) > MAX_DEPTH {
        return Err(Error::new(format!(
            "more than {MAX_DEPTH} nested executions: `{}` starts another one",
            cx.state.name
        ))
        .help("if the recursion is infinite, add a mock for one of the tasks")
        .into());
    }
    let caller = if waits {
        Caller::Task(cx.id)
    } else {
        Caller::Detached
    };
    let (scheduler, journal) = (&mut *cx.scheduler, &mut *cx.journal);
    let child_run = lifecycle::start(
        scheduler,
        journal,
        &child.plan,
        Plan::ROOT,
        identity,
        input,
        caller,
    )?;
    let response: Object = [
        (
            "ExecutionArn".into(),
            Value::String(Rc::clone(&cx.journal.runs[child_run].identity.arn)),
        ),
        ("StartDate".into(), Value::from(cx.now().millis())),
    ]
    .into_iter()
    .collect();
    let response = Value::object(response);
    if !waits {
        if task.pattern == Pattern::Token {
            let resource = Rc::clone(&task.resource);
            let output = response.clone();
            cx.emit_next(|| EventKind::TaskSubmitted { resource, output });
        }
        run.planned.completion = Completion::Return(response);
        run.planned.duration = 0;
        return Ok(cx.sleep(Waiting::TaskEnd(run), 0));
    }
    if !is_synchronous {
        let resource = Rc::clone(&task.resource);
        cx.emit_next(|| EventKind::TaskSubmitted {
            resource,
            output: response,
        });
    }
    if let Some(limit) = run.limit() {
        cx.scheduler.clock.after(limit, Wake::TaskTimeout(child_run));
    }
    run.child = Some(child_run);
    Ok(cx.wait(Waiting::Child(run)))
}

/// The depth of an execution: the number of executions that wait for it, directly or indirectly.
fn waiting_for(cx: &StateCx<'_, '_>, run: RunId) -> usize {
    let callers = std::iter::successors(Some(run), |run| match cx.journal.runs[*run].caller {
        Caller::Task(frame) | Caller::Map(frame, _) => Some(cx.scheduler.frames[frame].run),
        Caller::User | Caller::Detached => None,
    });
    callers.count()
}
