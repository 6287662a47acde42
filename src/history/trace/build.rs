//! Builds threads and visits from events in the order of their ids.

use super::id::{ThreadId, VisitId};
use super::thread::Thread;
use super::visit::{Exit, Visit, VisitEvent};
use crate::history::{ErrorData, Event, EventKind};
use crate::spec::StateType;

/// The threads and visits of an execution.
#[derive(Debug)]
pub struct Trace<'h> {
    /// Its threads, outer before inner; 0 is the top level.
    pub threads: Vec<Thread>,
    /// Its visits, in the order of entry.
    pub visits: Vec<Visit<'h>>,
    /// The thread and visit of each event, in the order of the history.
    pub places: Vec<EventLocation>,
    /// The visit in which the execution failed, and its error.
    pub failure: Option<(VisitId, &'h ErrorData)>,
}

/// The thread and visit of an event.
#[derive(Debug, Clone, Copy, Default)]
pub struct EventLocation {
    /// The thread.
    pub thread: ThreadId,
    /// The visit, if any.
    pub visit: Option<VisitId>,
}

impl<'h> Trace<'h> {
    /// Traces one execution, whose events must be in the order of their ids.
    pub fn new(history: &'h [Event]) -> Self {
        Self::with_children(history, &|_| Vec::new())
    }

    /// Traces an execution together with the child executions of its Distributed Maps, which `children` returns for the
    /// ARN of a Map Run. They become threads of the Map's visit.
    pub fn with_children(history: &'h [Event], children: &dyn Fn(&str) -> Vec<&'h [Event]>) -> Self {
        let mut trace = Self {
            threads: vec![Thread::default()],
            visits: Vec::new(),
            places: Vec::new(),
            failure: None,
        };
        trace.places = trace.add(history, 0, children);
        trace
    }

    /// The enclosing visit.
    pub fn parent(&self, visit: VisitId) -> Option<VisitId> {
        self.threads[self.visits[visit].thread].parent
    }

    /// Adds an execution whose top level is the thread `root`, and returns the places of its events.
    fn add(
        &mut self,
        history: &'h [Event],
        root: ThreadId,
        children: &dyn Fn(&str) -> Vec<&'h [Event]>,
    ) -> Vec<EventLocation> {
        let mut places: Vec<EventLocation> = Vec::with_capacity(history.len());
        let nowhere = EventLocation {
            thread: root,
            visit: None,
        };
        for event in history {
            let previous = position(history, event.previous);
            let near = previous.and_then(|at| places.get(at)).copied();
            let near = near.unwrap_or(nowhere);
            let place = match &event.kind {
                EventKind::StateEntered { .. } => {
                    let previous = previous.and_then(|at| history.get(at));
                    self.enter(event, previous.map(|event| &event.kind), near)
                }
                EventKind::ExecutionSucceeded { .. }
                | EventKind::ExecutionFailed(_)
                | EventKind::ExecutionTimedOut(_)
                | EventKind::ExecutionAborted(_) => {
                    if let EventKind::ExecutionFailed(data) | EventKind::ExecutionTimedOut(data) = &event.kind
                        && root == 0
                    {
                        self.failure = near.visit.map(|visit| (visit, &**data));
                    }
                    EventLocation { thread: root, ..near }
                }
                EventKind::ExecutionRedriven { .. } => {
                    self.redrive();
                    near
                }
                kind => match self.visit_of(kind, near.visit) {
                    Some(visit) => self.add_event(visit, event, near, children),
                    None => near,
                },
            };
            places.push(place);
        }
        places
    }

    /// Opens again what the end of the execution had ended: a redrive continues the unsuccessful states.
    fn redrive(&mut self) {
        self.failure = None;
        for visit in self.visits.iter_mut().filter(|visit| visit.exit.is_none()) {
            visit.has_ended = false;
        }
    }

    fn enter(
        &mut self,
        event: &'h Event,
        previous: Option<&EventKind>,
        near: EventLocation,
    ) -> EventLocation {
        let EventKind::StateEntered {
            state_type,
            name,
            input,
        } = &event.kind
        else {
            return near;
        };
        let thread = match (previous, near.visit) {
            (Some(EventKind::ParallelStateStarted), Some(parallel)) => {
                let index = self.branches(parallel);
                self.begin(parallel, index)
            }
            (Some(EventKind::ExecutionRedriven { .. }), Some(failed)) => self.visits[failed].thread,
            _ => near.thread,
        };
        let is_exit = matches!(previous, Some(EventKind::StateExited { .. }));
        let visit = self.visits.len();
        self.visits.push(Visit {
            name,
            state_type: *state_type,
            thread,
            came_from: near.visit.filter(|_| is_exit),
            id: event.id,
            entered: event.time,
            input,
            events: Vec::new(),
            exit: None,
            has_ended: false,
        });
        self.threads[thread].visits.push(visit);
        EventLocation {
            thread,
            visit: Some(visit),
        }
    }

    /// The visit of an event that follows from an event of the visit `near`. When a Parallel or Map is retried, AWS records
    /// another start but no failure, so after a failure the visit is over.
    fn visit_of(&self, kind: &EventKind, near: Option<VisitId>) -> Option<VisitId> {
        let found = match kind {
            EventKind::StateExited { name, .. }
            | EventKind::MapIterationStarted { name, .. }
            | EventKind::MapIterationSucceeded { name, .. }
            | EventKind::MapIterationFailed { name, .. }
            | EventKind::MapIterationAborted { name, .. } => self.around(near, |visit| visit.name == name),
            EventKind::ParallelStateStarted
            | EventKind::ParallelStateSucceeded
            | EventKind::ParallelStateFailed => self.around(near, |visit| {
                visit.state_type == StateType::Parallel && !visit.has_ended
            }),
            EventKind::MapStateStarted { .. }
            | EventKind::MapStateSucceeded
            | EventKind::MapStateFailed
            | EventKind::MapRunStarted { .. }
            | EventKind::MapRunRedriven { .. }
            | EventKind::MapRunSucceeded
            | EventKind::MapRunFailed(_) => self.around(near, |visit| {
                visit.state_type == StateType::Map && !visit.has_ended
            }),
            EventKind::ExecutionStarted { .. }
            | EventKind::ExecutionSucceeded { .. }
            | EventKind::ExecutionFailed(_)
            | EventKind::ExecutionTimedOut(_)
            | EventKind::ExecutionAborted(_)
            | EventKind::ExecutionRedriven { .. }
            | EventKind::StateEntered { .. }
            | EventKind::StateAborted { .. }
            | EventKind::TaskScheduled(_)
            | EventKind::TaskStarted { .. }
            | EventKind::TaskSubmitted { .. }
            | EventKind::TaskSucceeded { .. }
            | EventKind::TaskFailed { .. }
            | EventKind::TaskTimedOut { .. }
            | EventKind::EvaluationFailed(_) => near,
        };
        found.or(near)
    }

    /// Adds an event to its visit.
    fn add_event(
        &mut self,
        id: VisitId,
        event: &'h Event,
        near: EventLocation,
        children: &dyn Fn(&str) -> Vec<&'h [Event]>,
    ) -> EventLocation {
        let visit = &mut self.visits[id];
        let mut thread = visit.thread;
        if visit.exit.is_some() {
            return EventLocation {
                visit: Some(id),
                ..near
            };
        }
        match &event.kind {
            EventKind::StateExited { output, assigned, .. } => {
                visit.exit = Some(Exit {
                    time: event.time,
                    output,
                    assigned: assigned.as_deref(),
                });
                return EventLocation {
                    thread,
                    visit: Some(id),
                };
            }
            EventKind::ParallelStateSucceeded
            | EventKind::ParallelStateFailed
            | EventKind::MapStateSucceeded
            | EventKind::MapStateFailed => visit.has_ended = true,
            _ => {}
        }
        visit.events.push(VisitEvent::Own(event));
        match &event.kind {
            EventKind::MapIterationStarted { index, .. } => thread = self.begin(id, *index),
            EventKind::MapRunStarted { arn } => {
                for (item, child) in children(arn).into_iter().enumerate() {
                    let root = self.begin(id, item);
                    self.add(child, root, children);
                }
            }
            _ => {}
        }
        EventLocation {
            thread,
            visit: Some(id),
        }
    }

    /// Starts a thread inside a visit.
    fn begin(&mut self, parent: VisitId, index: usize) -> ThreadId {
        let thread = self.threads.len();
        self.threads.push(Thread {
            parent: Some(parent),
            index,
            visits: Vec::new(),
        });
        self.visits[parent].events.push(VisitEvent::Began(thread));
        thread
    }

    /// The number of branches that the current attempt of a Parallel has started.
    fn branches(&self, parallel: VisitId) -> usize {
        let events = self.visits[parallel].events.iter().rev();
        let last = events
            .take_while(|event| !matches!(event, VisitEvent::Own(event) if event.kind.forks()))
            .find_map(|event| match event {
                VisitEvent::Began(thread) => Some(*thread),
                VisitEvent::Own(_) => None,
            });
        last.map_or(0, |thread| self.threads[thread].index + 1)
    }

    /// The innermost visit, from `from` outward, that has not been exited and satisfies the predicate.
    fn around(&self, from: Option<VisitId>, is_meant: impl Fn(&Visit<'h>) -> bool) -> Option<VisitId> {
        let mut around = std::iter::successors(from, |visit| self.parent(*visit));
        around.find(|visit| {
            let visit = &self.visits[*visit];
            visit.exit.is_none() && is_meant(visit)
        })
    }
}

impl EventKind {
    /// Whether branches or iterations start after this event.
    pub(super) const fn forks(&self) -> bool {
        matches!(self, Self::ParallelStateStarted | Self::MapStateStarted { .. })
    }
}

/// The index of the event with an id. In a complete history, ids start at 1 and are consecutive.
fn position(history: &[Event], id: u64) -> Option<usize> {
    let guess = usize::try_from(id).ok()?.checked_sub(1)?;
    if history.get(guess).is_some_and(|event| event.id == id) {
        return Some(guess);
    }
    history.binary_search_by_key(&id, |event| event.id).ok()
}
