//! Events as `aws stepfunctions get-execution-history` prints them.
//!
//! Source: API reference, `GetExecutionHistory`. Data travels as JSON text inside JSON.

use crate::history::{ErrorData, Event, EventKind, Scheduled, TaskResource};
use crate::value::{Object, Value};
use std::io::{self, Write};
use std::rc::Rc;

/// Where an execution ran.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The role's ARN.
    pub role_arn: &'a str,
    /// The region.
    pub region: &'a str,
}

/// Writes `{"events": […]}`, an event a line.
pub fn events(history: &[Event], origin: Origin<'_>, out: &mut dyn Write) -> io::Result<()> {
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

/// An event as AWS has it.
fn to_value(event: &Event, origin: Origin<'_>) -> Value {
    let number = |n: u64| Value::from(i64::try_from(n).unwrap_or(i64::MAX));
    let mut members: Object = [
        ("timestamp".into(), Value::from(event.time.to_cli_text())),
        ("type".into(), Value::from(event.kind.type_name())),
        ("id".into(), number(event.id)),
        ("previousEventId".into(), number(event.previous)),
    ]
    .into_iter()
    .collect();
    if let Some((key, details)) = details(&event.kind, origin) {
        members.insert(key.into(), Value::object(details.0));
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

    /// Data as JSON text, and whether AWS has cut it (never).
    fn data(self, key: &str, value: &Value) -> Self {
        let details = format!("{key}Details");
        self.with(key, value.to_json())
            .with(&details, Value::from([("truncated", false)]))
    }

    fn error(self, data: &ErrorData) -> Self {
        let text = |part: &Option<Rc<str>>| part.as_ref().map(|text| Value::String(Rc::clone(text)));
        self.optional("error", text(&data.error))
            .optional("cause", text(&data.cause))
    }

    fn resource(self, resource: &TaskResource) -> Self {
        match resource {
            TaskResource::Service {
                resource_type,
                resource,
            } => self
                .text("resourceType", resource_type)
                .text("resource", resource),
            TaskResource::Lambda { .. } | TaskResource::Activity { .. } => self,
        }
    }
}

/// The details of an event, and the member of the event they stand under.
fn details(kind: &EventKind, origin: Origin<'_>) -> Option<(&'static str, Details)> {
    of_execution(kind, origin)
        .or_else(|| of_state(kind))
        .or_else(|| of_task(kind, origin))
        .or_else(|| of_map(kind))
}

fn of_execution(kind: &EventKind, origin: Origin<'_>) -> Option<(&'static str, Details)> {
    let new = Details::default;
    Some(match kind {
        EventKind::ExecutionStarted { input } => (
            "executionStartedEventDetails",
            new().data("input", input).with("roleArn", origin.role_arn),
        ),
        EventKind::ExecutionSucceeded { output } => {
            ("executionSucceededEventDetails", new().data("output", output))
        }
        EventKind::ExecutionFailed(data) => ("executionFailedEventDetails", new().error(data)),
        EventKind::ExecutionTimedOut(data) => ("executionTimedOutEventDetails", new().error(data)),
        EventKind::ExecutionAborted(data) => ("executionAbortedEventDetails", new().error(data)),
        _ => return None,
    })
}

fn of_state(kind: &EventKind) -> Option<(&'static str, Details)> {
    let new = Details::default;
    Some(match kind {
        EventKind::StateEntered { name, input, .. } => (
            "stateEnteredEventDetails",
            new().text("name", name).data("input", input),
        ),
        EventKind::StateExited {
            name,
            output,
            assigned,
            ..
        } => {
            let mut details = new().text("name", name).data("output", output);
            if let Some(assigned) = assigned {
                let texts = assigned.iter();
                let texts = texts.map(|(name, value)| (Rc::clone(name), Value::from(value.to_json())));
                details = details
                    .with("assignedVariables", Value::object(texts.collect()))
                    .with("assignedVariablesDetails", Value::from([("truncated", false)]));
            }
            ("stateExitedEventDetails", details)
        }
        EventKind::EvaluationFailed(evaluation) => {
            let location = evaluation
                .location
                .as_ref()
                .map(|text| Value::String(Rc::clone(text)));
            let details = new()
                .error(&evaluation.data)
                .optional("location", location)
                .text("state", &evaluation.state);
            ("evaluationFailedEventDetails", details)
        }
        _ => return None,
    })
}

fn of_task(kind: &EventKind, origin: Origin<'_>) -> Option<(&'static str, Details)> {
    let new = Details::default;
    let (keys, resource, details) = match kind {
        EventKind::TaskScheduled(scheduled) => {
            let keys = [
                "taskScheduledEventDetails",
                "lambdaFunctionScheduledEventDetails",
                "activityScheduledEventDetails",
            ];
            (keys, &scheduled.resource, self::scheduled(scheduled, origin))
        }
        EventKind::TaskStarted { resource, worker } => {
            if matches!(**resource, TaskResource::Lambda { .. }) {
                return None;
            }
            let worker = worker.as_ref().map(|name| Value::String(Rc::clone(name)));
            let keys = ["taskStartedEventDetails", "", "activityStartedEventDetails"];
            (
                keys,
                resource,
                new().resource(resource).optional("workerName", worker),
            )
        }
        EventKind::TaskSubmitted { resource, output } => {
            let keys = ["taskSubmittedEventDetails"; 3];
            (keys, resource, new().resource(resource).data("output", output))
        }
        EventKind::TaskSucceeded { resource, output } => {
            let keys = [
                "taskSucceededEventDetails",
                "lambdaFunctionSucceededEventDetails",
                "activitySucceededEventDetails",
            ];
            (keys, resource, new().resource(resource).data("output", output))
        }
        EventKind::TaskFailed { resource, data } => {
            let keys = [
                "taskFailedEventDetails",
                "lambdaFunctionFailedEventDetails",
                "activityFailedEventDetails",
            ];
            (keys, resource, new().resource(resource).error(data))
        }
        EventKind::TaskTimedOut { resource, data } => {
            let keys = [
                "taskTimedOutEventDetails",
                "lambdaFunctionTimedOutEventDetails",
                "activityTimedOutEventDetails",
            ];
            (keys, resource, new().resource(resource).error(data))
        }
        _ => return None,
    };
    let key = match **resource {
        TaskResource::Service { .. } => keys[0],
        TaskResource::Lambda { .. } => keys[1],
        TaskResource::Activity { .. } => keys[2],
    };
    Some((key, details))
}

fn scheduled(scheduled: &Scheduled, origin: Origin<'_>) -> Details {
    let details = match &*scheduled.resource {
        TaskResource::Service { .. } => Details::default()
            .resource(&scheduled.resource)
            .with("region", origin.region)
            .with("parameters", scheduled.input.to_json()),
        TaskResource::Lambda { arn } | TaskResource::Activity { arn } => Details::default()
            .text("resource", arn)
            .data("input", &scheduled.input),
    };
    let role = scheduled.role.clone();
    details
        .optional("timeoutInSeconds", scheduled.timeout)
        .optional("heartbeatInSeconds", scheduled.heartbeat)
        .optional(
            "taskCredentials",
            role.map(|role| Value::from([("roleArn", role)])),
        )
}

fn of_map(kind: &EventKind) -> Option<(&'static str, Details)> {
    let iteration =
        |name: &Rc<str>, at: usize| Details::default().text("name", name).with("index", index(at));
    Some(match kind {
        EventKind::MapStateStarted { length } => (
            "mapStateStartedEventDetails",
            Details::default().with("length", index(*length)),
        ),
        EventKind::MapIterationStarted { name, index } => {
            ("mapIterationStartedEventDetails", iteration(name, *index))
        }
        EventKind::MapIterationSucceeded { name, index } => {
            ("mapIterationSucceededEventDetails", iteration(name, *index))
        }
        EventKind::MapIterationFailed { name, index } => {
            ("mapIterationFailedEventDetails", iteration(name, *index))
        }
        EventKind::MapIterationAborted { name, index } => {
            ("mapIterationAbortedEventDetails", iteration(name, *index))
        }
        EventKind::MapRunStarted { arn } => (
            "mapRunStartedEventDetails",
            Details::default().text("mapRunArn", arn),
        ),
        EventKind::MapRunFailed(data) => ("mapRunFailedEventDetails", Details::default().error(data)),
        _ => return None,
    })
}

fn index(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
