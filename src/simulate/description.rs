//! An execution as AWS describes it.

use super::running::Run;
use crate::history::{Status, Time};
use crate::value::{Number, Object, Value};
use std::rc::Rc;

/// The API call that starts an Express execution and returns its outcome, successful or not.
pub(super) const START_SYNC_EXECUTION: &str = ":aws-sdk:sfn:startSyncExecution";

/// The format of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `DescribeExecution` with input and output as JSON text: `.sync`.
    DescribeExecution,
    /// `DescribeExecution` with input and output as JSON: `.sync:2`.
    ParsedDescribeExecution,
    /// `StartSyncExecution`.
    StartSyncExecution,
    /// A result file of a `ResultWriter`.
    ResultFile,
}

impl Form {
    /// The format that the integration returns.
    pub(super) fn from_resource(arn: &str) -> Self {
        match arn {
            arn if arn.ends_with(START_SYNC_EXECUTION) => Self::StartSyncExecution,
            arn if arn.ends_with(":2") => Self::ParsedDescribeExecution,
            _ => Self::DescribeExecution,
        }
    }

    const fn is_describe_execution(self) -> bool {
        matches!(self, Self::DescribeExecution | Self::ParsedDescribeExecution)
    }
}

impl Run<'_> {
    /// The description of an execution that has ended.
    pub(super) fn describe(&self, form: Form) -> Value {
        let payload = |value: &Value| match form {
            Form::ParsedDescribeExecution => value.clone(),
            _ => Value::from(value.to_json()),
        };
        let text = |text: &Rc<str>| Value::String(Rc::clone(text));
        let date = |time: Time| {
            if form.is_describe_execution() {
                Value::from(Number::from(time.millis()))
            } else {
                Value::from(time.to_string())
            }
        };
        let included = || Value::from([("Included", true)]);
        let (status, stop) = self
            .end
            .as_ref()
            .map_or((Status::Aborted, self.start), |end| (end.status, end.stop));
        let mut members = Object::default();
        let mut put = |key: &str, value: Value| {
            members.insert(key.into(), value);
        };
        if form == Form::StartSyncExecution {
            // The memory is the minimum that AWS bills, since the actual use is unknown.
            let billed = (stop.since(self.start).max(1) + 99) / 100 * 100;
            let details = [
                ("BilledDurationInMilliseconds", billed),
                ("BilledMemoryUsedInMB", 64),
            ];
            put("BillingDetails", details.into());
        }
        if let Some(end) = self.end.as_ref().filter(|end| end.output.is_none()) {
            let parts = [("Cause", &end.error.cause), ("Error", &end.error.error)];
            for (key, part) in parts {
                if let Some(part) = part {
                    put(key, text(part));
                }
            }
        }
        put("ExecutionArn", text(&self.identity.arn));
        put("Input", payload(&self.input));
        put("InputDetails", included());
        put("Name", text(&self.identity.name));
        if let Some(output) = self.end.as_ref().and_then(|end| end.output.as_ref()) {
            put("Output", payload(output));
            put("OutputDetails", included());
        }
        if form.is_describe_execution() {
            put("RedriveCount", Value::from(0));
            if status == Status::Succeeded {
                put("RedriveStatus", "NOT_REDRIVABLE".into());
                put(
                    "RedriveStatusReason",
                    "Execution is SUCCEEDED and cannot be redriven".into(),
                );
            } else {
                put("RedriveStatus", "REDRIVABLE".into());
            }
        }
        put("StartDate", date(self.start));
        put("StateMachineArn", text(&self.identity.machine_arn));
        put("Status", Value::from(status.as_str()));
        put("StopDate", date(stop));
        Value::object(members)
    }
}
