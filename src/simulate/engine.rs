//! The discrete-event engine: it takes wake-ups from the queue and runs each frame until it waits again.
//!
//! A frame waits for a task, a Wait, a retry, or its branches. There are no threads, no recursion, and no real delays.
//! Wake-ups for the same time are handled in the order in which they were queued: started branches and iterations in
//! index order. The end of a task and what follows from it are two wake-ups, as AWS records them.

use super::bindings::StateOutput;
use super::error_handling::{self, CatchOutcome};
use super::evaluator::Evaluator;
use super::execution::Execution;
use super::identity::{Identity, machine_arn, uuid};
use super::ids::{FrameId, RunId};
use super::join;
use super::journal::Journal;
use super::lifecycle;
use super::observer::{Observer, StateEvent};
use super::options::Options;
use super::plan::{Exit, Plan};
use super::running::Caller;
use super::scheduler::{Scheduler, Wake};
use super::state;
use super::state_cx::{Control, NO_NEXT_STATE, StateCx};
use super::state_error::{StateError, StepError};
use super::world::{Error, World};
use crate::expr::EvalError;
use crate::history::{ErrorData, EventKind, Status};
use crate::spec::quota;
use crate::value::Value;
use std::rc::Rc;

/// Runs a machine.
pub fn run(
    plan: &Rc<Plan>,
    input: Value,
    world: &mut dyn World,
    options: &Options,
) -> Result<Execution, Error> {
    execute(plan, input, world, options, None)
}

/// Runs a machine, and shows what its states do to an observer, even if the run cannot be completed.
pub fn run_observed(
    plan: &Rc<Plan>,
    input: Value,
    world: &mut dyn World,
    options: &Options,
    observer: &mut dyn Observer,
) -> Result<Execution, Error> {
    execute(plan, input, world, options, Some(observer))
}

/// Runs a machine until its execution ends.
fn execute<'w>(
    plan: &'w Rc<Plan>,
    input: Value,
    world: &'w mut dyn World,
    options: &'w Options,
    observer: Option<&'w mut dyn Observer>,
) -> Result<Execution, Error> {
    let name = uuid(world.randomness());
    let machine_arn = machine_arn(&options.machine_name);
    let identity = Identity::new(&machine_arn, &name, options.workflow_type);
    let mut engine = Engine::new(plan, world, options);
    engine.journal.observer = observer;
    let id = engine.start(plan, identity, input)?;
    while engine.journal.runs[id].end.is_none() {
        engine.tick()?;
    }
    engine
        .into_execution()
        .ok_or_else(|| Error::new("internal error: the execution did not end"))
}

/// One simulation.
pub(super) struct Engine<'w> {
    pub(super) scheduler: Scheduler,
    pub(super) journal: Journal<'w>,
    pub(super) evaluator: Evaluator<'w>,
    /// The execution was stopped by `until`.
    has_stopped: bool,
}

impl<'w> Engine<'w> {
    pub(super) fn new(plan: &'w Rc<Plan>, world: &'w mut dyn World, options: &'w Options) -> Self {
        Self {
            scheduler: Scheduler::new(world.start_time()),
            journal: Journal::new(plan.states.len(), options),
            evaluator: Evaluator::new(world, options),
            has_stopped: false,
        }
    }

    /// Starts the requested execution.
    pub(super) fn start(
        &mut self,
        plan: &'w Rc<Plan>,
        identity: Identity,
        input: Value,
    ) -> Result<RunId, Error> {
        let (scheduler, journal) = (&mut self.scheduler, &mut self.journal);
        lifecycle::start(
            scheduler,
            journal,
            plan,
            Plan::ROOT,
            identity,
            input,
            Caller::User,
        )
    }

    /// Handles the next wake-up.
    pub(super) fn tick(&mut self) -> Result<(), Error> {
        match self.scheduler.clock.next() {
            Some(Wake::Frame(frame)) => self.drive(frame),
            // The run was removed after its end, but its deadline is still in the queue.
            Some(Wake::Deadline(run) | Wake::TaskTimeout(run)) if !self.journal.runs.is_kept(run) => Ok(()),
            Some(Wake::Deadline(run)) => {
                self.end_early(run, Status::TimedOut, StateError::timeout(), 0);
                Ok(())
            }
            Some(Wake::TaskTimeout(run)) => {
                lifecycle::time_out_task(&mut self.scheduler, &mut self.journal, run);
                Ok(())
            }
            None => Err(Error::new(
                "internal error: no pending events, but the execution has not ended",
            )),
        }
    }

    /// Wakes a frame, and runs it and the frames that wait for it until all of them wait again.
    fn drive(&mut self, mut id: FrameId) -> Result<(), Error> {
        if !self.scheduler.frames.is_alive(id) {
            return Ok(());
        }
        let waiting = std::mem::take(&mut self.scheduler.frames[id].waiting);
        let mut result = state::resume(&mut self.cx(id), waiting);
        loop {
            result = match result {
                Ok(Control::Leave(output, exit)) => self.leave(id, output, exit),
                Ok(Control::End(output)) => {
                    let frame = &self.scheduler.frames[id];
                    let (run, last, index) = (frame.run, frame.last_event, frame.index);
                    if let Some(parent) = frame.parent {
                        self.scheduler.frames.remove(id);
                        id = parent;
                        join::child_succeeded(&mut self.cx(id), index, output, last)
                    } else {
                        self.end_run(run, Status::Succeeded, Some(output), Rc::default(), last);
                        Ok(Control::Wait)
                    }
                }
                Err(StepError::Simulation(error)) => return Err(error),
                Err(error) => match error_handling::handle(&mut self.cx(id), error) {
                    Ok(CatchOutcome::Handled(control)) => Ok(control),
                    Ok(CatchOutcome::Unhandled(error)) => {
                        let frame = &self.scheduler.frames[id];
                        let (run, last) = (frame.run, frame.last_event);
                        match frame.parent {
                            Some(parent) if !error.is_fatal => {
                                join::child_failed(&mut self.cx(parent), id);
                                id = parent;
                                Err(error.into())
                            }
                            _ => {
                                self.end_run(run, Status::Failed, None, error.data, last);
                                Ok(Control::Wait)
                            }
                        }
                    }
                    Err(error) => Err(error),
                },
                Ok(control @ (Control::Wait | Control::Enter)) => {
                    if let Some(full) = self.journal.take_full() {
                        self.end_full(full);
                    }
                    if matches!(control, Control::Wait) || !self.scheduler.frames.is_alive(id) {
                        return Ok(());
                    }
                    self.enter(id)
                }
            };
        }
    }

    /// A frame in its state.
    fn cx(&mut self, id: FrameId) -> StateCx<'_, 'w> {
        let frame = &self.scheduler.frames[id];
        let run = frame.run;
        let state = self.journal.runs[run].plan.state(frame.state);
        StateCx {
            scheduler: &mut self.scheduler,
            journal: &mut self.journal,
            evaluator: &mut self.evaluator,
            run,
            id,
            state,
        }
    }

    /// Enters a frame's state and does its work.
    fn enter(&mut self, id: FrameId) -> Result<Control, StepError> {
        let now = self.scheduler.now();
        let frame = &mut self.scheduler.frames[id];
        let (run, state) = (frame.run, frame.state);
        frame.event_before = frame.last_event;
        frame.entered_at = now;
        frame.retries = 0;
        frame.retried.clear();
        frame.token = None;
        frame.handlers_exhausted = false;
        let (previous, input, is_top) = (frame.last_event, frame.input.clone(), frame.parent.is_none());
        self.journal.count_transition(run, state, is_top)?;
        if self.journal.is_observed(run) {
            let within = self.enclosing(id);
            let input = input.clone();
            self.cx(id).observe(|| StateEvent::Entered { input, within });
        }
        let mut cx = self.cx(id);
        let entered = cx.emit(previous, || EventKind::StateEntered {
            state_type: cx.state.state_type,
            name: Rc::clone(&cx.state.name),
            input,
        });
        let frame = cx.frame_mut();
        frame.entered = entered;
        frame.last_event = entered;
        state::enter(&mut cx)
    }

    /// The thread of the Parallel or Map that a frame belongs to, and the index of its branch or item.
    fn enclosing(&self, id: FrameId) -> Option<(u64, usize)> {
        let frame = &self.scheduler.frames[id];
        match (frame.parent, self.journal.runs[frame.run].caller) {
            (Some(parent), _) => Some((parent.thread(), frame.index)),
            (None, Caller::Map(map, index)) => Some((map.thread(), index)),
            _ => None,
        }
    }

    /// Leaves a state for what comes after it.
    fn leave(&mut self, id: FrameId, outgoing: StateOutput, exit: Exit) -> Result<Control, StepError> {
        let StateOutput { output, assigned } = outgoing;
        if exit == Exit::Nowhere {
            return Err(EvalError::runtime(NO_NEXT_STATE).into());
        }
        let mut cx = self.cx(id);
        if !output.is_same(&cx.frame().input) {
            let bytes = cx.evaluator.check_size(&output, &cx.state.name)?;
            let is_inner = cx.frame().parent.is_some();
            cx.journal.peak.record(is_inner, bytes);
        }
        cx.emit_next(|| EventKind::StateExited {
            state_type: cx.state.state_type,
            name: Rc::clone(&cx.state.name),
            output: output.clone(),
            assigned: assigned.clone(),
        });
        cx.count(|count| count.exited += 1);
        cx.observe(|| StateEvent::Left {
            output: output.clone(),
            assigned: assigned.clone(),
        });
        let frame = cx.frame_mut();
        if let Some(assigned) = assigned {
            let assigned = assigned
                .iter()
                .map(|(name, value)| (Rc::clone(name), value.clone()));
            frame.variables.extend(assigned);
        }
        let (run, state, exited) = (frame.run, frame.state, frame.last_event);
        if self.evaluator.options.until == Some(state) && self.journal.is_of_machine(run) {
            self.stop(run, output, exited);
            return Ok(Control::Wait);
        }
        match exit {
            Exit::Next(next) => {
                let frame = &mut self.scheduler.frames[id];
                frame.state = next;
                frame.input = output;
                Ok(Control::Enter)
            }
            Exit::End | Exit::Nowhere => Ok(Control::End(output)),
        }
    }

    /// Stops the simulation, as `until` requests, with the output of a state of `run`.
    fn stop(&mut self, run: RunId, output: Value, exited: u64) {
        self.has_stopped = true;
        let previous = if run == RunId::FIRST {
            exited
        } else {
            self.journal.runs[RunId::FIRST].next_id - 1
        };
        self.end_run(
            RunId::FIRST,
            Status::Aborted,
            Some(output),
            Rc::default(),
            previous,
        );
    }

    /// Ends an execution that has not ended by itself.
    fn end_early(&mut self, id: RunId, status: Status, error: StateError, previous: u64) {
        if self.journal.runs[id].end.is_none() {
            self.end_run(id, status, None, error.data, previous);
        }
    }

    fn end_run(
        &mut self,
        id: RunId,
        status: Status,
        output: Option<Value>,
        error: Rc<ErrorData>,
        previous: u64,
    ) {
        let (scheduler, journal) = (&mut self.scheduler, &mut self.journal);
        lifecycle::end(scheduler, journal, id, status, output, error, previous);
    }

    /// Ends an execution with a full history.
    fn end_full(&mut self, id: RunId) {
        let error = StateError::named(
            crate::spec::error_name::RUNTIME,
            format!(
                "The execution reached the maximum number of history events ({}).",
                quota::HISTORY_EVENTS
            ),
        );
        let last = self.journal.runs[id].next_id - 1;
        self.end_early(id, Status::Failed, error, last);
    }

    /// The result of the first execution.
    pub(super) fn into_execution(self) -> Option<Execution> {
        let (frames, sizes) = (self.scheduler.frames.peak(), self.evaluator.sizes);
        self.journal.into_execution(frames, sizes, self.has_stopped)
    }
}
