//! Encodes events.

use super::key;
use crate::history::{ErrorData, Event, EventKind, Scheduled, TaskResource};
use crate::value::{Object, Value};
use std::io::{self, Write};
use std::rc::Rc;

/// Data of the execution that event details contain.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The role's ARN.
    pub role_arn: &'a str,
    /// The region.
    pub region: &'a str,
}

/// Writes `{"events": […]}`, one event per line.
pub fn write(history: &[Event], origin: Origin<'_>, out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"{\n  \"events\": [")?;
    for (i, event) in history.iter().enumerate() {
        out.write_all(if i > 0 { b",\n    " } else { b"\n    " })?;
        out.write_all(to_value(event, origin).to_json().as_bytes())?;
    }
    out.write_all(if history.is_empty() {
        b"]\n}\n"
    } else {
        b"\n  ]\n}\n"
    })
}

/// Encodes an event.
fn to_value(event: &Event, origin: Origin<'_>) -> Value {
    let number = |n: u64| Value::from(i64::try_from(n).unwrap_or(i64::MAX));
    let mut members: Object = [
        (key::TIMESTAMP.into(), Value::from(event.time.to_cli_text())),
        (key::TYPE.into(), Value::from(event.kind.type_name())),
        (key::ID.into(), number(event.id)),
        (key::PREVIOUS.into(), number(event.previous)),
    ]
    .into_iter()
    .collect();
    if let Some(details) = details(&event.kind, origin) {
        members.insert(key::details(&event.kind).into(), Value::object(details.0));
    }
    Value::object(members)
}

/// Details under construction.
#[derive(Default)]
struct Details(Object);

impl Details {
    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.insert(key.into(), value.into());
        self
    }

    fn text(self, key: &str, text: &Rc<str>) -> Self {
        self.with(key, Value::String(Rc::clone(text)))
    }

    fn optional(self, key: &str, value: Option<impl Into<Value>>) -> Self {
        match value {
            Some(value) => self.with(key, value),
            None => self,
        }
    }

    /// A payload as JSON text, with the flag whether it is truncated, which it never is.
    fn data(self, key: &str, value: &Value) -> Self {
        let details = format!("{key}Details");
        self.with(key, value.to_json())
            .with(&details, Value::from([(key::TRUNCATED, false)]))
    }

    fn optional_text(self, key: &str, text: Option<&Rc<str>>) -> Self {
        self.optional(key, text.map(|text| Value::String(Rc::clone(text))))
    }

    fn error(self, data: &ErrorData) -> Self {
        self.optional_text(key::ERROR, data.error.as_ref())
            .optional_text(key::CAUSE, data.cause.as_ref())
    }

    /// Variables, each as JSON text.
    fn assigned(self, variables: Option<&Object>) -> Self {
        let Some(variables) = variables else { return self };
        let texts = variables.iter();
        let texts = texts.map(|(name, value)| (Rc::clone(name), Value::from(value.to_json())));
        self.with(key::ASSIGNED, Value::object(texts.collect())).with(
            &format!("{}Details", key::ASSIGNED),
            Value::from([(key::TRUNCATED, false)]),
        )
    }

    /// The resource of a service integration. Other events of Lambda functions and activities do not contain it.
    fn resource(self, resource: &TaskResource) -> Self {
        match resource {
            TaskResource::Service {
                resource_type,
                resource,
            } => self
                .text(key::RESOURCE_TYPE, resource_type)
                .text(key::RESOURCE, resource),
            TaskResource::Lambda { .. } | TaskResource::Activity { .. } => self,
        }
    }

    fn scheduled(self, scheduled: &Scheduled, origin: Origin<'_>) -> Self {
        let arguments = key::arguments(&scheduled.resource);
        let details = match &*scheduled.resource {
            TaskResource::Service { .. } => self
                .resource(&scheduled.resource)
                .with(key::REGION, origin.region)
                .with(arguments, scheduled.input.to_json()),
            TaskResource::Lambda { arn } | TaskResource::Activity { arn } => {
                self.text(key::RESOURCE, arn).data(arguments, &scheduled.input)
            }
        };
        let role = scheduled.role.clone();
        details
            .optional(key::TIMEOUT, scheduled.timeout)
            .optional(key::HEARTBEAT, scheduled.heartbeat)
            .optional(
                key::CREDENTIALS,
                role.map(|role| Value::from([(key::ROLE, role)])),
            )
    }
}

/// The details of an event; `None` for types that have none.
fn details(kind: &EventKind, origin: Origin<'_>) -> Option<Details> {
    let new = Details::default;
    Some(match kind {
        EventKind::ExecutionStarted { input } => {
            new().data(key::INPUT, input).with(key::ROLE, origin.role_arn)
        }
        EventKind::ExecutionSucceeded { output } => new().data(key::OUTPUT, output),
        EventKind::ExecutionFailed(data)
        | EventKind::ExecutionTimedOut(data)
        | EventKind::ExecutionAborted(data)
        | EventKind::MapRunFailed(data) => new().error(data),
        EventKind::StateEntered { name, input, .. } => new().text(key::NAME, name).data(key::INPUT, input),
        EventKind::StateExited {
            name,
            output,
            assigned,
            ..
        } => new()
            .text(key::NAME, name)
            .data(key::OUTPUT, output)
            .assigned(assigned.as_deref()),
        EventKind::EvaluationFailed(evaluation) => new()
            .error(&evaluation.data)
            .optional_text(key::LOCATION, evaluation.location.as_ref())
            .text(key::STATE, &evaluation.state),
        EventKind::TaskScheduled(scheduled) => new().scheduled(scheduled, origin),
        EventKind::TaskStarted { resource, .. } if matches!(**resource, TaskResource::Lambda { .. }) => {
            return None;
        }
        EventKind::TaskStarted { resource, worker } => new()
            .resource(resource)
            .optional_text(key::WORKER, worker.as_ref()),
        EventKind::TaskSubmitted { resource, output } | EventKind::TaskSucceeded { resource, output } => {
            new().resource(resource).data(key::OUTPUT, output)
        }
        EventKind::TaskFailed { resource, data } | EventKind::TaskTimedOut { resource, data } => {
            new().resource(resource).error(data)
        }
        EventKind::MapStateStarted { length } => new().with(key::LENGTH, number(*length)),
        EventKind::MapIterationStarted { name, index }
        | EventKind::MapIterationSucceeded { name, index }
        | EventKind::MapIterationFailed { name, index }
        | EventKind::MapIterationAborted { name, index } => {
            new().text(key::NAME, name).with(key::INDEX, number(*index))
        }
        EventKind::MapRunStarted { arn } => new().text(key::MAP_RUN, arn),
        EventKind::StateAborted { .. }
        | EventKind::ParallelStateStarted
        | EventKind::ParallelStateSucceeded
        | EventKind::ParallelStateFailed
        | EventKind::MapStateSucceeded
        | EventKind::MapStateFailed
        | EventKind::MapRunSucceeded => return None,
    })
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
