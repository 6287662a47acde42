//! The records of a simulation: executions with their events, and counts.

use super::cycle::RecentStates;
use super::execution::{Count, Execution, MapRun, Nested, Note, NoteKind, Peak};
use super::frame::Frame;
use super::ids::{FrameId, RunId};
use super::limits::Sizes;
use super::observer::{Observer, StateEvent, StateLocation};
use super::options::Options;
use super::plan::StateId;
use super::running::{RunResult, Runs};
use super::world::Error;
use crate::history::{Event, EventKind, Status, Time};
use crate::spec::quota;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The records of a simulation.
pub(super) struct Journal<'w> {
    pub(super) runs: Runs<'w>,
    pub(super) map_runs: Vec<MapRun>,
    pub(super) nested: Vec<Nested>,
    pub(super) peak: Peak,
    /// The innermost state whose error has not been handled.
    pub(super) failed_in: Option<StateId>,
    pub(super) observer: Option<&'w mut dyn Observer>,
    options: &'w Options,
    counts: Vec<Count>,
    all_transitions: u64,
    /// The maximum number of transitions.
    max_transitions: u64,
    /// The largest number of items that each Map has had.
    most_items: BTreeMap<StateId, usize>,
    /// Events recorded for all executions.
    recorded: u64,
    path: Vec<StateId>,
    /// The states entered most recently, to report an infinite loop.
    recent: RecentStates,
    /// An execution whose history has just reached its maximum size.
    full: Option<RunId>,
}

impl<'w> Journal<'w> {
    /// Creates an empty journal for a machine with this number of states.
    pub(super) fn new(states: usize, options: &'w Options) -> Self {
        Self {
            runs: Runs::default(),
            map_runs: Vec::new(),
            nested: Vec::new(),
            peak: Peak::default(),
            failed_in: None,
            observer: None,
            options,
            counts: vec![Count::default(); states],
            all_transitions: 0,
            max_transitions: options.max_transitions,
            most_items: BTreeMap::new(),
            recorded: 0,
            path: Vec::new(),
            recent: RecentStates::default(),
            full: None,
        }
    }

    /// The options of the simulation.
    pub(super) const fn options(&self) -> &'w Options {
        self.options
    }

    /// Counts an event, records it if events are recorded, and returns its id.
    pub(super) fn emit(
        &mut self,
        id: RunId,
        time: Time,
        previous: u64,
        kind: impl FnOnce() -> EventKind,
    ) -> u64 {
        let run = &mut self.runs[id];
        if run.is_full {
            return run.next_id - 1;
        }
        let event = run.next_id;
        run.next_id += 1;
        if self.options.record_events {
            self.recorded += 1;
            run.events.push(Event {
                id: event,
                previous,
                time,
                kind: kind(),
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

    /// Takes the execution whose history has reached its maximum size since the last call.
    pub(super) const fn take_full(&mut self) -> Option<RunId> {
        self.full.take()
    }

    /// Adds a note on the state of a frame, if events are recorded.
    pub(super) fn add_note(&mut self, frame: &Frame, time: Time, kind: impl FnOnce() -> NoteKind) {
        if self.options.record_events {
            let run = &mut self.runs[frame.run];
            run.notes.push(Note {
                entered: frame.entered,
                after: run.next_id - 1,
                time,
                kind: kind(),
            });
        }
    }

    /// Whether an observer sees what happens in an execution.
    pub(super) fn is_observed(&self, run: RunId) -> bool {
        self.observer.is_some() && self.is_of_machine(run)
    }

    /// Shows what happened in a state to the observer, if there is one.
    pub(super) fn observe(
        &mut self,
        run: RunId,
        (frame, state): (FrameId, StateId),
        what: impl FnOnce() -> StateEvent,
    ) {
        if self.is_observed(run)
            && let Some(observer) = &mut self.observer
        {
            let thread = frame.thread();
            observer.observe(StateLocation { thread, state }, what());
        }
    }

    /// Updates the counts of a state of the machine.
    pub(super) fn count(&mut self, run: RunId, state: StateId, add: impl FnOnce(&mut Count)) {
        if self.is_of_machine(run)
            && let Some(count) = self.counts.get_mut(state.0 as usize)
        {
            add(count);
        }
    }

    /// Counts a transition; `is_top` if it is outside all branches and iterations.
    pub(super) fn count_transition(&mut self, run: RunId, state: StateId, is_top: bool) -> Result<(), Error> {
        self.all_transitions += 1;
        self.runs[run].transitions += 1;
        if run == RunId::FIRST && is_top {
            self.path.push(state);
        }
        self.count(run, state, |count| count.entered += 1);
        self.recent.record(state);
        self.check_transitions(run)
    }

    /// Raises the maximum number of transitions for the items of a Map, which are not a loop: each may enter every state once.
    /// A Map that starts again raises it only for additional items, so that a loop around a Map ends.
    pub(super) fn allow_items(&mut self, run: RunId, map: StateId, items: usize) {
        let most = self.most_items.entry(map).or_default();
        let more = items.saturating_sub(*most);
        *most += more;
        let states = self.runs[run].plan.states.len();
        let transitions = more.saturating_mul(states) as u64;
        self.max_transitions = self.max_transitions.saturating_add(transitions);
    }

    /// Counts a retry, which AWS bills like a transition.
    pub(super) fn count_retry(&mut self, run: RunId, state: StateId) -> Result<(), Error> {
        self.all_transitions += 1;
        self.runs[run].transitions += 1;
        self.count(run, state, |count| count.retried += 1);
        self.check_transitions(run)
    }

    /// Fails if the maximum number of recorded events or of transitions is exceeded, and names the states of the loop.
    fn check_transitions(&self, run: RunId) -> Result<(), Error> {
        if self.recorded > self.options.max_events {
            return Err(too_many_events(self.options.max_events));
        }
        if self.all_transitions <= self.max_transitions {
            return Ok(());
        }
        let plan = self.runs[run].plan;
        let names: Vec<&str> = self
            .recent
            .cycle()
            .iter()
            .map(|id| plan.state(*id).name.as_ref())
            .collect();
        Err(too_many_transitions(self.options.max_transitions, &names))
    }

    /// Whether an execution runs the requested machine or a part of it.
    pub(super) fn is_of_machine(&self, run: RunId) -> bool {
        Rc::ptr_eq(self.runs[run].plan, self.runs[RunId::FIRST].plan)
    }

    /// Counts the end of a child execution and of its items in the Map Run.
    pub(super) fn count_child(&mut self, map_run: usize, items: usize, status: Status) {
        let map_run = &mut self.map_runs[map_run];
        map_run.items.end(items, status);
        map_run.executions.end(1, status);
    }

    /// Moves the result of a child execution to its Map Run, and drops the execution.
    pub(super) fn keep_child(&mut self, map_run: usize, id: RunId, end: RunResult) {
        let run = &mut self.runs[id];
        let map_run = &mut self.map_runs[map_run];
        map_run.transitions += run.transitions;
        let child = run.take_child(end);
        if self.options.record_events {
            map_run.children.push(child);
        }
        self.runs.free(id);
    }

    /// The first execution, if it has ended; `frames` is the peak number of frames.
    pub(super) fn into_execution(
        mut self,
        frames: usize,
        sizes: Sizes,
        has_stopped: bool,
    ) -> Option<Execution> {
        let run = self.runs.take_first()?;
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
            has_stopped,
            peak: Peak { frames, ..self.peak },
            sizes,
        })
    }
}

fn too_many_events(limit: u64) -> Error {
    Error::new(format!("the execution has more than {limit} events"))
        .help("use `--format json`, which does not record events")
}

fn too_many_transitions(limit: u64, cycle: &[&str]) -> Error {
    let help = "raise the limit with `--max-transitions` if the loop is intended";
    let message = if cycle.is_empty() {
        format!("exceeded {limit} transitions")
    } else {
        format!(
            "exceeded {limit} transitions; possible infinite loop: `{}`",
            cycle.join("` → `")
        )
    };
    Error::new(message).help(help)
}
