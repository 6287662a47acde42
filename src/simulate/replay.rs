//! A recorded execution as a world: tasks return what they returned in the recording.

mod compare;

use super::mocks::MockedWorld;
use super::world::{Answer, Attempt, End, Error, Object, World};
use crate::expr::Randomness;
use crate::history::{Event, EventKind, History, Scheduled, Time, Trace, VisitId, without_redrives};
use crate::value::Value;
use std::collections::HashMap;
use std::rc::Rc;

pub use compare::{Departure, Difference, Step, What, departure, steps};

/// A history taken apart.
#[derive(Debug)]
pub struct Recording {
    /// Its events.
    pub history: History,
    /// What the execution was started with; `None` where the recording does not say.
    pub input: Option<Value>,
    /// When it started.
    pub start: Time,
    /// What tasks came to, by state.
    tasks: HashMap<Rc<str>, Vec<Task>>,
}

/// An attempt of a task.
#[derive(Debug)]
struct Task {
    arguments: Value,
    answer: Answer,
}

/// An attempt whose end is not read yet.
struct Open<'h> {
    scheduled: &'h Rc<Scheduled>,
    time: Time,
    submitted: Option<&'h Value>,
    at: (Rc<str>, usize),
}

impl Recording {
    /// Takes a history apart; `None` where it does not begin with the start of an execution. A redriven execution counts from
    /// its last redrive: the states that it repeated have the outcomes of their last attempts.
    pub fn new(history: History) -> Option<Self> {
        let history = without_redrives(history);
        let first = history.first()?;
        let EventKind::ExecutionStarted { input } = &first.kind else {
            return None;
        };
        let input = (*input != Value::Null).then(|| input.clone());
        let start = first.time;
        let tasks = tasks(&history);
        Some(Self {
            history,
            input,
            start,
            tasks,
        })
    }
}

/// The attempts of all tasks, by state, in the order in which they were scheduled.
fn tasks(history: &[Event]) -> HashMap<Rc<str>, Vec<Task>> {
    let trace = Trace::new(history);
    let mut open: HashMap<VisitId, Open<'_>> = HashMap::new();
    let mut tasks: HashMap<Rc<str>, Vec<Task>> = HashMap::new();
    for (event, place) in history.iter().zip(&trace.places) {
        let Some(visit) = place.visit else { continue };
        match &event.kind {
            EventKind::TaskScheduled(scheduled) => {
                let state = trace.visits[visit].name;
                let list = tasks.entry(Rc::clone(state)).or_default();
                // An attempt without an end was still under way when something else ended it.
                list.push(Task {
                    arguments: scheduled.input.clone(),
                    answer: Answer {
                        end: End::Timeout,
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
                let Some(end) = end(kind) else { continue };
                let Some(attempt) = open.remove(&visit) else {
                    continue;
                };
                let (state, index) = attempt.at;
                let task = tasks.get_mut(&state).and_then(|list| list.get_mut(index));
                if let Some(task) = task {
                    task.answer = Answer {
                        end,
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
    /// Milliseconds that an attempt took, none below 0; what AWS takes to notice the end is not held against it.
    fn within(&self, millis: i64) -> i64 {
        let limit = self.timeout.map_or(i64::MAX, |s| s.saturating_mul(1000));
        millis.clamp(0, limit.max(0))
    }
}

fn end(kind: &EventKind) -> Option<End> {
    Some(match kind {
        EventKind::TaskSucceeded { output, .. } => End::Return(output.clone()),
        EventKind::TaskFailed { data, .. } => End::Throw(data.as_ref().clone()),
        EventKind::TaskTimedOut { .. } => End::Timeout,
        _ => return None,
    })
}

/// The world of a recording. What it does not tell of, such as objects in S3 and tasks of a Map's child executions,
/// mocks answer.
pub struct ReplayedWorld<'r, 'm> {
    recording: &'r Recording,
    mocks: MockedWorld<'m>,
    /// The attempts that are not used yet, by state.
    left: HashMap<Rc<str>, Vec<&'r Task>>,
}

impl<'r, 'm> ReplayedWorld<'r, 'm> {
    /// Creates a world for a new execution.
    pub fn new(recording: &'r Recording, mocks: MockedWorld<'m>) -> Self {
        let left = recording.tasks.iter();
        Self {
            recording,
            mocks,
            left: left
                .map(|(state, list)| (Rc::clone(state), list.iter().collect()))
                .collect(),
        }
    }
}

impl World for ReplayedWorld<'_, '_> {
    fn start_time(&self) -> Time {
        self.recording.start
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        self.mocks.randomness()
    }

    fn answer(&mut self, attempt: &Attempt<'_>) -> Result<Answer, Error> {
        let Some(left) = self.left.get_mut(attempt.state).filter(|left| !left.is_empty()) else {
            return self.mocks.answer(attempt);
        };
        // Iterations may be scheduled in another order today: the same call gets the same answer.
        let same = left.iter().position(|task| task.arguments == *attempt.arguments);
        Ok(left.remove(same.unwrap_or(0)).answer.clone())
    }

    fn object(&mut self, bucket: &str, key: &str) -> Result<Option<Rc<str>>, Error> {
        self.mocks.object(bucket, key)
    }

    fn list(&mut self, bucket: &str, prefix: &str) -> Result<Vec<Object>, Error> {
        self.mocks.list(bucket, prefix)
    }

    fn put(&mut self, bucket: &str, key: &str, body: String) {
        self.mocks.put(bucket, key, body);
    }
}
