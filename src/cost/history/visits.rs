//! What one execution's events say of the states it entered.

use crate::history::{Event, EventKind};
use std::collections::HashMap;
use std::rc::Rc;

/// A state that was entered.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) name: Rc<str>,
    state_type: &'static str,
    /// The visit that it lies in.
    parent: Option<usize>,
    /// Attempts at its work: of a task, or of a Parallel's or a Map's insides.
    attempts: u64,
    /// When it was entered, and when its last event was, in milliseconds.
    from: i64,
    to: i64,
    /// Bytes of its input.
    bytes: usize,
    /// Iterations that an inline Map began.
    pub(super) iterations: u64,
    /// Map Runs that it started.
    pub(super) map_runs: u64,
    is_over: bool,
}

impl Visit {
    /// Attempts beyond the first, each a transition of its own.
    pub(super) fn retries(&self) -> u64 {
        self.attempts.saturating_sub(1)
    }

    /// How long it took, in milliseconds; nothing where it holds others, as theirs is the time.
    pub(super) fn ms(&self) -> u64 {
        let ms = if self.holds_states() {
            0
        } else {
            self.to - self.from
        };
        u64::try_from(ms).unwrap_or(0)
    }

    fn holds_states(&self) -> bool {
        matches!(self.state_type, "Parallel" | "Map")
    }
}

/// Every visit of an execution, in order, and the most bytes that were under way in them at one time.
pub(super) fn of(events: &[Event]) -> (Vec<Visit>, usize) {
    let mut walk = Walk::default();
    for event in events {
        walk.event(event);
    }
    (walk.visits, walk.peak)
}

#[derive(Default)]
struct Walk {
    visits: Vec<Visit>,
    /// The visit that an event belongs to, by the event's id.
    visit_of: HashMap<u64, usize>,
    active: usize,
    peak: usize,
}

impl Walk {
    fn event(&mut self, event: &Event) {
        let before = self.visit_of.get(&event.previous).copied();
        let visit = match &event.kind {
            EventKind::StateEntered {
                state_type,
                name,
                input,
            } => Some(self.enter(event, state_type, name, input.json_len().unwrap_or(0), before)),
            EventKind::StateExited { name, .. } => self.around(before, |visit| visit.name == *name),
            EventKind::ParallelStateStarted
            | EventKind::ParallelStateSucceeded
            | EventKind::ParallelStateFailed => self.around(before, |visit| visit.state_type == "Parallel"),
            EventKind::MapIterationStarted { name, .. }
            | EventKind::MapIterationSucceeded { name, .. }
            | EventKind::MapIterationFailed { name, .. }
            | EventKind::MapIterationAborted { name, .. } => self.around(before, |visit| visit.name == *name),
            EventKind::MapStateStarted { .. }
            | EventKind::MapStateSucceeded
            | EventKind::MapStateFailed
            | EventKind::MapRunStarted { .. }
            | EventKind::MapRunSucceeded
            | EventKind::MapRunFailed(_) => self.around(before, |visit| visit.state_type == "Map"),
            _ => before,
        };
        let Some(index) = visit else { return };
        self.visit_of.insert(event.id, index);
        let visit = &mut self.visits[index];
        visit.to = event.time.millis();
        match &event.kind {
            EventKind::TaskScheduled(_)
            | EventKind::ParallelStateStarted
            | EventKind::MapStateStarted { .. } => visit.attempts += 1,
            EventKind::MapIterationStarted { .. } => visit.iterations += 1,
            EventKind::MapRunStarted { .. } => visit.map_runs += 1,
            EventKind::StateExited { .. } if !visit.is_over => {
                visit.is_over = true;
                self.active -= visit.bytes;
            }
            _ => {}
        }
    }

    fn enter(
        &mut self,
        event: &Event,
        state_type: &'static str,
        name: &Rc<str>,
        bytes: usize,
        before: Option<usize>,
    ) -> usize {
        self.active += bytes;
        self.peak = self.peak.max(self.active);
        self.visits.push(Visit {
            name: Rc::clone(name),
            state_type,
            parent: before.and_then(|i| self.scope_of(i)),
            attempts: 0,
            from: event.time.millis(),
            to: event.time.millis(),
            bytes,
            iterations: 0,
            map_runs: 0,
            is_over: false,
        });
        self.visits.len() - 1
    }

    /// The visit that what follows a visit's events lies in: the visit itself while its insides run, and what is around
    /// it once it is over.
    fn scope_of(&self, index: usize) -> Option<usize> {
        let visit = &self.visits[index];
        if visit.holds_states() && !visit.is_over {
            Some(index)
        } else {
            visit.parent
        }
    }

    /// The innermost visit, from one outwards, that is meant.
    fn around(&self, from: Option<usize>, is_meant: impl Fn(&Visit) -> bool) -> Option<usize> {
        let mut at = from;
        while let Some(index) = at {
            let visit = &self.visits[index];
            if is_meant(visit) && !visit.is_over {
                return at;
            }
            at = visit.parent;
        }
        from
    }
}
