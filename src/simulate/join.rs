//! Starting several frames and waiting for them: the branches of a Parallel, the iterations of an inline Map.

use super::frame::Frame;
use super::ids::FrameId;
use super::item::Item;
use super::lifecycle;
use super::observer::StateEvent;
use super::options::TestStateOptions;
use super::plan::{Map, ScopeId, StateKind};
use super::state_cx::{Control, NO_NEXT_STATE, StateCx};
use super::state_error::{StateError, StepError};
use super::waiting::{Iterations, Join, Waiting};
use super::world::Error;
use crate::expr::EvalError;
use crate::history::EventKind;
use crate::spec::StateType;
use crate::value::Value;
use std::rc::Rc;

/// Starts the branches of a Parallel.
pub(super) fn start_branches(
    cx: &mut StateCx<'_, '_>,
    branches: &[ScopeId],
    input: &Value,
) -> Result<Control, StepError> {
    cx.emit_next(|| EventKind::ParallelStateStarted);
    let started = cx.frame().last_event;
    let mut join = Join::new(branches.len(), None);
    for (index, branch) in branches.iter().enumerate() {
        join.children[index] = Some(start_child(cx, index, *branch, input.clone(), started, None)?);
    }
    Ok(cx.wait(Waiting::Join(Box::new(join))))
}

/// Starts the iterations of an inline Map, up to the concurrency limit.
pub(super) fn start_iterations(
    cx: &mut StateCx<'_, '_>,
    map: &Map,
    iterations: Iterations,
) -> Result<Control, StepError> {
    let len = iterations.items.len();
    let started = cx.frame().last_event;
    let first = iterations.limit.min(len);
    let mut join = Join::new(len, Some(iterations));
    for _ in 0..first {
        if let Err(error) = start_iteration(cx, map, &mut join, started) {
            abort(cx, &join, started);
            return Err(error);
        }
    }
    if len > 0 {
        return Ok(cx.wait(Waiting::Join(Box::new(join))));
    }
    cx.emit(started, || EventKind::MapStateSucceeded);
    cx.finish(&Value::array(Vec::new()))
}

/// Starts the next iteration; `previous` is the event that it follows from.
fn start_iteration(
    cx: &mut StateCx<'_, '_>,
    map: &Map,
    join: &mut Join,
    previous: u64,
) -> Result<(), StepError> {
    let Some(iterations) = &mut join.map else {
        return Ok(());
    };
    let index = iterations.next;
    let Some(value) = iterations.items.get(index) else {
        return Ok(());
    };
    iterations.next += 1;
    let item = Item::new(index, value.clone());
    let input = cx.select_item(map, &item, &iterations.effective)?;
    let started = cx.emit(previous, || EventKind::MapIterationStarted {
        name: Rc::clone(&cx.state.name),
        index,
    });
    let child = start_child(cx, index, iterations.scope, input, started, Some(Rc::new(item)))?;
    join.children[index] = Some(child);
    Ok(())
}

fn start_child(
    cx: &mut StateCx<'_, '_>,
    index: usize,
    scope: ScopeId,
    input: Value,
    last: u64,
    item: Option<Rc<Item>>,
) -> Result<FrameId, StepError> {
    let Some(start) = cx.plan().scope(scope).start else {
        return Err(EvalError::runtime(NO_NEXT_STATE).into());
    };
    Ok(cx.scheduler.spawn(Frame {
        parent: Some(cx.id),
        index,
        item,
        ..Frame::new(cx.run, start, input, last)
    }))
}

/// Handles the success of a branch or an iteration; `last` is its last event.
pub(super) fn child_succeeded(
    cx: &mut StateCx<'_, '_>,
    index: usize,
    output: Value,
    last: u64,
) -> Result<Control, StepError> {
    let Waiting::Join(mut join) = std::mem::take(&mut cx.frame_mut().waiting) else {
        return Ok(Control::Wait);
    };
    join.results[index] = output;
    join.children[index] = None;
    join.done += 1;
    cx.observe(|| StateEvent::Finished(index));
    if let (Some(iterations), StateKind::Map(map)) = (&mut join.map, &cx.state.kind) {
        iterations.last = cx.emit(last, || EventKind::MapIterationSucceeded {
            name: Rc::clone(&cx.state.name),
            index,
        });
        if let Err(error) = start_iteration(cx, map, &mut join, last) {
            cx.frame_mut().last_event = last;
            abort(cx, &join, last);
            return Err(error);
        }
    }
    if join.done < join.results.len() {
        return Ok(cx.wait(Waiting::Join(join)));
    }
    let (kind, previous) = match &join.map {
        Some(iterations) => (EventKind::MapStateSucceeded, iterations.last),
        None => (EventKind::ParallelStateSucceeded, last),
    };
    cx.emit(previous, || kind);
    cx.frame_mut().last_event = previous;
    cx.finish(&Value::array(join.results))
}

/// Handles the failure of a branch or an iteration, which also ends its siblings.
pub(super) fn child_failed(cx: &mut StateCx<'_, '_>, child: FrameId) {
    let Some(failed) = cx.scheduler.frames.remove(child) else {
        return;
    };
    let (last, index) = (failed.last_event, failed.index);
    let Waiting::Join(mut join) = std::mem::take(&mut cx.frame_mut().waiting) else {
        return;
    };
    join.children[index] = None;
    if join.map.is_some() {
        cx.emit(last, || EventKind::MapIterationFailed {
            name: Rc::clone(&cx.state.name),
            index,
        });
    }
    if matches!(cx.plan().state(failed.state).kind, StateKind::Task(_)) {
        cx.emit(last, || EventKind::StateAborted {
            state_type: StateType::Task,
        });
    }
    abort(cx, &join, last);
    cx.frame_mut().last_event = last;
}

/// Stops all frames of a join; their events follow from the event that was the reason.
fn abort(cx: &mut StateCx<'_, '_>, join: &Join, reason: u64) {
    // Outer states come before inner ones, and siblings in order. The stack is popped from its end.
    let mut doomed: Vec<FrameId> = join.running().collect();
    doomed.reverse();
    while let Some(id) = doomed.pop() {
        let Some(frame) = cx.scheduler.frames.remove(id) else {
            continue;
        };
        emit_aborted(cx, &frame, reason);
        match &frame.waiting {
            Waiting::Join(join) => {
                let inner: Vec<FrameId> = join.running().collect();
                doomed.extend(inner.into_iter().rev());
            }
            Waiting::MapRun(map_run) => lifecycle::abort_children(cx.scheduler, cx.journal, map_run),
            Waiting::Child(task) => {
                if let Some(child) = task.child {
                    lifecycle::abort_task_execution(cx.scheduler, cx.journal, &frame, child);
                }
            }
            _ => {}
        }
    }
}

fn emit_aborted(cx: &mut StateCx<'_, '_>, frame: &Frame, reason: u64) {
    let plan = cx.plan();
    // The parent frame may have ended already; its slot still contains the state.
    let around = plan.state(cx.scheduler.frames[frame.parent.unwrap_or(cx.id)].state);
    if let (StateKind::Map(_), Some(_)) = (&around.kind, &frame.item) {
        cx.emit(reason, || EventKind::MapIterationAborted {
            name: Rc::clone(&around.name),
            index: frame.index,
        });
    }
    let state = plan.state(frame.state);
    let leaves_trace = matches!(
        state.kind,
        StateKind::Task(_) | StateKind::Wait(_) | StateKind::Parallel(_) | StateKind::Map(_)
    );
    if leaves_trace && frame.is_inside() {
        cx.emit(reason, || EventKind::StateAborted {
            state_type: state.state_type,
        });
    }
}

/// Leaves a Parallel or a Map of `TestState` with its mock, without running its states.
pub(super) fn finish_mocked(
    cx: &mut StateCx<'_, '_>,
    options: &TestStateOptions,
) -> Result<Control, StepError> {
    match &options.mock {
        Some(Ok(result)) => cx.finish(result),
        Some(Err(data)) => Err(StateError::new(data.clone()).into()),
        None => Err(Error::new(format!("no mock for `{}`", cx.state.name)).into()),
    }
}
