//! Visits of states.

use super::thread::ThreadId;
use crate::history::{Event, EventKind, Time};
use crate::spec::StateType;
use crate::value::{Object, Value};
use std::rc::Rc;

/// A visit, as an index into [`Trace::visits`].
///
/// [`Trace::visits`]: super::Trace::visits
pub type VisitId = usize;

/// A state, from its entry to its exit.
#[derive(Debug)]
pub struct Visit<'h> {
    /// The state's name.
    pub name: &'h Rc<str>,
    /// Its type, `Task`.
    pub state_type: StateType,
    /// The thread that it belongs to.
    pub thread: ThreadId,
    /// The visit whose exit the thread continued from; `None` for the first of a thread.
    pub came_from: Option<VisitId>,
    /// The `…StateEntered`, by its id.
    pub id: u64,
    /// When it was entered.
    pub entered: Time,
    /// What it was entered with.
    pub input: &'h Value,
    /// What happened between its entry and its exit, in order.
    pub events: Vec<VisitEvent<'h>>,
    /// How it was exited; `None` where it failed for good or was stopped.
    pub exit: Option<Exit<'h>>,
    /// Whether what is inside of a Parallel or a Map has succeeded, or has failed and is not retried.
    pub(super) has_ended: bool,
}

/// Something that happened during a visit.
#[derive(Debug)]
pub enum VisitEvent<'h> {
    /// An event of the state itself.
    Own(&'h Event),
    /// A branch, an iteration, or a child execution began.
    Began(ThreadId),
}

/// How a state was exited.
#[derive(Debug)]
pub struct Exit<'h> {
    /// When.
    pub time: Time,
    /// What it handed on.
    pub output: &'h Value,
    /// The variables that it assigned.
    pub assigned: Option<&'h Object>,
}

impl<'h> Visit<'h> {
    /// Its own events, in order.
    pub fn own_events(&self) -> impl DoubleEndedIterator<Item = &'h Event> + '_ {
        self.events.iter().filter_map(|event| match event {
            VisitEvent::Own(event) => Some(*event),
            VisitEvent::Began(_) => None,
        })
    }

    /// When it was exited, or when its last event was.
    pub fn last_time(&self) -> Time {
        match (&self.exit, self.own_events().next_back()) {
            (Some(exit), _) => exit.time,
            (None, Some(event)) => event.time,
            (None, None) => self.entered,
        }
    }

    /// How long it took, in milliseconds; 0 for a Parallel or a Map, as the states inside account for the time.
    pub fn ms(&self) -> u64 {
        if self.contains_states() {
            return 0;
        }
        u64::try_from(self.last_time().since(self.entered)).unwrap_or(0)
    }

    /// Attempts beyond the first, each a transition of its own.
    pub fn retries(&self) -> u64 {
        self.count(EventKind::starts_attempt).saturating_sub(1)
    }

    /// Iterations that an inline Map began.
    pub fn iterations(&self) -> u64 {
        self.count(|kind| matches!(kind, EventKind::MapIterationStarted { .. }))
    }

    /// Map Runs that it started.
    pub fn map_runs(&self) -> u64 {
        self.count(|kind| matches!(kind, EventKind::MapRunStarted { .. }))
    }

    /// Items that a Map was given by its input in its last attempt; 0 where an `ItemReader` found them.
    pub fn items(&self) -> u64 {
        let items = |event: &Event| match event.kind {
            EventKind::MapStateStarted { length } => Some(length as u64),
            _ => None,
        };
        self.own_events().rev().find_map(items).unwrap_or(0)
    }

    /// Whether the state has states of its own.
    pub(super) fn contains_states(&self) -> bool {
        matches!(self.state_type, StateType::Parallel | StateType::Map)
    }

    fn count(&self, is_counted: impl Fn(&EventKind) -> bool) -> u64 {
        self.own_events().filter(|event| is_counted(&event.kind)).count() as u64
    }
}
