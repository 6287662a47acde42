//! A Distributed Map: a Map Run whose items are child executions.
//!
//! Source: developer guide, "Using Map state in Distributed mode"; order of events as recorded on AWS.

mod batch;
mod tolerance;

use crate::expr::Fault;
use crate::history::{ErrorData, EventKind, Status};
use crate::simulate::engine::{Engine, Flow, Wake};
use crate::simulate::execution::{MapRun, Tally};
use crate::simulate::failure::{Failure, Problem};
use crate::simulate::identity::uuid;
use crate::simulate::ids::{FrameId, RunId};
use crate::simulate::plan::{Distributed, Map, Step};
use crate::simulate::run::{Ending, Starter};
use crate::simulate::waiting::{ChildResult, Jobs, MapRunJoin, ReadItem, Waiting};
use crate::spec::error_name;
use crate::value::Value;
use std::rc::Rc;

/// How many children run at a time where the Map sets no limit.
const CHILD_CONCURRENCY: usize = 10_000;

impl Engine<'_> {
    pub(super) fn distributed_map(
        &mut self,
        id: FrameId,
        step: &Step,
        map: &Map,
        distributed: &Distributed,
        effective: Value,
        limit: usize,
    ) -> Result<Flow, Problem> {
        let given = match distributed.reader {
            Some(_) => None,
            None => Some(self.given_items(id, step, map, &effective)?),
        };
        let length = given.as_ref().map_or(0, Vec::len);
        self.follow_up(id, EventKind::MapStateStarted { length });
        let tolerance = self.tolerance(id, step, distributed, &effective)?;
        let request = match &distributed.reader {
            Some(reader) => Some(self.read_request(id, reader, &effective)?),
            None => None,
        };
        let Some(scope) = map.processor else {
            return Err(Fault::runtime(crate::simulate::engine::NO_NEXT_STATE).into());
        };
        let record = self.begin_map_run(id, step, distributed, limit);
        let started = self.frames[id].last;
        let items = match (given, &request) {
            (Some(items), _) => Ok(items),
            (None, Some(request)) => self.read(step, request),
            (None, None) => Ok(Vec::new()),
        };
        let jobs = match items {
            Ok(items) => match &distributed.batcher {
                Some(batcher) => self.batches(id, step, map, batcher, items, &effective),
                None => Ok(Jobs::Items(items)),
            },
            Err(problem) => Err(problem),
        };
        let jobs = match jobs {
            Ok(jobs) => jobs,
            Err(problem) => return Err(self.map_run_failed(id, record, problem)),
        };
        let total = jobs.len();
        let items = (0..total).map(|i| jobs.weight(i)).sum();
        let map_run = &mut self.map_runs[record];
        (map_run.items.total, map_run.items.pending) = (items, items);
        (map_run.executions.total, map_run.executions.pending) = (total, total);
        let join = MapRunJoin {
            jobs,
            scope,
            effective,
            limit: if limit == 0 {
                CHILD_CONCURRENCY
            } else {
                limit.min(CHILD_CONCURRENCY)
            },
            next: 0,
            running: vec![None; total],
            running_count: 0,
            ended: Vec::new(),
            results: vec![ChildResult::Pending; total],
            tolerance,
            describes: distributed.writer.is_some(),
            started,
            record,
        };
        self.map_run_on(id, Box::new(join))
    }

    pub(super) fn given_items(
        &mut self,
        id: FrameId,
        step: &Step,
        map: &Map,
        effective: &Value,
    ) -> Result<Vec<ReadItem>, Fault> {
        let items = self.items(id, step, map, effective, true)?;
        Ok(ReadItem::all(&items, "STATE_DATA").unwrap_or_default())
    }

    fn begin_map_run(&mut self, id: FrameId, step: &Step, distributed: &Distributed, limit: usize) -> usize {
        let run = self.frames[id].run;
        let uuid = uuid(self.world.randomness());
        let arn: Rc<str> = self.runs[run.0]
            .identity
            .map_run_arn(&distributed.label, &uuid)
            .into();
        self.follow_up(id, EventKind::MapRunStarted { arn: Rc::clone(&arn) });
        self.map_runs.push(MapRun {
            arn,
            state: Rc::clone(&step.name),
            label: Rc::clone(&distributed.label),
            max_concurrency: limit,
            items: Tally::default(),
            executions: Tally::default(),
            status: Status::Aborted,
            workflow_type: distributed.workflow_type,
            transitions: 0,
            children: Vec::new(),
        });
        self.map_runs.len() - 1
    }

    /// Ends a Map Run in failure: what went wrong becomes the Map's own failure.
    fn map_run_failed(&mut self, id: FrameId, record: usize, problem: Problem) -> Problem {
        self.map_runs[record].status = Status::Failed;
        if let Problem::Failure(failure) = &problem {
            self.follow_up(id, EventKind::MapRunFailed(Rc::clone(&failure.data)));
        }
        problem
    }

    /// A child has ended; its Map looks at it when it is woken.
    pub(in crate::simulate) fn child_ended(&mut self, id: FrameId, index: usize, run: RunId) -> Flow {
        if self.frames.lives(id)
            && let Waiting::MapRun(join) = &mut self.frames[id].waiting
        {
            join.ended.push((index, run));
            if join.ended.len() == 1 {
                self.clock.after(0, Wake::Frame(id));
            }
        }
        Flow::Wait
    }

    /// Takes in what children came to, starts more of them, and goes on when all have ended.
    pub(in crate::simulate) fn map_run_on(
        &mut self,
        id: FrameId,
        mut join: Box<MapRunJoin>,
    ) -> Result<Flow, Problem> {
        let plan = Rc::clone(&self.runs[self.frames[id].run.0].plan);
        let step = plan.state(self.frames[id].state);
        let Some((map, distributed)) = step.distributed_map() else {
            return Ok(Flow::Wait);
        };
        for (index, run) in std::mem::take(&mut join.ended) {
            self.take_in(&mut join, index, run);
        }
        let items = self.map_runs[join.record].items;
        if join
            .tolerance
            .is_exceeded(items.failed + items.timed_out, items.total)
        {
            self.abort_children(&join);
            let failure = Failure::named(
                error_name::EXCEED_TOLERATED_FAILURE_THRESHOLD,
                "The specified tolerated failure threshold was exceeded",
            );
            return Err(self.map_run_failed(id, join.record, failure.into()));
        }
        while join.next < join.jobs.len() && join.running_count < join.limit {
            if let Err(problem) = self.start_child(id, step, map, distributed, &mut join) {
                self.abort_children(&join);
                return Err(self.map_run_failed(id, join.record, problem));
            }
        }
        if join.running_count > 0 {
            self.frames[id].waiting = Waiting::MapRun(join);
            return Ok(Flow::Wait);
        }
        let result = self.map_run_result(id, distributed, &join);
        let result = match result {
            Ok(result) => result,
            Err(problem) => return Err(self.map_run_failed(id, join.record, problem)),
        };
        self.map_runs[join.record].status = Status::Succeeded;
        let run = self.frames[id].run;
        let succeeded = self.emit(run, join.started, EventKind::MapRunSucceeded);
        self.emit(run, succeeded, EventKind::MapStateSucceeded);
        self.frames[id].last = join.started;
        self.joined(id, step, &result)
    }

    fn start_child(
        &mut self,
        id: FrameId,
        step: &Step,
        map: &Map,
        distributed: &Distributed,
        join: &mut MapRunJoin,
    ) -> Result<(), Problem> {
        let index = join.next;
        let (input, item) = match &join.jobs {
            Jobs::Items(items) => {
                let item = items[index].clone().into_item(index);
                (
                    self.selected(id, step, map, &item, &join.effective)?,
                    Some(Rc::new(item)),
                )
            }
            Jobs::Batches(batches) => (batches[index].0.clone(), None),
        };
        let parent = self.frames[id].run;
        let plan = Rc::clone(&self.runs[parent.0].plan);
        let name = uuid(self.world.randomness());
        let identity =
            self.runs[parent.0]
                .identity
                .child(&distributed.label, &name, distributed.workflow_type);
        let run = self.start(&plan, join.scope, identity, input, Starter::Map(id, index))?;
        if let (Some(item), Some(root)) = (item, self.runs[run.0].root) {
            self.frames[root].item = Some(item);
        }
        join.next += 1;
        join.running[index] = Some(run);
        join.running_count += 1;
        let weight = join.jobs.weight(index);
        let record = &mut self.map_runs[join.record];
        record.items.moved(weight, |t| (&mut t.pending, &mut t.running));
        record.executions.moved(1, |t| (&mut t.pending, &mut t.running));
        Ok(())
    }

    fn take_in(&mut self, join: &mut MapRunJoin, index: usize, run: RunId) {
        join.running[index] = None;
        join.running_count -= 1;
        let Some(end) = self.runs[run.0].end.clone() else {
            return;
        };
        self.tally(join.record, join.jobs.weight(index), end.status);
        let describes = join.describes || end.status != Status::Succeeded;
        let description = if describes {
            self.runs[run.0].describe(&end)
        } else {
            Value::Null
        };
        join.results[index] = match &end.output {
            Some(output) if end.status == Status::Succeeded => ChildResult::Succeeded {
                output: output.clone(),
                description,
            },
            _ => ChildResult::Failed { description },
        };
        self.keep_child(join.record, run, end);
    }

    fn tally(&mut self, record: usize, weight: usize, status: Status) {
        let to = |tally: &mut Tally, n: usize| {
            tally.moved(n, |t| {
                let to = match status {
                    Status::Succeeded => &mut t.succeeded,
                    Status::Failed => &mut t.failed,
                    Status::TimedOut => &mut t.timed_out,
                    Status::Aborted => &mut t.aborted,
                };
                (&mut t.running, to)
            });
        };
        to(&mut self.map_runs[record].items, weight);
        to(&mut self.map_runs[record].executions, 1);
    }

    /// Moves what is worth keeping of an ended child to its Map Run.
    fn keep_child(&mut self, record: usize, run: RunId, end: Ending) {
        let run = &mut self.runs[run.0];
        self.map_runs[record].transitions += run.transitions;
        let child = run.take_child(end);
        if self.options.history {
            self.map_runs[record].children.push(child);
        }
    }

    /// Stops the children that run.
    pub(in crate::simulate) fn abort_children(&mut self, join: &MapRunJoin) {
        for (index, run) in join.running.iter().enumerate() {
            let Some(run) = *run else { continue };
            // One that has ended by itself is only not looked at yet.
            if self.runs[run.0].end.is_none() {
                self.runs[run.0].starter = Starter::Nobody;
                self.end_run(run, Status::Aborted, None, Rc::new(ErrorData::default()), 0);
            }
            if let Some(end) = self.runs[run.0].end.clone() {
                self.tally(join.record, join.jobs.weight(index), end.status);
                self.keep_child(join.record, run, end);
            }
        }
    }
}

impl Tally {
    /// Moves so many from one count to another.
    fn moved(&mut self, n: usize, ends: impl FnOnce(&mut Self) -> (&mut usize, &mut usize)) {
        let (from, to) = ends(self);
        *from = from.saturating_sub(n);
        *to += n;
    }
}
