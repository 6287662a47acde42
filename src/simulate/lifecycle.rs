//! The start and the end of executions, including child executions.

use super::description::Form;
use super::execution::{Nested, NoteKind};
use super::frame::Frame;
use super::identity::Identity;
use super::ids::{FrameId, RunId};
use super::journal::Journal;
use super::plan::{Plan, ScopeId};
use super::running::{Caller, Run, RunResult};
use super::scheduler::{Scheduler, Wake};
use super::state_error::StateError;
use super::waiting::{MapRunJoin, Waiting};
use super::world::{Completion, Error};
use crate::history::{ErrorData, EventKind, History, Status, Time};
use crate::spec::error_name;
use crate::spec::quota;
use crate::value::Value;
use std::rc::Rc;

/// Starts an execution of a scope of a plan; the first state is entered at the next wake-up.
pub(super) fn start<'w>(
    scheduler: &mut Scheduler,
    journal: &mut Journal<'w>,
    plan: &'w Rc<Plan>,
    scope: ScopeId,
    identity: Identity,
    input: Value,
    caller: Caller,
) -> Result<RunId, Error> {
    let Some(first) = plan.scope(scope).start else {
        return Err(Error::new("`StartAt` references an undefined state"));
    };
    let limit = i64::from(quota::execution_seconds(identity.workflow_type)) * 1000;
    let own = plan.timeout_seconds.filter(|_| scope == Plan::ROOT);
    let limits = [
        journal.options().limits.then_some(limit),
        own.map(|seconds| seconds.saturating_mul(1000)),
    ];
    let now = scheduler.now();
    let id = journal.runs.add(Run {
        plan,
        identity,
        input: input.clone(),
        start: now,
        context: None,
        transitions: 0,
        notes: Vec::new(),
        caller,
        root: None,
        next_id: 1,
        events: History::new(),
        is_full: false,
        end: None,
    });
    journal.emit(id, now, 0, || EventKind::ExecutionStarted {
        input: input.clone(),
    });
    if let Some(limit) = limits.into_iter().flatten().min() {
        scheduler.clock.after(limit, Wake::Deadline(id));
    }
    journal.runs[id].root = Some(scheduler.spawn(Frame::new(id, first, input, 0)));
    Ok(id)
}

/// Ends an execution: records its last event, drops its frames, and wakes what waits for it.
pub(super) fn end(
    scheduler: &mut Scheduler,
    journal: &mut Journal<'_>,
    id: RunId,
    status: Status,
    output: Option<Value>,
    error: Rc<ErrorData>,
    previous: u64,
) {
    let now = scheduler.now();
    journal.runs[id].is_full = false;
    let last = match status {
        Status::Succeeded => EventKind::ExecutionSucceeded {
            output: output.clone().unwrap_or_default(),
        },
        Status::Failed => EventKind::ExecutionFailed(Rc::clone(&error)),
        Status::TimedOut => EventKind::ExecutionTimedOut(Rc::clone(&error)),
        Status::Aborted => EventKind::ExecutionAborted(Rc::clone(&error)),
    };
    journal.emit(id, now, previous, || last);
    let run = &mut journal.runs[id];
    run.end = Some(RunResult {
        status,
        output,
        error,
        stop: now,
    });
    let (caller, root) = (run.caller, run.root.take());
    if let Some(root) = root {
        drop_frames(scheduler, journal, root);
    }
    match caller {
        Caller::User | Caller::Detached => {}
        Caller::Map(frame, index) => notify_map(scheduler, frame, index, id),
        Caller::Task(frame) => notify_task(scheduler, journal, frame, id),
    }
}

/// Removes a frame and everything it waits for, without recording events.
fn drop_frames(scheduler: &mut Scheduler, journal: &mut Journal<'_>, id: FrameId) {
    let mut stack = vec![id];
    while let Some(id) = stack.pop() {
        let Some(frame) = scheduler.frames.remove(id) else {
            continue;
        };
        match &frame.waiting {
            Waiting::Join(join) => stack.extend(join.running()),
            // Frames of other executions are handled by the same loop: nesting cannot exhaust the stack.
            Waiting::MapRun(map_run) => {
                stack.extend(map_run.running().filter_map(|run| journal.runs[run].root.take()));
                abort_children(scheduler, journal, map_run);
            }
            Waiting::Child(task) => {
                let Some(child) = task.child else { continue };
                stack.extend(journal.runs[child].root.take());
                abort_task_execution(scheduler, journal, &frame, child);
            }
            _ => {}
        }
    }
}

/// Stops the running child executions of a Distributed Map.
pub(super) fn abort_children(scheduler: &mut Scheduler, journal: &mut Journal<'_>, join: &MapRunJoin) {
    for (&index, &run) in &join.running {
        // A child that has ended by itself may not have been collected yet.
        abort(scheduler, journal, run);
        if let Some(end) = journal.runs[run].end.clone() {
            journal.count_child(join.record, join.jobs.weight(index), end.status);
            journal.keep_child(join.record, run, end);
        }
    }
}

/// Stops the execution that a frame's task waits for, and keeps its result.
pub(super) fn abort_task_execution(
    scheduler: &mut Scheduler,
    journal: &mut Journal<'_>,
    frame: &Frame,
    child: RunId,
) {
    if abort(scheduler, journal, child) {
        keep_nested(scheduler.now(), journal, frame, child);
    }
}

/// Times out the task that waits for an execution, and stops the execution.
pub(super) fn time_out_task(scheduler: &mut Scheduler, journal: &mut Journal<'_>, child: RunId) {
    let Caller::Task(id) = journal.runs[child].caller else {
        return;
    };
    if journal.runs[child].end.is_some() || !scheduler.frames.is_alive(id) {
        return;
    }
    let Waiting::Child(mut task) = std::mem::take(&mut scheduler.frames[id].waiting) else {
        return;
    };
    if abort(scheduler, journal, child) {
        keep_nested(scheduler.now(), journal, &scheduler.frames[id], child);
    }
    task.planned.completion = Completion::Timeout;
    scheduler.sleep(id, Waiting::TaskEnd(task), 0);
}

/// Stops an execution, unless it has ended already.
fn abort(scheduler: &mut Scheduler, journal: &mut Journal<'_>, run: RunId) -> bool {
    if journal.runs[run].end.is_some() {
        return false;
    }
    journal.runs[run].caller = Caller::Detached;
    end(scheduler, journal, run, Status::Aborted, None, Rc::default(), 0);
    true
}

/// Tells a Distributed Map that a child execution has ended.
fn notify_map(scheduler: &mut Scheduler, id: FrameId, index: usize, run: RunId) {
    if scheduler.frames.is_alive(id)
        && let Waiting::MapRun(join) = &mut scheduler.frames[id].waiting
    {
        join.ended.push((index, run));
        if join.ended.len() == 1 && !join.is_starting {
            scheduler.clock.after(0, Wake::Frame(id));
        }
    }
}

/// Ends the task that waits for an execution.
fn notify_task(scheduler: &mut Scheduler, journal: &mut Journal<'_>, id: FrameId, run: RunId) {
    if !scheduler.frames.is_alive(id) {
        return;
    }
    let frame = &mut scheduler.frames[id];
    let Waiting::Child(mut task) = std::mem::take(&mut frame.waiting) else {
        return;
    };
    let state = journal.runs[frame.run].plan.state(frame.state);
    let form = Form::from_resource(state.task().map_or("", |task| &task.arn));
    let description = journal.runs[run].describe(form);
    let has_succeeded = matches!(&journal.runs[run].end, Some(end) if end.status == Status::Succeeded);
    keep_nested(scheduler.now(), journal, &scheduler.frames[id], run);
    task.planned.completion = if has_succeeded || form == Form::StartSyncExecution {
        Completion::Return(description)
    } else {
        let failure = StateError::named(error_name::TASK_FAILED, description.to_json());
        Completion::Throw(failure.data.as_ref().clone())
    };
    task.planned.duration = 0;
    scheduler.sleep(id, Waiting::TaskEnd(task), 0);
}

/// Keeps the result of an execution, if events are recorded.
fn keep_nested(now: Time, journal: &mut Journal<'_>, frame: &Frame, run: RunId) {
    let records_events = journal.options().record_events;
    let run = &mut journal.runs[run];
    let Some(end) = run.end.clone().filter(|_| records_events) else {
        return;
    };
    let plan = Rc::clone(run.plan);
    let child = run.take_child(end);
    let index = journal.nested.len();
    journal.nested.push(Nested { plan, child });
    journal.add_note(frame, now, || NoteKind::Ran(index));
}
