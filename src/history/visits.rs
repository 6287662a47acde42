//! What one execution's events say of the states it entered.

use super::{ErrorData, Event, EventKind};
use crate::spec::StateType;
use crate::value::Value;
use std::collections::HashMap;
use std::rc::Rc;

/// A state that was entered.
#[derive(Debug)]
pub struct Visit {
    /// The state's name.
    pub name: Rc<str>,
    /// Its type, `Task`.
    pub state_type: StateType,
    /// The visit that it lies in, by index.
    pub parent: Option<usize>,
    /// The visit that led here, by index; none where a scope begins.
    pub came_from: Option<usize>,
    /// The item of the Map around it, or the child execution, that it is entered for, by index; none where no Map is the nearest around it.
    pub iteration: Option<usize>,
    /// The `…StateEntered`, by its id.
    pub event: u64,
    /// When it was entered, in milliseconds since the Unix epoch.
    pub from: i64,
    /// When its last event was.
    pub to: i64,
    /// Iterations that an inline Map began.
    pub iterations: u64,
    /// Map Runs that it started.
    pub map_runs: u64,
    /// Items that its last Map Run was given by its input; 0 where an `ItemReader` found them.
    pub items: u64,
    /// What its last attempt failed with.
    pub error: Option<Rc<ErrorData>>,
    /// It was exited.
    pub is_over: bool,
    /// What it was entered with.
    pub input: Value,
    /// What it was exited with.
    pub output: Option<Value>,
    /// Attempts at its work, of a task, or of a Parallel's or a Map's insides.
    pub attempts: Vec<Attempt>,
    /// Its last attempt is not over.
    is_trying: bool,
    /// Bytes of its input.
    bytes: usize,
}

/// An attempt at a state's work. Times are in milliseconds since the Unix epoch.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// When it began.
    pub from: i64,
    /// When it was over, or what happened last in it.
    pub to: i64,
    /// What it failed with, where the history says so.
    pub error: Option<Rc<ErrorData>>,
}

/// The visits of an execution.
#[derive(Debug, Default)]
pub struct Visits {
    /// Every visit, in order.
    pub all: Vec<Visit>,
    /// The most bytes that were under way in them at one time.
    pub peak_bytes: usize,
    /// The visit in which the execution failed, by index, and what with.
    pub failure: Option<(usize, Rc<ErrorData>)>,
}

impl Visit {
    /// Attempts beyond the first, each a transition of its own.
    pub fn retries(&self) -> u64 {
        (self.attempts.len() as u64).saturating_sub(1)
    }

    /// How long it took, in milliseconds; nothing where it holds others, as theirs is the time.
    pub fn ms(&self) -> u64 {
        let ms = if self.holds_states() {
            0
        } else {
            self.to - self.from
        };
        u64::try_from(ms).unwrap_or(0)
    }

    fn begin_attempt(&mut self) {
        self.error = None;
        self.is_trying = true;
        self.attempts.push(Attempt {
            from: self.to,
            to: self.to,
            error: None,
        });
    }

    fn fail_attempt(&mut self, data: Rc<ErrorData>) {
        if let Some(attempt) = self.attempts.last_mut() {
            attempt.error = Some(Rc::clone(&data));
        }
        self.error = Some(data);
    }

    fn holds_states(&self) -> bool {
        matches!(self.state_type, StateType::Parallel | StateType::Map)
    }
}

/// The visits that events tell of.
pub fn visits(events: &[Event]) -> Visits {
    Walk::through(events).visits
}

/// The visits of an execution and of the child executions of its Distributed Maps, whose events `children` gives by the
/// ARN of the Map Run. They lie in the Map's visit and follow it, child by child.
pub fn visits_with_children<'h>(events: &[Event], children: &impl Fn(&str) -> Vec<&'h [Event]>) -> Visits {
    let Walk {
        mut visits, map_runs, ..
    } = Walk::through(events);
    if map_runs.is_empty() {
        return visits;
    }
    let own = std::mem::take(&mut visits.all);
    let mut places: Vec<usize> = Vec::with_capacity(own.len());
    let mut runs = map_runs.into_iter().peekable();
    for (index, visit) in own.into_iter().enumerate() {
        let at = visits.all.len();
        places.push(at);
        visits.all.push(Visit {
            parent: visit.parent.map(|parent| places[parent]),
            came_from: visit.came_from.map(|from| places[from]),
            ..visit
        });
        while let Some((_, arn)) = runs.next_if(|(starter, _)| *starter == index) {
            for (item, child) in children(&arn).into_iter().enumerate() {
                let first = visits.all.len();
                let inside = visits_with_children(child, children);
                visits.all.extend(inside.all.into_iter().map(|visit| Visit {
                    parent: Some(visit.parent.map_or(at, |parent| parent + first)),
                    came_from: visit.came_from.map(|from| from + first),
                    iteration: visit.iteration.or_else(|| visit.parent.is_none().then_some(item)),
                    ..visit
                }));
            }
        }
    }
    if let Some((failed, _)) = &mut visits.failure {
        *failed = places[*failed];
    }
    visits
}

/// Whether an attempt at a state's work is over with an event.
const fn ends_attempt(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::TaskSucceeded { .. }
            | EventKind::TaskFailed { .. }
            | EventKind::TaskTimedOut { .. }
            | EventKind::ParallelStateSucceeded
            | EventKind::ParallelStateFailed
            | EventKind::MapStateSucceeded
            | EventKind::MapStateFailed
    )
}

#[derive(Default)]
struct Walk {
    visits: Visits,
    /// The visit that an event belongs to, by the event's id.
    visit_of: HashMap<u64, usize>,
    /// The visit that an event is the exit of, by the event's id.
    exits: HashMap<u64, usize>,
    /// The Map Runs that visits started, by visit.
    map_runs: Vec<(usize, Rc<str>)>,
    /// The item that an iteration is begun for, by the event that begins it.
    iterations: HashMap<u64, usize>,
    active: usize,
}

impl Walk {
    fn through(events: &[Event]) -> Self {
        let mut walk = Self::default();
        for event in events {
            walk.event(event);
        }
        // Branches start theirs in any order.
        walk.map_runs.sort_by_key(|(visit, _)| *visit);
        walk
    }

    fn event(&mut self, event: &Event) {
        let before = self.visit_of.get(&event.previous).copied();
        let visit = match &event.kind {
            EventKind::StateEntered {
                state_type,
                name,
                input,
            } => Some(self.enter(event, *state_type, name, input, before)),
            EventKind::StateExited { name, .. } => self.around(before, |visit| visit.name == *name),
            EventKind::ParallelStateStarted
            | EventKind::ParallelStateSucceeded
            | EventKind::ParallelStateFailed => {
                self.around(before, |visit| visit.state_type == StateType::Parallel)
            }
            EventKind::MapIterationStarted { name, .. }
            | EventKind::MapIterationSucceeded { name, .. }
            | EventKind::MapIterationFailed { name, .. }
            | EventKind::MapIterationAborted { name, .. } => self.around(before, |visit| visit.name == *name),
            EventKind::MapStateStarted { .. }
            | EventKind::MapStateSucceeded
            | EventKind::MapStateFailed
            | EventKind::MapRunStarted { .. }
            | EventKind::MapRunSucceeded
            | EventKind::MapRunFailed(_) => self.around(before, |visit| visit.state_type == StateType::Map),
            _ => before,
        };
        let Some(index) = visit else { return };
        if let EventKind::ExecutionFailed(data) | EventKind::ExecutionTimedOut(data) = &event.kind {
            self.visits.failure = Some((index, Rc::clone(data)));
            return;
        }
        self.visit_of.insert(event.id, index);
        let visit = &mut self.visits.all[index];
        visit.to = event.time.millis();
        if let (Some(attempt), true) = (visit.attempts.last_mut(), visit.is_trying) {
            attempt.to = visit.to;
        }
        visit.is_trying &= !ends_attempt(&event.kind);
        match &event.kind {
            EventKind::MapStateStarted { length } => {
                visit.begin_attempt();
                visit.items = *length as u64;
            }
            EventKind::TaskScheduled(_) | EventKind::ParallelStateStarted => visit.begin_attempt(),
            EventKind::TaskFailed { data, .. }
            | EventKind::TaskTimedOut { data, .. }
            | EventKind::MapRunFailed(data) => visit.fail_attempt(Rc::clone(data)),
            // No failure of the attempt, which was over: of what came of it.
            EventKind::EvaluationFailed(evaluation) => visit.error = Some(Rc::new(evaluation.data.clone())),
            EventKind::ParallelStateFailed | EventKind::MapStateFailed => {
                let known = visit.error.clone();
                visit.fail_attempt(known.unwrap_or_default());
            }
            EventKind::MapIterationStarted { index, .. } => {
                visit.iterations += 1;
                self.iterations.insert(event.id, *index);
            }
            EventKind::MapRunStarted { arn } => {
                visit.map_runs += 1;
                self.map_runs.push((index, Rc::clone(arn)));
            }
            EventKind::StateExited { output, .. } if !visit.is_over => {
                visit.is_over = true;
                visit.output = Some(output.clone());
                self.active -= visit.bytes;
                self.exits.insert(event.id, index);
            }
            _ => {}
        }
    }

    fn enter(
        &mut self,
        event: &Event,
        state_type: StateType,
        name: &Rc<str>,
        input: &Value,
        before: Option<usize>,
    ) -> usize {
        let bytes = input.json_len().unwrap_or(0);
        let came_from = self.exits.get(&event.previous).copied();
        self.active += bytes;
        self.visits.peak_bytes = self.visits.peak_bytes.max(self.active);
        self.visits.all.push(Visit {
            name: Rc::clone(name),
            state_type,
            parent: before.and_then(|i| self.scope_of(i)),
            came_from,
            iteration: match came_from {
                Some(before) => self.visits.all[before].iteration,
                None => self.iterations.get(&event.previous).copied(),
            },
            input: input.clone(),
            output: None,
            event: event.id,
            error: None,
            attempts: Vec::new(),
            is_trying: false,
            from: event.time.millis(),
            to: event.time.millis(),
            bytes,
            iterations: 0,
            map_runs: 0,
            items: 0,
            is_over: false,
        });
        self.visits.all.len() - 1
    }

    /// The visit that what follows a visit's events lies in: the visit itself while its insides run, and what is around
    /// it once it is over.
    fn scope_of(&self, index: usize) -> Option<usize> {
        let visit = &self.visits.all[index];
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
            let visit = &self.visits.all[index];
            if is_meant(visit) && !visit.is_over {
                return at;
            }
            at = visit.parent;
        }
        from
    }
}
