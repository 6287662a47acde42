//! Waiting for several frames: the branches of a Parallel, the iterations of an inline Map.

use super::engine::{Engine, Flow, Wake};
use super::failure::Problem;
use super::frame::Frame;
use super::ids::FrameId;
use super::item::Item;
use super::plan::{Kind, Map, ScopeId, Step};
use super::waiting::{Iterations, Join, Waiting};
use crate::history::EventKind;
use crate::spec::StateType;
use crate::value::Value;
use std::rc::Rc;

impl Engine<'_> {
    /// Starts the branches of a Parallel.
    pub(super) fn fork(&mut self, id: FrameId, branches: &[ScopeId], input: &Value) -> Result<Flow, Problem> {
        let (run, last) = (self.frames[id].run, self.frames[id].last);
        let started = self.emit(run, last, EventKind::ParallelStateStarted);
        self.frames[id].last = started;
        let mut join = Join::new(branches.len(), None);
        for (index, branch) in branches.iter().enumerate() {
            let child = self.child(id, index, *branch, input.clone(), started, None)?;
            join.children[index] = Some(child);
        }
        self.frames[id].waiting = Waiting::Join(Box::new(join));
        Ok(Flow::Wait)
    }

    /// Starts the iterations of an inline Map, as many as may run at a time.
    pub(super) fn iterate(
        &mut self,
        id: FrameId,
        step: &Step,
        map: &Map,
        iterations: Iterations,
    ) -> Result<Flow, Problem> {
        let len = iterations.items.len();
        let run = self.frames[id].run;
        let started = self.frames[id].last;
        let first = iterations.limit.min(len);
        let mut join = Join::new(len, Some(iterations));
        let mut begun = Ok(());
        for _ in 0..first {
            begun = self.next_iteration(id, step, map, &mut join, started);
            if begun.is_err() {
                break;
            }
        }
        self.frames[id].waiting = Waiting::Join(Box::new(join));
        if let Err(problem) = begun {
            return Err(self.broken_off(id, problem));
        }
        if len > 0 {
            return Ok(Flow::Wait);
        }
        self.frames[id].waiting = Waiting::Nothing;
        self.emit(run, started, EventKind::MapStateSucceeded);
        self.joined(id, step, &Value::array(Vec::new()))
    }

    /// Starts the next iteration; `previous` is the event that made room for it.
    fn next_iteration(
        &mut self,
        id: FrameId,
        step: &Step,
        map: &Map,
        join: &mut Join,
        previous: u64,
    ) -> Result<(), Problem> {
        let Some(iterations) = &mut join.map else {
            return Ok(());
        };
        let index = iterations.next;
        let Some(value) = iterations.items.get(index) else {
            return Ok(());
        };
        iterations.next += 1;
        let item = Item::new(index, value.clone());
        let input = self.selected(id, step, map, &item, &iterations.effective)?;
        let run = self.frames[id].run;
        let started = self.emit(
            run,
            previous,
            EventKind::MapIterationStarted {
                name: Rc::clone(&step.name),
                index,
            },
        );
        let child = self.child(id, index, iterations.scope, input, started, Some(Rc::new(item)))?;
        join.children[index] = Some(child);
        Ok(())
    }

    fn child(
        &mut self,
        parent: FrameId,
        index: usize,
        scope: ScopeId,
        input: Value,
        last: u64,
        item: Option<Rc<Item>>,
    ) -> Result<FrameId, Problem> {
        let run = self.frames[parent].run;
        let Some(start) = self.runs[run.0].plan.scope(scope).start else {
            return Err(crate::expr::Fault::runtime(super::engine::NO_NEXT_STATE).into());
        };
        let child = self.frames.add(Frame {
            parent: Some(parent),
            index,
            item,
            ..Frame::new(run, start, input, last)
        });
        self.clock.after(0, Wake::Frame(child));
        Ok(child)
    }

    /// A branch or an iteration has come to its end; `last` is its last event.
    pub(super) fn branch_succeeded(
        &mut self,
        id: FrameId,
        index: usize,
        output: Value,
        last: u64,
    ) -> Result<Flow, Problem> {
        let run = self.frames[id].run;
        let plan = Rc::clone(&self.runs[run.0].plan);
        let step = plan.state(self.frames[id].state);
        let Waiting::Join(mut join) = std::mem::take(&mut self.frames[id].waiting) else {
            return Ok(Flow::Wait);
        };
        join.results[index] = output;
        join.children[index] = None;
        join.done += 1;
        let mut begun = Ok(());
        if let (Some(iterations), Kind::Map(map)) = (&mut join.map, &step.kind) {
            iterations.last = self.emit(
                run,
                last,
                EventKind::MapIterationSucceeded {
                    name: Rc::clone(&step.name),
                    index,
                },
            );
            begun = self.next_iteration(id, step, map, &mut join, last);
            if begun.is_err() {
                self.frames[id].last = last;
            }
        }
        if begun.is_err() || join.done < join.results.len() {
            self.frames[id].waiting = Waiting::Join(join);
            return match begun {
                Ok(()) => Ok(Flow::Wait),
                Err(problem) => Err(self.broken_off(id, problem)),
            };
        }
        let (kind, last) = match &join.map {
            Some(iterations) => (EventKind::MapStateSucceeded, iterations.last),
            None => (EventKind::ParallelStateSucceeded, last),
        };
        self.emit(run, last, kind);
        self.frames[id].last = last;
        self.joined(id, step, &Value::array(join.results))
    }

    /// A Map whose next iteration cannot begin, for a fault of its own, stops those that run.
    fn broken_off(&mut self, id: FrameId, problem: Problem) -> Problem {
        let last = self.frames[id].last;
        if let Waiting::Join(join) = std::mem::take(&mut self.frames[id].waiting) {
            self.abort(id, &join, last);
        }
        problem
    }

    /// Goes on after all branches or iterations.
    pub(super) fn joined(&mut self, id: FrameId, step: &Step, result: &Value) -> Result<Flow, Problem> {
        let outgoing = self.conclude(id, step, result)?;
        self.leave(id, step, outgoing, step.exit)
    }

    /// A branch or an iteration has failed: it and its siblings end here.
    pub(super) fn branch_failed(&mut self, id: FrameId, child: FrameId) {
        let Some(failed) = self.frames.remove(child) else {
            return;
        };
        let (run, last, index) = (failed.run, failed.last, failed.index);
        let plan = Rc::clone(&self.runs[run.0].plan);
        let step = plan.state(self.frames[id].state);
        let Waiting::Join(mut join) = std::mem::take(&mut self.frames[id].waiting) else {
            return;
        };
        join.children[index] = None;
        if join.map.is_some() {
            self.emit(
                run,
                last,
                EventKind::MapIterationFailed {
                    name: Rc::clone(&step.name),
                    index,
                },
            );
        }
        if matches!(plan.state(failed.state).kind, Kind::Task(_)) {
            self.emit(
                run,
                last,
                EventKind::StateAborted {
                    state_type: StateType::Task,
                },
            );
        }
        self.abort(id, &join, last);
        self.frames[id].last = last;
    }

    /// Stops all frames of a join; every event of it follows from the one that was the reason.
    fn abort(&mut self, id: FrameId, join: &Join, reason: u64) {
        // Outer states before inner ones, siblings in order: what is pushed last comes first.
        let mut doomed: Vec<FrameId> = join.running().collect();
        doomed.reverse();
        let parent = id;
        while let Some(id) = doomed.pop() {
            let Some(frame) = self.frames.remove(id) else {
                continue;
            };
            self.note_aborted(parent, &frame, reason);
            match &frame.waiting {
                Waiting::Join(join) => {
                    let inner: Vec<FrameId> = join.running().collect();
                    doomed.extend(inner.into_iter().rev());
                }
                Waiting::MapRun(map_run) => self.abort_children(map_run),
                Waiting::Child(task) => {
                    if let Some(child) = task.child {
                        self.abort_nested(id, child);
                    }
                }
                _ => {}
            }
        }
    }

    fn note_aborted(&mut self, parent: FrameId, frame: &Frame, reason: u64) {
        let run = frame.run;
        let plan = Rc::clone(&self.runs[run.0].plan);
        let map = plan.state(self.frames[frame.parent.unwrap_or(parent)].state);
        if let (Kind::Map(_), Some(_)) = (&map.kind, &frame.item) {
            self.emit(
                run,
                reason,
                EventKind::MapIterationAborted {
                    name: Rc::clone(&map.name),
                    index: frame.index,
                },
            );
        }
        let step = plan.state(frame.state);
        let leaves_trace = matches!(
            step.kind,
            Kind::Task(_) | Kind::Wait(_) | Kind::Parallel(_) | Kind::Map(_)
        );
        if leaves_trace && frame.is_inside() {
            self.emit(
                run,
                reason,
                EventKind::StateAborted {
                    state_type: step.state_type,
                },
            );
        }
    }
}
