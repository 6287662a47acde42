//! A Distributed Map: a Map Run with a child execution for each item or batch.
//!
//! Source: developer guide, "Using Map state in Distributed mode"; order of events as recorded on AWS.

use super::reader::{self, Request};
use super::{batch, items, tolerance, writer};
use crate::expr::EvalError;
use crate::history::{EventKind, Status};
use crate::simulate::description::Form;
use crate::simulate::execution::{MapRun, Tally};
use crate::simulate::identity::uuid;
use crate::simulate::ids::RunId;
use crate::simulate::lifecycle;
use crate::simulate::plan::{Distributed, Map};
use crate::simulate::running::{Caller, RunResult};
use crate::simulate::scheduler::Wake;
use crate::simulate::state_cx::{Control, NO_NEXT_STATE, StateCx};
use crate::simulate::state_error::{StateError, StepError};
use crate::simulate::waiting::{ChildResult, Jobs, MapRunJoin, Waiting};
use crate::spec::{error_name, quota};
use crate::value::{Object, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

pub(super) fn enter(
    cx: &mut StateCx<'_, '_>,
    map: &Map,
    distributed: &Distributed,
    effective: Value,
    limit: usize,
) -> Result<Control, StepError> {
    let given = match distributed.reader {
        Some(_) => None,
        None => Some(items::for_children(cx, map, &effective)?),
    };
    let given = given.map(Jobs::Given);
    let length = given.as_ref().map_or(0, Jobs::len);
    cx.emit_next(|| EventKind::MapStateStarted { length });
    let tolerance = tolerance::evaluate(cx, distributed, &effective)?;
    let request = match &distributed.reader {
        Some(reader) => Some(Request::evaluate(cx, reader, &effective)?),
        None => None,
    };
    let Some(scope) = map.processor else {
        return Err(EvalError::runtime(NO_NEXT_STATE).into());
    };
    let record = start_map_run(cx, distributed, limit);
    let started = cx.frame().last_event;
    let jobs = match (given, &request) {
        (Some(given), _) => Ok(given),
        (None, Some(request)) => reader::read(cx, request).map(Jobs::Items),
        (None, None) => Ok(Jobs::Items(Vec::new())),
    };
    let jobs = jobs.and_then(|jobs| match &distributed.batcher {
        Some(batcher) => batch::evaluate(cx, map, batcher, &jobs, &effective),
        None => Ok(jobs),
    });
    let jobs = jobs.map_err(|error| fail_map_run(cx, record, error))?;
    let total = jobs.len();
    let items = (0..total).map(|i| jobs.weight(i)).sum();
    cx.start_items(items);
    let map_run = &mut cx.journal.map_runs[record];
    (map_run.items.total, map_run.items.pending) = (items, items);
    (map_run.executions.total, map_run.executions.pending) = (total, total);
    let join = MapRunJoin {
        jobs,
        scope,
        effective,
        limit: if limit == 0 {
            quota::DISTRIBUTED_MAP_CONCURRENCY as usize
        } else {
            limit.min(quota::DISTRIBUTED_MAP_CONCURRENCY as usize)
        },
        next: 0,
        running: BTreeMap::new(),
        is_starting: false,
        ended: Vec::new(),
        results: vec![ChildResult::Pending; total],
        tolerance,
        describes: distributed.writer.is_some(),
        started,
        record,
    };
    resume(cx, Box::new(join))
}

fn start_map_run(cx: &mut StateCx<'_, '_>, distributed: &Distributed, limit: usize) -> usize {
    let uuid = uuid(cx.randomness());
    let identity = &cx.journal.runs[cx.run].identity;
    let arn: Rc<str> = identity.map_run_arn(&distributed.label, &uuid).into();
    cx.emit_next(|| EventKind::MapRunStarted { arn: Rc::clone(&arn) });
    cx.journal.map_runs.push(MapRun {
        arn,
        state: Rc::clone(&cx.state.name),
        label: Rc::clone(&distributed.label),
        max_concurrency: limit,
        items: Tally::default(),
        executions: Tally::default(),
        status: Status::Aborted,
        workflow_type: distributed.workflow_type,
        transitions: 0,
        children: Vec::new(),
    });
    cx.journal.map_runs.len() - 1
}

/// Marks a Map Run as failed; the error becomes that of the Map.
fn fail_map_run(cx: &mut StateCx<'_, '_>, record: usize, error: StepError) -> StepError {
    cx.journal.map_runs[record].status = Status::Failed;
    if let StepError::State(error) = &error {
        cx.emit_next(|| EventKind::MapRunFailed(Rc::clone(&error.data)));
    }
    error
}

/// Collects the children that have ended, starts the next one, and leaves the state when all have ended.
///
/// Children start one by one, each after a wake-up at the same time, so that those that end at once have ended before the
/// last ones start: a Map of a million items, or a Map in a Map in a Map, needs memory only for the children that overlap.
pub(super) fn resume(cx: &mut StateCx<'_, '_>, mut join: Box<MapRunJoin>) -> Result<Control, StepError> {
    let Some((map, distributed)) = cx.state.distributed_map() else {
        return Ok(Control::Wait);
    };
    for (index, run) in std::mem::take(&mut join.ended) {
        collect_child(cx, &mut join, index, run);
    }
    let items = cx.journal.map_runs[join.record].items;
    join.is_starting = false;
    let failed = items.failed + items.timed_out;
    if join.has_begun() && join.tolerance.is_exceeded(failed, items.total) {
        lifecycle::abort_children(cx.scheduler, cx.journal, &join);
        let error = StateError::named(
            error_name::EXCEED_TOLERATED_FAILURE_THRESHOLD,
            "The specified tolerated failure threshold was exceeded",
        );
        return Err(fail_map_run(cx, join.record, error.into()));
    }
    if join.can_start() {
        if let Err(error) = start_child(cx, map, distributed, &mut join) {
            lifecycle::abort_children(cx.scheduler, cx.journal, &join);
            return Err(fail_map_run(cx, join.record, error));
        }
        if join.can_start() {
            join.is_starting = true;
            cx.scheduler.clock.after(0, Wake::Frame(cx.id));
        }
    }
    if !join.running.is_empty() {
        return Ok(cx.wait(Waiting::MapRun(join)));
    }
    let result = writer::result(cx, distributed, &join);
    let result = result.map_err(|error| fail_map_run(cx, join.record, error))?;
    cx.journal.map_runs[join.record].status = Status::Succeeded;
    let succeeded = cx.emit(join.started, || EventKind::MapRunSucceeded);
    cx.emit(succeeded, || EventKind::MapStateSucceeded);
    cx.frame_mut().last_event = join.started;
    cx.finish(&result)
}

fn start_child(
    cx: &mut StateCx<'_, '_>,
    map: &Map,
    distributed: &Distributed,
    join: &mut MapRunJoin,
) -> Result<(), StepError> {
    let index = join.next;
    let (input, item) = match (join.jobs.item(index), &join.jobs) {
        (Some(item), _) => (cx.select_item(map, &item, &join.effective)?, Some(Rc::new(item))),
        (None, Jobs::Batches(batches)) => (batches[index].0.clone(), None),
        (None, _) => return Ok(()),
    };
    let name = uuid(cx.randomness());
    let parent = &cx.journal.runs[cx.run];
    let identity = parent
        .identity
        .child(&distributed.label, &name, distributed.workflow_type);
    let (plan, caller) = (parent.plan, Caller::Map(cx.id, index));
    let (scheduler, journal) = (&mut *cx.scheduler, &mut *cx.journal);
    let run = lifecycle::start(scheduler, journal, plan, join.scope, identity, input, caller)?;
    if let (Some(item), Some(root)) = (item, journal.runs[run].root) {
        scheduler.frames[root].item = Some(item);
    }
    join.next += 1;
    join.running.insert(index, run);
    let weight = join.jobs.weight(index);
    let record = &mut cx.journal.map_runs[join.record];
    record.items.start(weight);
    record.executions.start(1);
    Ok(())
}

/// What a tolerated failure leaves in the result of the Map. Measured on AWS in September 2026.
fn failure(end: &RunResult) -> Value {
    let mut members = Object::default();
    members.insert("Status".into(), Value::from(end.status.as_str()));
    for (key, part) in [("Error", &end.error.error), ("Cause", &end.error.cause)] {
        if let Some(part) = part {
            members.insert(key.into(), Value::String(Rc::clone(part)));
        }
    }
    Value::object(members)
}

/// Collects the result of a child that has ended.
fn collect_child(cx: &mut StateCx<'_, '_>, join: &mut MapRunJoin, index: usize, run: RunId) {
    join.running.remove(&index);
    let Some(end) = cx.journal.runs[run].end.clone() else {
        return;
    };
    cx.journal
        .count_child(join.record, join.jobs.weight(index), end.status);
    let description = if join.describes {
        Some(Box::new(cx.journal.runs[run].describe(Form::ResultFile)))
    } else {
        None
    };
    join.results[index] = match &end.output {
        Some(output) if end.status == Status::Succeeded => ChildResult::Succeeded {
            output: output.clone(),
            description,
        },
        _ => ChildResult::Failed {
            outcome: failure(&end),
            description,
        },
    };
    cx.journal.keep_child(join.record, run, end);
}
