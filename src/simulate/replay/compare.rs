//! Comparison of two executions, thread by thread: the interleaving of threads makes no difference.

use super::recording::Recording;
use crate::history::{ErrorData, Event, EventKind, Scheduled, Status, TaskResource, Time, Trace};
use crate::simulate::identity::Identity;
use crate::spec::StateType;
use crate::value::Value;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// A step of an execution.
#[derive(Debug, Clone)]
pub struct Step<'h> {
    /// The id of its event.
    pub event: u64,
    /// The state; `None` at the end of the execution.
    pub state: Option<&'h Rc<str>>,
    /// The action.
    pub action: StepAction<'h>,
}

/// The action of a step.
#[derive(Debug, Clone)]
pub enum StepAction<'h> {
    /// A state was entered.
    Entered {
        /// Its type.
        state_type: StateType,
        /// Its input.
        input: &'h Value,
    },
    /// A task was called.
    Called(&'h Scheduled),
    /// A task failed.
    Failed {
        /// Whether it timed out.
        is_late: bool,
        /// Error and cause.
        data: &'h ErrorData,
    },
    /// A Map has this number of items.
    Items(usize),
    /// A state was left.
    Exited {
        /// Its output.
        output: &'h Value,
        /// The assigned variables.
        assigned: Option<Value>,
    },
    /// The execution ended.
    Ended {
        /// Its status.
        status: Status,
        /// Its output, if it succeeded.
        output: Option<&'h Value>,
        /// Error and cause, if it did not succeed.
        data: Option<&'h ErrorData>,
    },
}

/// The first step at which two executions differ.
#[derive(Debug)]
pub struct Divergence<'h> {
    /// The recorded step; `None` after the end of the thread.
    pub recorded: Option<Step<'h>>,
    /// The step of the current execution; `None` after the end of the thread.
    pub today: Option<Step<'h>>,
    /// The parts that differ; empty if the steps are of different kinds.
    pub differences: Vec<Difference>,
}

/// A part of two steps that differs.
#[derive(Debug, PartialEq, Eq)]
pub struct Difference {
    /// The path of the part: `input`, `arguments.Payload.total`.
    pub place: String,
    /// The recorded value.
    pub recorded: Option<Value>,
    /// The current value.
    pub today: Option<Value>,
}

/// The steps of a history, by thread.
fn steps(history: &[Event]) -> HashMap<Rc<str>, Vec<Step<'_>>> {
    let trace = Trace::new(history);
    let keys = trace.thread_keys();
    let mut steps: HashMap<Rc<str>, Vec<Step<'_>>> = HashMap::new();
    for (event, place) in history.iter().zip(&trace.places) {
        let Some(action) = action(&event.kind) else {
            continue;
        };
        let is_end = matches!(action, StepAction::Ended { .. });
        let visit = place.visit.filter(|_| !is_end);
        steps
            .entry(Rc::clone(&keys[place.thread]))
            .or_default()
            .push(Step {
                event: event.id,
                state: visit.map(|visit| trace.visits[visit].name),
                action,
            });
    }
    steps
}

fn action(kind: &EventKind) -> Option<StepAction<'_>> {
    let ended = |status, output, data| StepAction::Ended { status, output, data };
    Some(match kind {
        EventKind::StateEntered {
            state_type, input, ..
        } => StepAction::Entered {
            state_type: *state_type,
            input,
        },
        EventKind::TaskScheduled(scheduled) => StepAction::Called(scheduled),
        EventKind::TaskFailed { data, .. } => StepAction::Failed { is_late: false, data },
        EventKind::TaskTimedOut { data, .. } => StepAction::Failed { is_late: true, data },
        EventKind::MapStateStarted { length } => StepAction::Items(*length),
        EventKind::StateExited { output, assigned, .. } => StepAction::Exited {
            output,
            assigned: assigned
                .as_deref()
                .map(|variables| Value::object(variables.clone())),
        },
        EventKind::ExecutionSucceeded { output } => ended(Status::Succeeded, Some(output), None),
        EventKind::ExecutionFailed(data) => ended(Status::Failed, None, Some(&**data)),
        EventKind::ExecutionTimedOut(data) => ended(Status::TimedOut, None, Some(&**data)),
        _ => return None,
    })
}

/// The number of recorded steps that are compared.
pub fn step_count(recording: &Recording) -> usize {
    let steps = steps(&recording.history).into_values().map(|steps| steps.len());
    steps.sum::<usize>() + usize::from(end(recording.last.as_slice()).is_some())
}

/// The last step of a history, if it ends the execution.
fn end(history: &[Event]) -> Option<Step<'_>> {
    let event = history.last()?;
    let action = action(&event.kind)?;
    matches!(action, StepAction::Ended { .. }).then_some(Step {
        event: event.id,
        state: None,
        action,
    })
}

/// The first step, in order of recorded events, at which today's execution differs from the recorded one. A recording
/// that was stopped or is incomplete is compared up to its end. `own` is the identity of today's execution: its ARNs
/// and names, which states can read in the context object, differ from the recorded ones.
pub fn first_divergence<'h>(
    recording: &'h Recording,
    today: &'h [Event],
    own: &Identity,
) -> Option<Divergence<'h>> {
    let same = Equivalence::new(recording, today, own);
    let (then, now) = (steps(&recording.history), steps(today));
    let has_ended = then.get("").and_then(|steps| steps.last());
    let has_ended = has_ended.is_some_and(|step| matches!(step.action, StepAction::Ended { .. }));
    let mut found: Vec<Divergence<'h>> = Vec::new();
    for (thread, then) in &then {
        let now = now.get(thread).map_or(&[][..], Vec::as_slice);
        // A thread that was stopped from outside may have been stopped earlier or later.
        let may_be_short = |steps: &[Step<'_>]| {
            !thread.is_empty() && !matches!(steps.last().map(|s| &s.action), Some(StepAction::Exited { .. }))
        };
        let pair = then.iter().zip(now).find_map(|(then, now)| {
            let differences = same.differences(then, now)?;
            Some(Divergence {
                recorded: Some(then.clone()),
                today: Some(now.clone()),
                differences,
            })
        });
        let rest = || {
            let (recorded, today) = (then.get(now.len()), now.get(then.len()));
            let is_cut = match (recorded, today) {
                (Some(_), _) => may_be_short(now),
                (None, Some(_)) => may_be_short(then) || (thread.is_empty() && !has_ended),
                (None, None) => true,
            };
            (!is_cut).then(|| Divergence {
                recorded: recorded.cloned(),
                today: today.cloned(),
                differences: Vec::new(),
            })
        };
        found.extend(pair.or_else(rest));
    }
    if let (Some(then), Some(now)) = (end(recording.last.as_slice()), end(today)) {
        found.extend(same.differences(&then, &now).map(|differences| Divergence {
            recorded: Some(then),
            today: Some(now),
            differences,
        }));
    }
    found.into_iter().min_by_key(|d| match (&d.recorded, &d.today) {
        (Some(step), _) => (step.event, 0),
        (None, today) => (u64::MAX, today.as_ref().map_or(0, |step| step.event)),
    })
}

/// Equivalence of values in two executions with different ids, tokens, and times.
struct Equivalence<'o> {
    then: (Time, Time),
    now: (Time, Time),
    own: &'o Identity,
    /// The recorded events whose data cannot be compared.
    without_data: &'o HashSet<u64>,
}

impl<'o> Equivalence<'o> {
    fn new(recording: &'o Recording, today: &[Event], own: &'o Identity) -> Self {
        let at = |event: Option<&Event>| event.map_or(Time::default(), |event| event.time);
        Self {
            then: (recording.start, at(recording.end())),
            now: (at(today.first()), at(today.last())),
            own,
            without_data: &recording.without_data,
        }
    }

    /// The parts in which two steps differ; `None` if they are equivalent, empty if they are of different kinds.
    fn differences(&self, then: &Step<'_>, now: &Step<'_>) -> Option<Vec<Difference>> {
        let mut found = Found {
            same: self,
            list: Vec::new(),
        };
        if then.state != now.state {
            return Some(Vec::new());
        }
        let has_data = !self.without_data.contains(&then.event);
        match (&then.action, &now.action) {
            (
                StepAction::Entered { state_type, input },
                StepAction::Entered {
                    state_type: other,
                    input: today,
                },
            ) => {
                if state_type != other {
                    return Some(Vec::new());
                }
                if has_data {
                    found.data("input", input, today);
                }
            }
            (StepAction::Called(then), StepAction::Called(now)) => {
                let (a, b) = (resource(&then.resource), resource(&now.resource));
                found.data("resource", &a, &b);
                if has_data {
                    found.data("arguments", &then.input, &now.input);
                }
                found.optional(
                    "timeout",
                    then.timeout.map(Value::from),
                    now.timeout.map(Value::from),
                );
                found.optional(
                    "heartbeat",
                    then.heartbeat.map(Value::from),
                    now.heartbeat.map(Value::from),
                );
            }
            (
                StepAction::Failed { is_late, data },
                StepAction::Failed {
                    is_late: late,
                    data: today,
                },
            ) => {
                if is_late != late {
                    return Some(Vec::new());
                }
                found.error(data, today);
            }
            (StepAction::Items(a), StepAction::Items(b)) => {
                let number = |n: usize| Value::from(i64::try_from(n).unwrap_or(i64::MAX));
                found.data("items", &number(*a), &number(*b));
            }
            (
                StepAction::Exited { output, assigned },
                StepAction::Exited {
                    output: today,
                    assigned: set,
                },
            ) => {
                if has_data {
                    found.data("output", output, today);
                    found.optional("variables", assigned.clone(), set.clone());
                }
            }
            (
                StepAction::Ended { status, output, data },
                StepAction::Ended {
                    status: ended,
                    output: today,
                    data: error,
                },
            ) => {
                let text = |status: &Status| Value::from(status.as_str());
                found.data("status", &text(status), &text(ended));
                if has_data {
                    found.optional("output", output.cloned(), today.cloned());
                }
                if let (Some(data), Some(error)) = (data, error) {
                    found.error(data, error);
                }
            }
            _ => return Some(Vec::new()),
        }
        (!found.list.is_empty()).then_some(found.list)
    }

    fn is_same(&self, then: &str, now: &str) -> bool {
        let own = self.own;
        let names = [
            &own.arn,
            &own.name,
            &own.machine_arn,
            &own.machine_name,
            &own.role_arn,
        ];
        then == now
            || names.iter().any(|name| ***name == *now)
            || (has_id(now) && (has_id(then) || now.starts_with(TOKEN)))
            || (is_time_within(then, self.then) && is_time_within(now, self.now))
            || without_event_id(then) == without_event_id(now) && then.contains(EVENT_ID)
    }
}

/// Whether a string is a time within an execution, such as the time in the context object when a state was entered.
fn is_time_within(text: &str, (first, last): (Time, Time)) -> bool {
    let is_long_enough = (20..=35).contains(&text.len());
    // Times printed by AWS are rounded, so that a second of tolerance is needed.
    is_long_enough
        && Time::parse(text).is_some_and(|time| time.since(first) >= -1000 && last.since(time) >= -1000)
}

/// The prefix of the simulator's task tokens. AWS's tokens have no known format.
const TOKEN: &str = "asl";

const EVENT_ID: &str = "(entered at the event id #";

/// Whether a string contains a random UUID, as execution names do, or a task token of the simulator.
fn has_id(text: &str) -> bool {
    let is_token = |text: &str| {
        text.strip_prefix(TOKEN)
            .is_some_and(|rest| rest.len() == 64 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
    };
    is_token(text) || text.as_bytes().windows(36).any(is_uuid)
}

fn is_uuid(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(i, b)| match i {
        8 | 13 | 18 | 23 => *b == b'-',
        _ => b.is_ascii_hexdigit(),
    })
}

/// A cause without the event id, which depends on the interleaving of threads.
fn without_event_id(text: &str) -> (&str, &str) {
    let Some((before, rest)) = text.split_once(EVENT_ID) else {
        return (text, "");
    };
    (before, rest.trim_start_matches(|c: char| c.is_ascii_digit()))
}

fn resource(resource: &TaskResource) -> Value {
    Value::from(match resource {
        TaskResource::Lambda { arn } | TaskResource::Activity { arn } => arn.to_string(),
        TaskResource::Service {
            resource_type,
            resource,
        } => format!("{resource_type}:{resource}"),
    })
}

struct Found<'s> {
    same: &'s Equivalence<'s>,
    list: Vec<Difference>,
}

impl Found<'_> {
    fn error(&mut self, then: &ErrorData, now: &ErrorData) {
        let text = |part: &Option<Rc<str>>| part.as_ref().map(|text| Value::String(Rc::clone(text)));
        self.optional("error", text(&then.error), text(&now.error));
        self.optional("cause", text(&then.cause), text(&now.cause));
    }

    fn optional(&mut self, place: &str, then: Option<Value>, now: Option<Value>) {
        match (then, now) {
            (None, None) => {}
            (Some(then), Some(now)) => self.data(place, &then, &now),
            (recorded, today) => self.list.push(Difference {
                place: place.to_owned(),
                recorded,
                today,
            }),
        }
    }

    /// Collects the smallest parts that differ.
    fn data(&mut self, place: &str, then: &Value, now: &Value) {
        match (then, now) {
            (Value::Object(a), Value::Object(b)) => {
                for (key, value) in a.iter() {
                    self.optional(
                        &format!("{place}.{key}"),
                        Some(value.clone()),
                        b.get(key).cloned(),
                    );
                }
                for (key, value) in b.iter().filter(|(key, _)| a.get(key).is_none()) {
                    self.optional(&format!("{place}.{key}"), None, Some(value.clone()));
                }
            }
            (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
                for (i, (then, now)) in a.iter().zip(b.iter()).enumerate() {
                    self.data(&format!("{place}[{i}]"), then, now);
                }
            }
            (Value::String(then_text), Value::String(now_text)) => {
                if !self.same.is_same(then_text, now_text) {
                    self.push(place, then, now);
                }
            }
            _ if then == now => {}
            _ => self.push(place, then, now),
        }
    }

    fn push(&mut self, place: &str, then: &Value, now: &Value) {
        self.list.push(Difference {
            place: place.to_owned(),
            recorded: Some(then.clone()),
            today: Some(now.clone()),
        });
    }
}
