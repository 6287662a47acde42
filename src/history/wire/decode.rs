//! Decodes events.

use super::key;
use crate::history::{
    ErrorData, Evaluation, Event, EventKind, ParseError, Recorded, Scheduled, TaskResource, Time,
};
use crate::spec::StateType;
use crate::value::{self, Map, Value};
use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;
use std::str::FromStr;

/// Parses a history.
#[cfg(test)]
pub(in crate::history) fn read(text: &str) -> Result<Recorded, ParseError> {
    decode(&Value::parse(text).map_err(|error| invalid_json(&error))?)
}

/// Whether a value contains events of a history.
pub(in crate::history) fn is_history(value: &Value) -> bool {
    let mut listed = listed(value).unwrap_or_default().iter();
    listed.next().and_then(Entry::read).is_some()
}

/// Decodes a history: an object with `events`, or an array of events, in any order.
///
/// # Errors
///
/// The `events` array is missing, or an event lacks `id`, `type`, or `timestamp`.
pub(in crate::history) fn decode(value: &Value) -> Result<Recorded, ParseError> {
    let Some(listed) = listed(value) else {
        return Err(ParseError {
            message: "missing `events` array".to_owned(),
            offset: None,
        });
    };
    let mut entries = listed
        .iter()
        .enumerate()
        .map(|(i, event)| Entry::read(event).ok_or_else(|| no_event(i)))
        .collect::<Result<Vec<_>, _>>()?;
    entries.sort_by_key(|entry| entry.id);
    Ok(decode_entries(&entries))
}

fn listed(value: &Value) -> Option<&[Value]> {
    value.get("events").unwrap_or(value).as_array()
}

/// Decodes events in the order of their ids.
pub(in crate::history) fn decode_entries(entries: &[Entry<'_>]) -> Recorded {
    let mut reader = Reader::default();
    let mut recorded = Recorded {
        events: Vec::with_capacity(entries.len()),
        ..Recorded::default()
    };
    for entry in entries {
        match reader.kind(entry) {
            Some(kind) => recorded.events.push(Event {
                id: entry.id,
                previous: entry.previous,
                time: entry.time,
                kind,
            }),
            None if recorded.unknown.iter().any(|known| known == entry.name) => {}
            None => recorded.unknown.push(entry.name.to_owned()),
        }
        if entry.lacks_data.get() {
            recorded.gaps.data.insert(entry.id);
        }
    }
    recorded
}

/// The error of a string that is not JSON.
pub(in crate::history) fn invalid_json(error: &value::ParseError) -> ParseError {
    ParseError {
        message: format!("invalid JSON: {error}"),
        offset: Some(error.offset),
    }
}

fn no_event(index: usize) -> ParseError {
    ParseError {
        message: format!(
            "`/events/{index}` is not an event: expected `id`, `type`, and `timestamp`, as printed by `get-execution-history`"
        ),
        offset: None,
    }
}

/// The members that all events have.
pub(in crate::history) struct Entry<'a> {
    /// Its id.
    pub(in crate::history) id: u64,
    previous: u64,
    time: Time,
    /// AWS's name of its type.
    name: &'a str,
    /// The value of `…EventDetails`.
    details: Option<&'a Value>,
    /// Whether data that its type has was found to be missing or truncated.
    lacks_data: Cell<bool>,
}

impl<'a> Entry<'a> {
    /// An event of this type with the value of its details.
    pub(in crate::history) const fn new(
        id: u64,
        previous: u64,
        time: Time,
        name: &'a str,
        details: Option<&'a Value>,
    ) -> Self {
        Self {
            id,
            previous,
            time,
            name,
            details,
            lacks_data: Cell::new(false),
        }
    }

    fn read(event: &'a Value) -> Option<Self> {
        let id = number(event.get(key::ID)?)?;
        let previous = event.get(key::PREVIOUS).and_then(number).unwrap_or(0);
        let time = time(event.get(key::TIMESTAMP)?)?;
        let name = event.get(key::TYPE)?.as_str()?;
        let mut members = event.as_object()?.iter();
        let details = members.find(|(name, _)| name.ends_with(key::DETAILS));
        Some(Self::new(
            id,
            previous,
            time,
            name,
            details.map(|(_, details)| details),
        ))
    }

    fn detail(&self, key: &str) -> Option<&'a Value> {
        self.details?.get(key)
    }

    fn text(&self, key: &str) -> Option<Rc<str>> {
        self.detail(key)?.as_str().map(Into::into)
    }

    fn seconds(&self, key: &str) -> Option<i64> {
        number(self.detail(key)?)
    }

    fn index(&self, key: &str) -> usize {
        self.detail(key).and_then(number).unwrap_or(0)
    }

    /// Payload, which is JSON text: truncated text remains a string, and omitted data is null.
    fn data(&self, key: &str) -> Value {
        match self.detail(key) {
            Some(Value::String(text)) => {
                if self.is_truncated(key) {
                    self.lacks_data.set(true);
                }
                Value::parse(text).unwrap_or_else(|_| Value::String(Rc::clone(text)))
            }
            Some(value) => value.clone(),
            None => {
                self.lacks_data.set(true);
                Value::Null
            }
        }
    }

    fn is_truncated(&self, key: &str) -> bool {
        let members = self.details.and_then(Value::as_object);
        let mut members = members.into_iter().flat_map(Map::iter);
        let details = members.find(|(name, _)| name.strip_suffix("Details") == Some(key));
        let flag = details.and_then(|(_, details)| details.get(key::TRUNCATED));
        flag.and_then(Value::as_bool).unwrap_or(false)
    }

    fn error(&self) -> Rc<ErrorData> {
        Rc::new(ErrorData {
            error: self.text(key::ERROR),
            cause: self.text(key::CAUSE),
        })
    }
}

/// A number, also one that is a string, as in logs.
pub(in crate::history) fn number<N: FromStr>(value: &Value) -> Option<N> {
    match value.as_str() {
        Some(text) => text.parse().ok(),
        None => value.as_number()?.to_string().parse().ok(),
    }
}

/// A time: RFC 3339 text, or seconds since the Unix epoch, as printed by version 1 of the AWS CLI.
fn time(value: &Value) -> Option<Time> {
    if let Some(text) = value.as_str() {
        return Time::parse(text);
    }
    let millis = (value.as_number()?.as_f64() * 1_000.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "far within the range")]
    (millis.abs() <= LAST_MILLIS).then(|| Time::from_millis(millis as i64))
}

/// The end of the year 9999 in milliseconds since the Unix epoch, the latest time that RFC 3339 can express.
const LAST_MILLIS: f64 = 253_402_300_799_999.0;

#[derive(Default)]
struct Reader {
    /// The resource of each task event, by the event's id. Most events do not repeat it.
    resources: HashMap<u64, Rc<TaskResource>>,
}

impl Reader {
    fn kind(&mut self, entry: &Entry<'_>) -> Option<EventKind> {
        decode_execution(entry)
            .or_else(|| decode_state(entry))
            .or_else(|| decode_map(entry))
            .or_else(|| self.decode_task(entry))
    }

    fn decode_task(&mut self, entry: &Entry<'_>) -> Option<EventKind> {
        let family = ["LambdaFunction", "Activity", "Task"]
            .into_iter()
            .find(|family| entry.name.starts_with(family))?;
        let resource = self.resource(entry, family);
        self.resources.insert(entry.id, Rc::clone(&resource));
        Some(match &entry.name[family.len()..] {
            "Scheduled" => EventKind::TaskScheduled(Rc::new(Scheduled {
                input: entry.data(key::arguments(&resource)),
                resource,
                timeout: entry.seconds(key::TIMEOUT),
                heartbeat: entry.seconds(key::HEARTBEAT),
                role: entry
                    .detail(key::CREDENTIALS)
                    .and_then(|v| v.get(key::ROLE))
                    .cloned(),
            })),
            "Started" => EventKind::TaskStarted {
                resource,
                worker: entry.text(key::WORKER),
            },
            "Submitted" => EventKind::TaskSubmitted {
                resource,
                output: entry.data(key::OUTPUT),
            },
            "Succeeded" => EventKind::TaskSucceeded {
                resource,
                output: entry.data(key::OUTPUT),
            },
            "Failed" | "ScheduleFailed" | "StartFailed" | "SubmitFailed" => EventKind::TaskFailed {
                resource,
                data: entry.error(),
            },
            "TimedOut" => EventKind::TaskTimedOut {
                resource,
                data: entry.error(),
            },
            _ => return None,
        })
    }

    fn resource(&self, entry: &Entry<'_>, family: &str) -> Rc<TaskResource> {
        if let Some(known) = self.resources.get(&entry.previous) {
            return Rc::clone(known);
        }
        let resource = entry.text(key::RESOURCE).unwrap_or_default();
        Rc::new(match family {
            "LambdaFunction" => TaskResource::Lambda { arn: resource },
            "Activity" => TaskResource::Activity { arn: resource },
            _ => TaskResource::Service {
                resource_type: entry.text(key::RESOURCE_TYPE).unwrap_or_default(),
                resource,
            },
        })
    }
}

fn decode_execution(entry: &Entry<'_>) -> Option<EventKind> {
    Some(match entry.name {
        "ExecutionStarted" => EventKind::ExecutionStarted {
            input: entry.data(key::INPUT),
        },
        "ExecutionSucceeded" => EventKind::ExecutionSucceeded {
            output: entry.data(key::OUTPUT),
        },
        "ExecutionFailed" => EventKind::ExecutionFailed(entry.error()),
        "ExecutionTimedOut" => EventKind::ExecutionTimedOut(entry.error()),
        "ExecutionAborted" => EventKind::ExecutionAborted(entry.error()),
        "ExecutionRedriven" => EventKind::ExecutionRedriven {
            count: entry.index(key::REDRIVES) as u64,
        },
        _ => return None,
    })
}

fn decode_state(entry: &Entry<'_>) -> Option<EventKind> {
    if entry.name == "EvaluationFailed" {
        return Some(EventKind::EvaluationFailed(Rc::new(Evaluation {
            state: entry.text(key::STATE).unwrap_or_default(),
            data: Rc::unwrap_or_clone(entry.error()),
            location: entry.text(key::LOCATION),
        })));
    }
    let state_type = StateType::ALL.into_iter().find(|state_type| {
        entry
            .name
            .strip_prefix(state_type.as_str())
            .is_some_and(|rest| rest.starts_with("State"))
    })?;
    let name = entry.text(key::NAME).unwrap_or_default();
    Some(match &entry.name[state_type.as_str().len()..] {
        "StateEntered" => EventKind::StateEntered {
            state_type,
            name,
            input: entry.data(key::INPUT),
        },
        "StateExited" => {
            let variables = entry.detail(key::ASSIGNED).and_then(Value::as_object);
            let value = |text: &Value| {
                let parsed = text.as_str().map(Value::parse);
                parsed.and_then(Result::ok).unwrap_or_else(|| text.clone())
            };
            EventKind::StateExited {
                state_type,
                name,
                output: entry.data(key::OUTPUT),
                assigned: variables.map(|variables| {
                    let named = variables
                        .iter()
                        .map(|(name, text)| (Rc::clone(name), value(text)));
                    Rc::new(named.collect())
                }),
            }
        }
        "StateAborted" => EventKind::StateAborted { state_type },
        _ => return None,
    })
}

fn decode_map(entry: &Entry<'_>) -> Option<EventKind> {
    let (name, index) = (entry.text(key::NAME).unwrap_or_default(), entry.index(key::INDEX));
    Some(match entry.name {
        "ParallelStateStarted" => EventKind::ParallelStateStarted,
        "ParallelStateSucceeded" => EventKind::ParallelStateSucceeded,
        "ParallelStateFailed" => EventKind::ParallelStateFailed,
        "MapStateStarted" => EventKind::MapStateStarted {
            length: entry.index(key::LENGTH),
        },
        "MapStateSucceeded" => EventKind::MapStateSucceeded,
        "MapStateFailed" => EventKind::MapStateFailed,
        "MapIterationStarted" => EventKind::MapIterationStarted { name, index },
        "MapIterationSucceeded" => EventKind::MapIterationSucceeded { name, index },
        "MapIterationFailed" => EventKind::MapIterationFailed { name, index },
        "MapIterationAborted" => EventKind::MapIterationAborted { name, index },
        "MapRunStarted" => EventKind::MapRunStarted {
            arn: entry.text(key::MAP_RUN).unwrap_or_default(),
        },
        "MapRunRedriven" => EventKind::MapRunRedriven {
            arn: entry.text(key::MAP_RUN).unwrap_or_default(),
            count: entry.index(key::REDRIVES) as u64,
        },
        "MapRunSucceeded" => EventKind::MapRunSucceeded,
        "MapRunFailed" => EventKind::MapRunFailed(entry.error()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDED: &str = r#"{"events": [
        {"timestamp": 1520000000.5, "type": "ExecutionFailed", "id": 6, "previousEventId": 5,
         "executionFailedEventDetails": {"error": "E", "cause": "c"}},
        {"timestamp": "2018-03-02T14:13:20+00:00", "type": "ExecutionStarted", "id": 1, "previousEventId": 0,
         "executionStartedEventDetails": {"input": "{\"a\": 1.0}", "roleArn": "r"}},
        {"timestamp": 1520000000, "type": "TaskStateEntered", "id": 2, "previousEventId": 0,
         "stateEnteredEventDetails": {"name": "A", "input": "{\"a\":"}},
        {"timestamp": 1520000000, "type": "LambdaFunctionScheduled", "id": 3, "previousEventId": 2,
         "lambdaFunctionScheduledEventDetails": {"resource": "arn:f", "input": "{}", "timeoutInSeconds": 9}},
        {"timestamp": 1520000000, "type": "LambdaFunctionStarted", "id": 4, "previousEventId": 3},
        {"timestamp": 1520000000, "type": "LambdaFunctionFailed", "id": 5, "previousEventId": 4,
         "lambdaFunctionFailedEventDetails": {"error": "E"}},
        {"timestamp": 1520000000, "type": "MapRunPaused", "id": 7, "previousEventId": 6}
    ]}"#;

    #[test]
    fn events_are_sorted_and_inherit_their_resource() {
        let recorded = read(RECORDED).unwrap();
        let types: Vec<_> = recorded.events.iter().map(|e| e.kind.type_name()).collect();
        assert_eq!(
            types,
            [
                "ExecutionStarted",
                "TaskStateEntered",
                "LambdaFunctionScheduled",
                "LambdaFunctionStarted",
                "LambdaFunctionFailed",
                "ExecutionFailed"
            ]
        );
        assert_eq!(recorded.unknown, ["MapRunPaused"]);
        let EventKind::TaskFailed { resource, data } = &recorded.events[4].kind else {
            panic!("not a failure")
        };
        assert_eq!(**resource, TaskResource::Lambda { arn: "arn:f".into() });
        assert_eq!(data.error.as_deref(), Some("E"));
        let last = recorded.events.last().unwrap().time;
        assert_eq!(last.since(recorded.events[0].time), 500);
        let EventKind::StateEntered { input, .. } = &recorded.events[1].kind else {
            panic!("not a state")
        };
        assert_eq!(input.as_str(), Some("{\"a\":"));
    }

    #[test]
    fn invalid_histories_are_rejected() {
        let fault = |text: &str| read(text).unwrap_err();
        assert!(fault("{").offset.is_some());
        assert!(
            fault(r#"[{"id": 1, "type": "ExecutionAborted", "timestamp": 1e300}]"#)
                .message
                .starts_with("`/events/0` is not an event")
        );
        assert_eq!(fault("{}").message, "missing `events` array");
        assert!(
            fault(r#"[{"id": 1}]"#)
                .message
                .starts_with("`/events/0` is not an event")
        );
    }
}
