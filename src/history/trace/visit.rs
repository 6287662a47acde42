//! Visits of states.

use super::id::{ThreadId, VisitId};
use crate::history::{Event, EventKind, Time};
use crate::spec::StateType;
use crate::value::{Object, Value};
use std::rc::Rc;

/// A visit of a state, from entry to exit.
#[derive(Debug)]
pub struct Visit<'h> {
    /// The state's name.
    pub name: &'h Rc<str>,
    /// Its type, `Task`.
    pub state_type: StateType,
    /// The thread that it belongs to.
    pub thread: ThreadId,
    /// The previous visit of the thread; `None` for the first.
    pub came_from: Option<VisitId>,
    /// The id of its `…StateEntered` event.
    pub id: u64,
    /// The time of entry.
    pub entered: Time,
    /// The state's input.
    pub input: &'h Value,
    /// The events between entry and exit, in order.
    pub events: Vec<VisitEvent<'h>>,
    /// The exit; `None` if the state failed or was stopped.
    pub exit: Option<Exit<'h>>,
    /// Whether the branches or iterations of a Parallel or Map have succeeded, or have failed and are not retried.
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

/// The exit of a state.
#[derive(Debug)]
pub struct Exit<'h> {
    /// The time.
    pub time: Time,
    /// The state's output.
    pub output: &'h Value,
    /// The assigned variables.
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

    /// The time of the exit, or of the last event.
    pub fn last_time(&self) -> Time {
        match (&self.exit, self.own_events().next_back()) {
            (Some(exit), _) => exit.time,
            (None, Some(event)) => event.time,
            (None, None) => self.entered,
        }
    }

    /// Duration in milliseconds; 0 for a Parallel or Map, whose time is that of the nested states.
    pub fn ms(&self) -> u64 {
        if self.contains_states() {
            return 0;
        }
        u64::try_from(self.last_time().since(self.entered)).unwrap_or(0)
    }

    /// The number of retries, each of which is a state transition.
    pub fn retries(&self) -> u64 {
        self.count(EventKind::starts_attempt).saturating_sub(1)
    }

    /// The number of iterations that an inline Map started.
    pub fn iterations(&self) -> u64 {
        self.count(|kind| matches!(kind, EventKind::MapIterationStarted { .. }))
    }

    /// The number of Map Runs that it started.
    pub fn map_runs(&self) -> u64 {
        self.count(|kind| matches!(kind, EventKind::MapRunStarted { .. }))
    }

    /// The number of items in the last attempt of a Map; 0 if an `ItemReader` provides them.
    pub fn items(&self) -> u64 {
        let items = |event: &Event| match event.kind {
            EventKind::MapStateStarted { length } => Some(length as u64),
            _ => None,
        };
        self.own_events().rev().find_map(items).unwrap_or(0)
    }

    /// Whether the state contains other states.
    pub(in crate::history) fn contains_states(&self) -> bool {
        matches!(self.state_type, StateType::Parallel | StateType::Map)
    }

    fn count(&self, is_counted: impl Fn(&EventKind) -> bool) -> u64 {
        self.own_events().filter(|event| is_counted(&event.kind)).count() as u64
    }
}
