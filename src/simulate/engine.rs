//! The discrete-event engine: a queue of wake-ups, an arena of frames, and the loop that runs them.
//!
//! A frame runs until it must wait: for a task, a Wait, a retry, or its branches. No thread, no recursion, no
//! real sleep. Wake-ups of one instant come in the order they were queued; started branches and iterations are
//! queued in index order, and a task's end and what follows from it are two wake-ups, as AWS records them.

use super::bindings::StateOutput;
use super::clock::Clock;
use super::cycle::Recent;
use super::execution::{Count, Execution, MapRun, Nested, Note, NoteKind, Peak};
use super::failure::{Failure, Problem};
use super::frame::{Frame, Frames};
use super::identity::{Identity, machine_arn, uuid};
use super::ids::{FrameId, RunId};
use super::inspect::Inspector;
use super::limits::{Sizes, is_same};
use super::options::Options;
use super::plan::{Exit, Kind, Plan, ScopeId, StateId, Step};
use super::run::{Ending, Run, Starter};
use super::waiting::Waiting;
use super::world::{Trouble, World};
use crate::aws::quota;
use crate::expr::jsonata::Conversions;
use crate::history::{ErrorData, Event, EventKind, History, Status};
use crate::value::Value;
use std::rc::Rc;

/// Runs a machine.
pub fn run(
    plan: &Rc<Plan>,
    input: Value,
    world: &mut dyn World,
    options: &Options,
) -> Result<Execution, Trouble> {
    let name = uuid(world.randomness());
    let machine_arn = machine_arn(&options.machine_name);
    let identity = Identity::new(&machine_arn, &name, options.workflow_type);
    let mut engine = Engine::new(plan, world, options);
    let id = engine.start(plan, Plan::ROOT, identity, input, Starter::User)?;
    engine.run_to_end(id)?;
    engine
        .into_execution()
        .ok_or_else(|| Trouble::new("the execution did not end"))
}

/// What comes next for whoever runs a frame.
#[derive(Debug, Clone, Copy)]
pub(super) enum Flow {
    /// This frame enters its state now.
    Enter(FrameId),
    /// Everybody waits.
    Wait,
}

/// What a wake-up is for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Wake {
    /// A frame goes on.
    Frame(FrameId),
    /// An execution has no more time.
    Deadline(RunId),
    /// The task that waits for this execution has no more time.
    Late(RunId),
}

/// One simulation.
pub(super) struct Engine<'w> {
    pub(super) world: &'w mut dyn World,
    pub(super) inspector: Option<&'w mut dyn Inspector>,
    pub(super) options: &'w Options,
    pub(super) clock: Clock<Wake>,
    pub(super) frames: Frames,
    pub(super) runs: Vec<Run>,
    pub(super) conversions: Conversions,
    pub(super) sizes: Sizes,
    pub(super) counts: Vec<Count>,
    pub(super) map_runs: Vec<MapRun>,
    pub(super) nested: Vec<Nested>,
    pub(super) failed_in: Option<StateId>,
    pub(super) peak: Peak,
    all_transitions: u64,
    path: Vec<StateId>,
    /// The states entered lately, for naming an endless loop.
    recent: Recent,
    /// An execution whose history has just become full.
    full: Option<RunId>,
    /// The state that was to be the last has been left.
    has_stopped: bool,
}

/// Standard executions last a year at most, Express ones five minutes.
const STANDARD_MILLIS: i64 = 365 * 86_400_000;
const EXPRESS_MILLIS: i64 = 300_000;

/// What AWS says of a state that leads nowhere, and of a Choice that nothing matches.
pub(super) const NO_NEXT_STATE: &str =
    "Failed to transition out of the state. The state does not point to a next state.";

impl<'w> Engine<'w> {
    pub(super) fn new(plan: &Rc<Plan>, world: &'w mut dyn World, options: &'w Options) -> Self {
        let start = world.start_time();
        Self {
            world,
            inspector: None,
            options,
            clock: Clock::new(start),
            frames: Frames::default(),
            runs: Vec::new(),
            conversions: Conversions::default(),
            sizes: Sizes::default(),
            counts: vec![Count::default(); plan.states.len()],
            map_runs: Vec::new(),
            nested: Vec::new(),
            failed_in: None,
            peak: Peak::default(),
            all_transitions: 0,
            path: Vec::new(),
            recent: Recent::default(),
            full: None,
            has_stopped: false,
        }
    }

    /// Starts an execution of a scope of a plan; its first state is entered at the next wake-up.
    pub(super) fn start(
        &mut self,
        plan: &Rc<Plan>,
        scope: ScopeId,
        identity: Identity,
        input: Value,
        starter: Starter,
    ) -> Result<RunId, Trouble> {
        let Some(first) = plan.scope(scope).start else {
            return Err(Trouble::new("`StartAt` names no state, so nothing can run"));
        };
        let id = RunId(self.runs.len());
        let limit = if identity.workflow_type.is_express() {
            EXPRESS_MILLIS
        } else {
            STANDARD_MILLIS
        };
        let own = plan.timeout_seconds.filter(|_| scope == Plan::ROOT);
        let limits = [
            self.options.limits.then_some(limit),
            own.map(|seconds| seconds.saturating_mul(1000)),
        ];
        self.runs.push(Run {
            plan: Rc::clone(plan),
            identity,
            input: input.clone(),
            start: self.clock.now(),
            context: None,
            transitions: 0,
            notes: Vec::new(),
            starter,
            root: None,
            next_id: 1,
            events: History::new(),
            is_full: false,
            end: None,
        });
        self.emit(id, 0, EventKind::ExecutionStarted { input: input.clone() });
        if let Some(limit) = limits.into_iter().flatten().min() {
            self.clock.after(limit, Wake::Deadline(id));
        }
        let frame = self.frames.add(Frame::new(id, first, input, 0));
        self.runs[id.0].root = Some(frame);
        self.clock.after(0, Wake::Frame(frame));
        Ok(id)
    }

    /// Runs until an execution has ended.
    pub(super) fn run_to_end(&mut self, id: RunId) -> Result<(), Trouble> {
        while self.runs[id.0].end.is_none() {
            self.tick()?;
        }
        Ok(())
    }

    /// Does what comes next.
    pub(super) fn tick(&mut self) -> Result<(), Trouble> {
        match self.clock.next() {
            Some(Wake::Frame(frame)) => self.drive(frame),
            Some(Wake::Deadline(run)) => {
                self.time_out(run);
                Ok(())
            }
            Some(Wake::Late(run)) => {
                self.nested_late(run);
                Ok(())
            }
            None => Err(Trouble::new("the execution waits for something that never comes")),
        }
    }

    /// Wakes a frame and runs what follows until everybody waits.
    fn drive(&mut self, frame: FrameId) -> Result<(), Trouble> {
        if !self.frames.lives(frame) {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.frames[frame].waiting);
        let result = match waiting {
            Waiting::Enter => Ok(Flow::Enter(frame)),
            Waiting::Timer => self.wait_over(frame),
            Waiting::TaskStart(task) => self.task_start(frame, task),
            Waiting::TaskEnd(task) => Ok(self.task_end(frame, task)),
            Waiting::TaskDone(task) => self.task_done(frame, *task),
            Waiting::Retry => self.retry(frame),
            Waiting::MapRun(join) => self.map_run_on(frame, join),
            Waiting::Nothing | Waiting::Join(_) | Waiting::Child(_) => Ok(Flow::Wait),
        };
        let mut flow = self.settle(frame, result)?;
        while let Flow::Enter(next) = flow {
            let result = self.enter(next);
            flow = self.settle(next, result)?;
        }
        Ok(())
    }

    /// Deals with what went wrong in a frame, if anything did.
    fn settle(&mut self, frame: FrameId, result: Result<Flow, Problem>) -> Result<Flow, Trouble> {
        let flow = match result {
            Ok(flow) => flow,
            Err(Problem::Trouble(trouble)) => return Err(trouble),
            Err(problem) => self.fail(frame, problem)?,
        };
        if let Some(full) = self.full.take() {
            self.history_full(full);
        }
        Ok(match flow {
            Flow::Enter(next) if !self.frames.lives(next) => Flow::Wait,
            flow => flow,
        })
    }

    /// Enters a frame's state and does its work.
    fn enter(&mut self, id: FrameId) -> Result<Flow, Problem> {
        let now = self.clock.now();
        let frame = &mut self.frames[id];
        let (run, state) = (frame.run, frame.state);
        frame.before = frame.last;
        frame.entered_at = now;
        frame.retries = 0;
        frame.retried.clear();
        frame.token = None;
        frame.is_beyond_help = false;
        let (previous, input, is_top) = (frame.last, frame.input.clone(), frame.parent.is_none());
        self.count_transition(run, state, is_top)?;
        let plan = Rc::clone(&self.runs[run.0].plan);
        let step = plan.state(state);
        let entered = self.emit(
            run,
            previous,
            EventKind::StateEntered {
                state_type: step.state_type,
                name: Rc::clone(&step.name),
                input,
            },
        );
        let frame = &mut self.frames[id];
        frame.entered = entered;
        frame.last = entered;
        self.work(id, step)
    }

    /// Does, or does again, what a state is for.
    pub(super) fn work(&mut self, id: FrameId, step: &Step) -> Result<Flow, Problem> {
        match &step.kind {
            Kind::Pass(result) => self.pass(id, step, result.as_ref()),
            Kind::Choice(choice) => self.choice(id, step, choice),
            Kind::Task(task) => self.task(id, step, task),
            Kind::Wait(wait) => self.wait(id, step, wait),
            Kind::Succeed => self.succeed(id, step),
            Kind::Fail(fail) => self.fail_state(id, step, fail),
            Kind::Parallel(branches) => self.parallel(id, step, branches),
            Kind::Map(map) => self.map(id, step, map),
        }
    }

    /// Leaves a state for what comes after it.
    pub(super) fn leave(
        &mut self,
        id: FrameId,
        step: &Step,
        outgoing: StateOutput,
        exit: Exit,
    ) -> Result<Flow, Problem> {
        let StateOutput { output, assigned } = outgoing;
        if exit == Exit::Nowhere {
            return Err(crate::expr::Fault::runtime(NO_NEXT_STATE).into());
        }
        if !is_same(&output, &self.frames[id].input) {
            let bytes = self.sizes.check(&output, &step.name, self.options.limits)?;
            self.peak.note(self.frames[id].parent.is_some(), bytes);
        }
        let (run, last) = (self.frames[id].run, self.frames[id].last);
        let exited = self.emit(
            run,
            last,
            EventKind::StateExited {
                state_type: step.state_type,
                name: Rc::clone(&step.name),
                output: output.clone(),
                assigned: assigned.clone(),
            },
        );
        let frame = &mut self.frames[id];
        frame.last = exited;
        if let Some(assigned) = assigned {
            let assigned = assigned
                .iter()
                .map(|(name, value)| (Rc::clone(name), value.clone()));
            frame.variables.extend(assigned);
        }
        let state = frame.state;
        self.count(run, state, |count| count.exited += 1);
        if self.options.until == Some(state) && self.is_of_machine(run) {
            return Ok(self.stop(run, output, exited));
        }
        match exit {
            Exit::Next(next) => {
                let frame = &mut self.frames[id];
                frame.state = next;
                frame.input = output;
                Ok(Flow::Enter(id))
            }
            _ => self.finish(id, output),
        }
    }

    /// Ends a frame that has come to the end of its scope.
    fn finish(&mut self, id: FrameId, output: Value) -> Result<Flow, Problem> {
        let frame = &self.frames[id];
        let (run, last) = (frame.run, frame.last);
        match frame.parent {
            None => Ok(self.end_run(run, Status::Succeeded, Some(output), Rc::default(), last)),
            Some(parent) => {
                let index = frame.index;
                self.frames.remove(id);
                self.branch_succeeded(parent, index, output, last)
            }
        }
    }

    /// Ends an execution: its last event, then whoever waits for it goes on.
    pub(super) fn end_run(
        &mut self,
        id: RunId,
        status: Status,
        output: Option<Value>,
        error: Rc<ErrorData>,
        previous: u64,
    ) -> Flow {
        self.runs[id.0].is_full = false;
        self.emit(
            id,
            previous,
            match status {
                Status::Succeeded => EventKind::ExecutionSucceeded {
                    output: output.clone().unwrap_or_default(),
                },
                Status::Failed => EventKind::ExecutionFailed(Rc::clone(&error)),
                Status::TimedOut => EventKind::ExecutionTimedOut(Rc::clone(&error)),
                Status::Aborted => EventKind::ExecutionAborted(Rc::clone(&error)),
            },
        );
        let stop = self.clock.now();
        let run = &mut self.runs[id.0];
        run.end = Some(Ending {
            status,
            output,
            error,
            stop,
        });
        let (starter, root) = (run.starter, run.root.take());
        if let Some(root) = root {
            self.drop_frames(root);
        }
        match starter {
            Starter::User | Starter::Nobody => Flow::Wait,
            Starter::Map(frame, index) => self.child_ended(frame, index, id),
            Starter::Task(frame) => self.nested_ended(frame, id),
        }
    }

    /// Ends a frame and all that it waits for, without a trace in the history.
    pub(super) fn drop_frames(&mut self, id: FrameId) {
        let mut doomed = vec![id];
        while let Some(id) = doomed.pop() {
            let Some(frame) = self.frames.remove(id) else {
                continue;
            };
            match frame.waiting {
                Waiting::Join(join) => doomed.extend(join.running()),
                // Frames of other executions wait in the same list: machines that start one another need no stack.
                Waiting::MapRun(map_run) => {
                    doomed.extend(map_run.running().filter_map(|run| self.runs[run.0].root.take()));
                    self.abort_children(&map_run);
                }
                Waiting::Child(task) => {
                    let Some(child) = task.child else { continue };
                    doomed.extend(self.runs[child.0].root.take());
                    self.abort_nested(id, child);
                }
                _ => {}
            }
        }
    }

    fn time_out(&mut self, id: RunId) {
        if self.runs[id.0].end.is_some() {
            return;
        }
        let flow = self.end_run(id, Status::TimedOut, None, Failure::timeout().data, 0);
        self.follow(flow);
    }

    fn history_full(&mut self, id: RunId) {
        if self.runs[id.0].end.is_some() {
            return;
        }
        let failure = Failure::named(
            crate::spec::error_name::RUNTIME,
            format!(
                "The execution reached the maximum number of history events ({}).",
                quota::HISTORY_EVENTS
            ),
        );
        let last = self.runs[id.0].next_id - 1;
        let flow = self.end_run(id, Status::Failed, None, failure.data, last);
        self.follow(flow);
    }

    /// Queues what comes next where it cannot be run right away.
    fn follow(&mut self, flow: Flow) {
        if let Flow::Enter(frame) = flow {
            self.frames[frame].waiting = Waiting::Enter;
            self.clock.after(0, Wake::Frame(frame));
        }
    }

    /// Writes an event and gives its number.
    pub(super) fn emit(&mut self, id: RunId, previous: u64, kind: EventKind) -> u64 {
        let time = self.clock.now();
        let run = &mut self.runs[id.0];
        if run.is_full {
            return run.next_id - 1;
        }
        let event = run.next_id;
        run.next_id += 1;
        if self.options.history {
            run.events.push(Event {
                id: event,
                previous,
                time,
                kind,
            });
        }
        if self.options.limits
            && !run.identity.workflow_type.is_express()
            && event == u64::from(quota::HISTORY_EVENTS) - 1
        {
            run.is_full = true;
            self.full = Some(id);
        }
        event
    }

    fn count_transition(&mut self, run: RunId, state: StateId, is_top: bool) -> Result<(), Trouble> {
        self.all_transitions += 1;
        self.runs[run.0].transitions += 1;
        if run == RunId::FIRST && is_top {
            self.path.push(state);
        }
        self.count(run, state, |count| count.entered += 1);
        self.recent.note(state);
        self.guard(run)
    }

    /// Stops what makes more transitions than any execution should, and names the states it goes round.
    fn guard(&self, run: RunId) -> Result<(), Trouble> {
        if self.all_transitions <= self.options.max_transitions {
            return Ok(());
        }
        let plan = &self.runs[run.0].plan;
        let names: Vec<&str> = self
            .recent
            .cycle()
            .iter()
            .map(|id| plan.state(*id).name.as_ref())
            .collect();
        Err(self::too_many(self.options.max_transitions, &names))
    }

    /// Counts something that happened in a state of the machine itself.
    pub(super) fn count(&mut self, run: RunId, state: StateId, add: impl FnOnce(&mut Count)) {
        if self.is_of_machine(run)
            && let Some(count) = self.counts.get_mut(state.0 as usize)
        {
            add(count);
        }
    }

    /// Counts another attempt of a state, which AWS bills like a transition.
    pub(super) fn count_retry(&mut self, run: RunId, state: StateId) -> Result<(), Trouble> {
        self.all_transitions += 1;
        self.runs[run.0].transitions += 1;
        self.count(run, state, |count| count.retried += 1);
        self.guard(run)
    }

    /// Whether an execution runs the machine that was asked for, or a part of it.
    fn is_of_machine(&self, run: RunId) -> bool {
        Rc::ptr_eq(&self.runs[run.0].plan, &self.runs[0].plan)
    }

    /// Notes what no event tells of a frame's state, where events are kept.
    pub(super) fn remark(&mut self, id: FrameId, kind: impl FnOnce() -> NoteKind) {
        if self.options.history {
            let frame = &self.frames[id];
            let run = &mut self.runs[frame.run.0];
            run.notes.push(Note {
                entered: frame.entered,
                after: run.next_id - 1,
                time: self.clock.now(),
                kind: kind(),
            });
        }
    }

    /// Ends everything, as `until` asks, where a state of `run` has handed on `output`.
    fn stop(&mut self, run: RunId, output: Value, exited: u64) -> Flow {
        self.has_stopped = true;
        let first = RunId::FIRST;
        let previous = if run == first {
            exited
        } else {
            self.runs[first.0].next_id - 1
        };
        self.end_run(first, Status::Aborted, Some(output), Rc::default(), previous)
    }

    /// What the first execution came to.
    pub(super) fn into_execution(mut self) -> Option<Execution> {
        let run = self.runs.swap_remove(0);
        let end = run.end?;
        Some(Execution {
            identity: run.identity,
            status: end.status,
            output: end.output,
            error: end.error,
            input: run.input,
            start: run.start,
            stop: end.stop,
            history: run.events,
            path: self.path,
            counts: self.counts,
            transitions: run.transitions,
            notes: run.notes,
            map_runs: self.map_runs,
            nested: self.nested,
            failed_in: self.failed_in.filter(|_| end.status == Status::Failed),
            has_stopped: self.has_stopped,
            peak: Peak {
                steps: self.frames.most(),
                ..self.peak
            },
        })
    }
}

fn too_many(limit: u64, cycle: &[&str]) -> Trouble {
    let help = "an endless loop? `--max-transitions` sets another limit";
    let message = if cycle.is_empty() {
        format!("The execution made more than {limit} transitions")
    } else {
        format!(
            "The execution made more than {limit} transitions; lately it goes round `{}`",
            cycle.join("` → `")
        )
    };
    Trouble::new(message).help(help)
}
