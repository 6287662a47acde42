//! `Task`: calls a service, a function, an activity, or another machine.

mod integration;
mod nested;

use crate::expr::{EvalError, Randomness};
use crate::history::{EventKind, Scheduled, TaskResource};
use crate::simulate::bindings::Bindings;
use crate::simulate::number;
use crate::simulate::observer::StateEvent;
use crate::simulate::plan::{Pattern, Setting, Task};
use crate::simulate::state_cx::{Control, StateCx};
use crate::simulate::state_error::StepError;
use crate::simulate::waiting::{TaskRun, Waiting};
use crate::simulate::world::{Attempt, Completion};
use crate::spec::quota;
use crate::value::Value;
use std::rc::Rc;

pub(super) fn enter(cx: &mut StateCx<'_, '_>, task: &Task) -> Result<Control, StepError> {
    let effective = cx.effective_input()?;
    // Each attempt has its own token.
    if task.pattern != Pattern::RequestResponse {
        let token = token(cx.randomness());
        cx.frame_mut().token = Some(token);
    }
    let arguments = cx.arguments(&effective)?;
    cx.check_arguments(&arguments)?;
    let timeout = seconds(
        cx,
        task.settings.timeout_seconds.as_ref(),
        &effective,
        "TimeoutSeconds",
    )?;
    let heartbeat = seconds(
        cx,
        task.settings.heartbeat_seconds.as_ref(),
        &effective,
        "HeartbeatSeconds",
    )?;
    let role = match &task.credentials {
        Some(credentials) => cx
            .evaluate(credentials, Bindings::from_input(&effective))?
            .get("RoleArn")
            .cloned(),
        None => None,
    };
    let arguments = integration::prepare(task, arguments)?;
    cx.emit_next(|| {
        EventKind::TaskScheduled(Rc::new(Scheduled {
            resource: Rc::clone(&task.resource),
            input: arguments.clone(),
            timeout,
            heartbeat,
            role: role.clone(),
        }))
    });
    let retries = cx.frame().retries;
    cx.observe(|| StateEvent::Called);
    let planned = cx.evaluator.world.run_task(&Attempt {
        state: &cx.state.name,
        arn: &task.arn,
        resource: &task.resource,
        input: &effective,
        arguments: &arguments,
        role: role.as_ref(),
        is_nested: !cx.journal.is_of_machine(cx.run),
        retries,
    })?;
    let attempt = TaskRun {
        planned,
        arguments,
        timeout,
        heartbeat,
        outcome: None,
        child: None,
    };
    Ok(cx.sleep(Waiting::TaskStart(Box::new(attempt)), 0))
}

fn seconds(
    cx: &mut StateCx<'_, '_>,
    setting: Option<&Setting>,
    input: &Value,
    name: &str,
) -> Result<Option<i64>, EvalError> {
    let Some(setting) = setting else { return Ok(None) };
    let value = cx.setting(setting, input)?;
    match setting {
        Setting::Jsonata {
            expression, location, ..
        } => number::in_range(
            expression,
            location,
            &value,
            name,
            0..=i64::from(quota::SECONDS_MAX),
        )
        .map(Some),
        Setting::Path { path, field, .. } => {
            let seconds =
                number::as_long(&value).ok_or_else(|| number::not_an_integer(field, path, &value))?;
            // AWS is only known to reject negative JSONata values; other negative values make no sense either.
            if seconds < 0 {
                return Err(EvalError::runtime(number::out_of_range(name, &value)));
            }
            Ok(Some(seconds))
        }
        _ => Ok(number::as_long(&value)),
    }
}

/// Starts the task; a job or a callback task is also submitted.
pub(super) fn start(cx: &mut StateCx<'_, '_>, mut run: Box<TaskRun>) -> Result<Control, StepError> {
    let Some(task) = cx.state.task() else {
        return Ok(Control::Wait);
    };
    let worker = matches!(*task.resource, TaskResource::Activity { .. }).then(|| Rc::from("asl"));
    cx.emit_next(|| EventKind::TaskStarted {
        resource: Rc::clone(&task.resource),
        worker,
    });
    if let Completion::Child(machine) = run.planned.completion {
        return nested::start(cx, task, machine, run);
    }
    let submitted = run.planned.submitted.take().or_else(|| {
        // A failed call without a submission was not accepted at all.
        let was_accepted = !matches!(run.planned.completion, Completion::Throw(_));
        was_accepted.then(Value::empty_object)
    });
    if let (Pattern::Sync | Pattern::Token, Some(output)) = (task.pattern, submitted) {
        let resource = Rc::clone(&task.resource);
        cx.emit_next(|| EventKind::TaskSubmitted { resource, output });
    }
    let delay = run.delay();
    Ok(cx.sleep(Waiting::TaskEnd(run), delay))
}

/// Ends the task.
pub(super) fn end(cx: &mut StateCx<'_, '_>, mut run: Box<TaskRun>) -> Control {
    let Some(task) = cx.state.task() else {
        return Control::Wait;
    };
    let resource = Rc::clone(&task.resource);
    let outcome = match run.outcome() {
        Ok(output) => cx
            .evaluator
            .check_size(&output, &task.result_source)
            .map(|_| output),
        Err(failure) => Err(failure),
    };
    let kind = match &outcome {
        Ok(output) => EventKind::TaskSucceeded {
            resource,
            output: output.clone(),
        },
        Err(failure) if run.is_late() => EventKind::TaskTimedOut {
            resource,
            data: Rc::clone(&failure.data),
        },
        Err(failure) => EventKind::TaskFailed {
            resource,
            data: Rc::clone(&failure.data),
        },
    };
    cx.emit_next(|| kind);
    if outcome.is_err() && run.is_late() {
        cx.observe(|| StateEvent::TimedOut);
    }
    run.outcome = Some(outcome);
    cx.sleep(Waiting::TaskDone(run), 0)
}

/// Continues after the end of the task.
pub(super) fn resume(cx: &mut StateCx<'_, '_>, run: TaskRun) -> Result<Control, StepError> {
    match run.outcome {
        Some(Ok(result)) => cx.finish(&result),
        Some(Err(failure)) => Err(failure.into()),
        None => Ok(Control::Wait),
    }
}

/// A task token. AWS's are long and opaque; they only have to be unique.
fn token(randomness: &mut dyn Randomness) -> Rc<str> {
    let mut token = "asl".to_owned();
    for _ in 0..4 {
        push_fmt!(token, "{:016x}", randomness.next_u64());
    }
    token.into()
}
