//! Encodes events. Each is written directly as text: a history may have a million of them.

use super::key;
use crate::history::{ErrorData, Event, EventKind, Scheduled, TaskResource, Time};
use crate::value::{self, Object, Value};
use std::io::{self, Write};

/// Data of the execution that event details contain.
#[derive(Debug, Clone, Copy)]
pub struct Origin<'a> {
    /// The role's ARN.
    pub role_arn: &'a str,
    /// The region.
    pub region: &'a str,
}

/// Bytes that are written at once.
const BLOCK: usize = 64 * 1024;

/// Writes `{"events": […]}`, one event per line.
pub fn write(history: &[Event], origin: Origin<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut encoder = Encoder::new(origin, true);
    encoder.out.push_str("{\n  \"events\": [");
    for (i, event) in history.iter().enumerate() {
        encoder.out.push_str(if i > 0 { ",\n    " } else { "\n    " });
        encoder.event(event);
        encoder.write_block(out)?;
    }
    encoder.out.push_str(if history.is_empty() {
        "]\n}\n"
    } else {
        "\n  ]\n}\n"
    });
    encoder.finish(out)
}

/// Text under construction.
pub(in crate::history) struct Encoder<'a> {
    origin: Origin<'a>,
    /// Whether details contain payloads.
    has_data: bool,
    /// The text that is not written yet.
    pub(in crate::history) out: String,
    /// The next member is the first of its object.
    is_first: bool,
    /// The time of the last event, as text.
    time: (Time, String),
    /// The last payload, and its JSON text as a JSON string. The output of a state is the input of the next one.
    payload: (Value, String),
    /// The JSON text of the last payload.
    json: String,
}

impl<'a> Encoder<'a> {
    /// Creates an encoder that writes payloads or omits them.
    pub(in crate::history) fn new(origin: Origin<'a>, has_data: bool) -> Self {
        let time = Time::default();
        Self {
            origin,
            has_data,
            out: String::with_capacity(BLOCK + BLOCK / 2),
            is_first: true,
            time: (time, time.to_cli_text()),
            payload: (Value::Null, String::new()),
            json: String::new(),
        }
    }

    /// Writes the text if it has the length of a block.
    pub(in crate::history) fn write_block(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.out.len() >= BLOCK {
            out.write_all(self.out.as_bytes())?;
            self.out.clear();
        }
        Ok(())
    }

    /// Writes the rest of the text.
    pub(in crate::history) fn finish(self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.out.as_bytes())
    }

    fn event(&mut self, event: &Event) {
        if self.time.0 != event.time {
            self.time = (event.time, event.time.to_cli_text());
        }
        let (prefix, rest) = event.kind.type_parts();
        self.out.push('{');
        self.is_first = true;
        self.key(key::TIMESTAMP);
        self.out.push('"');
        self.out.push_str(&self.time.1);
        self.out.push('"');
        self.key(key::TYPE);
        self.out.push('"');
        self.out.push_str(prefix);
        self.out.push_str(rest);
        self.out.push('"');
        self.number(key::ID, event.id);
        self.number(key::PREVIOUS, event.previous);
        self.push_details(&event.kind, |out| key::push_details(&event.kind, out));
        self.out.push('}');
    }

    /// Appends a member with the details of an event, if its type has details. `push_key` appends the name of the member.
    pub(in crate::history) fn push_details(&mut self, kind: &EventKind, push_key: impl FnOnce(&mut String)) {
        let end = self.out.len();
        self.out.push_str(",\"");
        push_key(&mut self.out);
        self.out.push_str("\":{");
        self.is_first = true;
        if self.details(kind) {
            self.out.push('}');
        } else {
            self.out.truncate(end);
        }
    }

    /// Appends the details of an event; `false` for types that have none.
    fn details(&mut self, kind: &EventKind) -> bool {
        match kind {
            EventKind::ExecutionStarted { input } => {
                self.data(key::INPUT, input);
                self.text(key::ROLE, self.origin.role_arn);
            }
            EventKind::ExecutionSucceeded { output } => self.data(key::OUTPUT, output),
            EventKind::ExecutionFailed(data)
            | EventKind::ExecutionTimedOut(data)
            | EventKind::ExecutionAborted(data)
            | EventKind::MapRunFailed(data) => self.error(data),
            EventKind::ExecutionRedriven { count } => self.number(key::REDRIVES, count),
            EventKind::StateEntered { name, input, .. } => {
                self.text(key::NAME, name);
                self.data(key::INPUT, input);
            }
            EventKind::StateExited {
                name,
                output,
                assigned,
                ..
            } => {
                self.text(key::NAME, name);
                self.data(key::OUTPUT, output);
                if let Some(variables) = assigned {
                    self.variables(variables);
                }
            }
            EventKind::EvaluationFailed(evaluation) => {
                self.error(&evaluation.data);
                self.optional_text(key::LOCATION, evaluation.location.as_deref());
                self.text(key::STATE, &evaluation.state);
            }
            EventKind::TaskScheduled(scheduled) => self.scheduled(scheduled),
            EventKind::TaskStarted { resource, .. } if matches!(**resource, TaskResource::Lambda { .. }) => {
                return false;
            }
            EventKind::TaskStarted { resource, worker } => {
                self.resource(resource);
                self.optional_text(key::WORKER, worker.as_deref());
            }
            EventKind::TaskSubmitted { resource, output } | EventKind::TaskSucceeded { resource, output } => {
                self.resource(resource);
                self.data(key::OUTPUT, output);
            }
            EventKind::TaskFailed { resource, data } | EventKind::TaskTimedOut { resource, data } => {
                self.resource(resource);
                self.error(data);
            }
            EventKind::MapStateStarted { length } => self.number(key::LENGTH, length),
            EventKind::MapIterationStarted { name, index }
            | EventKind::MapIterationSucceeded { name, index }
            | EventKind::MapIterationFailed { name, index }
            | EventKind::MapIterationAborted { name, index } => {
                self.text(key::NAME, name);
                self.number(key::INDEX, index);
            }
            EventKind::MapRunStarted { arn } => self.text(key::MAP_RUN, arn),
            EventKind::MapRunRedriven { arn, count } => {
                self.text(key::MAP_RUN, arn);
                self.number(key::REDRIVES, count);
            }
            EventKind::StateAborted { .. }
            | EventKind::ParallelStateStarted
            | EventKind::ParallelStateSucceeded
            | EventKind::ParallelStateFailed
            | EventKind::MapStateSucceeded
            | EventKind::MapStateFailed
            | EventKind::MapRunSucceeded => return false,
        }
        true
    }

    fn key(&mut self, key: &str) {
        if !self.is_first {
            self.out.push(',');
        }
        self.is_first = false;
        self.out.push('"');
        self.out.push_str(key);
        self.out.push_str("\":");
    }

    fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        value::push_string(text, &mut self.out);
    }

    fn optional_text(&mut self, key: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(key, text);
        }
    }

    fn number(&mut self, key: &str, number: impl std::fmt::Display) {
        self.key(key);
        push_fmt!(self.out, "{number}");
    }

    fn error(&mut self, data: &ErrorData) {
        self.optional_text(key::ERROR, data.error.as_deref());
        self.optional_text(key::CAUSE, data.cause.as_deref());
    }

    /// A payload as JSON text, with the flag whether it is truncated, which it never is.
    fn data(&mut self, key: &str, value: &Value) {
        if !self.has_data {
            return;
        }
        self.key(key);
        self.payload(value);
        self.is_not_truncated(key);
    }

    fn payload(&mut self, value: &Value) {
        if !self.payload.0.is_same(value) {
            self.json.clear();
            value.write_json(&mut self.json);
            self.payload.0 = value.clone();
            self.payload.1.clear();
            value::push_string(&self.json, &mut self.payload.1);
        }
        self.out.push_str(&self.payload.1);
    }

    fn is_not_truncated(&mut self, key: &str) {
        for part in [",\"", key, "Details\":{\"", key::TRUNCATED, "\":false}"] {
            self.out.push_str(part);
        }
    }

    /// Variables, each as JSON text.
    fn variables(&mut self, variables: &Object) {
        if !self.has_data {
            return;
        }
        self.key(key::ASSIGNED);
        self.out.push('{');
        self.is_first = true;
        for (name, value) in variables {
            if !self.is_first {
                self.out.push(',');
            }
            self.is_first = false;
            value::push_string(name, &mut self.out);
            self.out.push(':');
            self.payload(value);
        }
        self.out.push('}');
        self.is_first = false;
        self.is_not_truncated(key::ASSIGNED);
    }

    /// The resource of a service integration. Other events of Lambda functions and activities do not contain it.
    fn resource(&mut self, resource: &TaskResource) {
        if let TaskResource::Service {
            resource_type,
            resource,
        } = resource
        {
            self.text(key::RESOURCE_TYPE, resource_type);
            self.text(key::RESOURCE, resource);
        }
    }

    fn scheduled(&mut self, scheduled: &Scheduled) {
        let arguments = key::arguments(&scheduled.resource);
        match &*scheduled.resource {
            TaskResource::Service { .. } => {
                self.resource(&scheduled.resource);
                self.text(key::REGION, self.origin.region);
                if self.has_data {
                    self.key(arguments);
                    self.payload(&scheduled.input);
                }
            }
            TaskResource::Lambda { arn } | TaskResource::Activity { arn } => {
                self.text(key::RESOURCE, arn);
                self.data(arguments, &scheduled.input);
            }
        }
        if let Some(seconds) = scheduled.timeout {
            self.number(key::TIMEOUT, seconds);
        }
        if let Some(seconds) = scheduled.heartbeat {
            self.number(key::HEARTBEAT, seconds);
        }
        if let Some(role) = &scheduled.role {
            self.key(key::CREDENTIALS);
            push_fmt!(self.out, "{{\"{}\":{role}}}", key::ROLE);
        }
    }
}
