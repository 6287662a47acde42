//! Recorded executions: their events, and the outcomes of their tasks.

use crate::history::{
    Event, EventKind, History, Recorded, Scheduled, Time, Trace, VisitId, without_redrives,
};
use crate::simulate::world::{Completion, TaskOutcome};
use crate::value::Value;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// A history taken apart.
#[derive(Debug)]
pub struct Recording {
    /// Its events, up to the first one that is missing.
    pub(super) history: History,
    /// The last event, if events before it are missing.
    pub(super) last: Option<Event>,
    /// Whether events or data are missing.
    pub is_incomplete: bool,
    /// The ids of the events whose data is missing or truncated.
    pub(super) without_data: HashSet<u64>,
    /// What the execution was started with; `None` where the recording does not say.
    pub input: Option<Value>,
    /// When it started.
    pub start: Time,
    /// The outcomes of tasks, by state.
    pub(super) tasks: HashMap<Rc<str>, Vec<Task>>,
}

/// An attempt of a task.
#[derive(Debug)]
pub(super) struct Task {
    pub(super) arguments: Value,
    /// Whether the recording contains the result, so that mocks do not have to provide it.
    pub(super) is_known: bool,
    pub(super) outcome: TaskOutcome,
}

/// An attempt whose end is not read yet.
struct Open<'h> {
    scheduled: &'h Rc<Scheduled>,
    time: Time,
    submitted: Option<&'h Value>,
    at: (Rc<str>, usize),
}

impl Recording {
    /// Takes a recording apart; `None` where it does not begin with the start of an execution, although no events are missing
    /// from it. A redriven execution counts from its last redrive: the states that it repeated have the outcomes of their last
    /// attempts.
    pub fn new(recorded: Recorded) -> Option<Self> {
        let is_incomplete = !recorded.gaps.is_empty();
        let mut history = recorded.events;
        let start = history.first()?.time;
        let last = recorded.gaps.first.and_then(|_| history.last().cloned());
        history.retain(|event| recorded.gaps.first.is_none_or(|missing| event.id < missing));
        let without_data = recorded.gaps.data;
        let history = without_redrives(history);
        let input = match history.first() {
            Some(first) => match &first.kind {
                EventKind::ExecutionStarted { input } => {
                    (*input != Value::Null && !without_data.contains(&first.id)).then(|| input.clone())
                }
                _ => return None,
            },
            None => None,
        };
        let tasks = tasks(&history, &without_data);
        Some(Self {
            history,
            last,
            is_incomplete,
            without_data,
            input,
            start,
            tasks,
        })
    }

    /// The ends of the attempts of tasks that the recording contains, by state and in order.
    pub fn outcomes(&self) -> impl Iterator<Item = (&Rc<str>, &Completion)> {
        self.tasks.iter().flat_map(|(state, tasks)| {
            let known = tasks.iter().filter(|task| task.is_known);
            known.map(move |task| (state, &task.outcome.completion))
        })
    }

    /// The last event.
    pub fn end(&self) -> Option<&Event> {
        self.last.as_ref().or_else(|| self.history.last())
    }
}

/// The attempts of all tasks, by state, in the order in which they were scheduled.
fn tasks(history: &[Event], without_data: &HashSet<u64>) -> HashMap<Rc<str>, Vec<Task>> {
    let trace = Trace::new(history);
    let mut open: HashMap<VisitId, Open<'_>> = HashMap::new();
    let mut tasks: HashMap<Rc<str>, Vec<Task>> = HashMap::new();
    for (event, place) in history.iter().zip(&trace.places) {
        let Some(visit) = place.visit else { continue };
        match &event.kind {
            EventKind::TaskScheduled(scheduled) => {
                let state = trace.visits[visit].name;
                let list = tasks.entry(Rc::clone(state)).or_default();
                // An attempt without an end was interrupted by the end of another frame, or of the execution.
                list.push(Task {
                    arguments: scheduled.input.clone(),
                    is_known: true,
                    outcome: TaskOutcome {
                        completion: Completion::Timeout,
                        duration: i64::MAX / 4,
                        submitted: None,
                    },
                });
                let attempt = Open {
                    scheduled,
                    time: event.time,
                    submitted: None,
                    at: (Rc::clone(state), list.len() - 1),
                };
                open.insert(visit, attempt);
            }
            EventKind::TaskSubmitted { output, .. } => {
                if let Some(attempt) = open.get_mut(&visit) {
                    attempt.submitted = Some(output);
                }
            }
            kind => {
                let Some(completion) = completion(kind) else {
                    continue;
                };
                let is_known = !without_data.contains(&event.id);
                let Some(attempt) = open.remove(&visit) else {
                    continue;
                };
                let (state, index) = attempt.at;
                let task = tasks.get_mut(&state).and_then(|list| list.get_mut(index));
                if let Some(task) = task {
                    task.is_known = is_known;
                    task.outcome = TaskOutcome {
                        completion,
                        duration: attempt.scheduled.within(event.time.since(attempt.time)),
                        submitted: attempt.submitted.cloned(),
                    };
                }
            }
        }
    }
    tasks
}

impl Scheduled {
    /// Milliseconds that an attempt took, at least 0, without the time in which AWS notices its end.
    fn within(&self, millis: i64) -> i64 {
        let limit = self.timeout.map_or(i64::MAX, |s| s.saturating_mul(1000));
        millis.clamp(0, limit.max(0))
    }
}

fn completion(kind: &EventKind) -> Option<Completion> {
    Some(match kind {
        EventKind::TaskSucceeded { output, .. } => Completion::Return(output.clone()),
        EventKind::TaskFailed { data, .. } => Completion::Throw(data.as_ref().clone()),
        EventKind::TaskTimedOut { .. } => Completion::Timeout,
        _ => return None,
    })
}
