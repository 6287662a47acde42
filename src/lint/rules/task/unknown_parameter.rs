//! `unknown-parameter`

use super::api::{self, Api};
use super::arguments::{self, Arguments};
use crate::aws::sdk::Lookup;
use crate::diagnostic::{Fix, Severity};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;

declare_rule! {
    /// The called action has no such parameter.
    ///
    /// ## What it does
    ///
    /// Compares the names in a Task's `Parameters` or `Arguments` with the parameters of the action.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition. All parameters begin with an uppercase letter, even if those of
    /// the API do not. Since AWS SDK actions gain parameters more often than asl is released, an unknown name that
    /// does not resemble one of their parameters is only a warning.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"TopicARN": "T", "Message": "M"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:getItem", "Parameters": {"TableName": "T", "key.$": "$.key"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sns:publish", "Parameters": {"TopicArn": "T", "Message.$": "$.text"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-parameter",
        family: Task,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::Task(check),
    }
}

fn check(cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let (Some(api), Some(call)) = (api::called_by(&task.resource), task.resource.call()) else {
        return;
    };
    let Arguments::Object(passed) = arguments::from_state(task.state) else {
        return;
    };
    let action = call.action.text;
    for parameter in &passed.parameters {
        let key = &parameter.member.key;
        let name = parameter.name;
        let (message, meant) = match api.find(name) {
            Lookup::Found(_) => continue,
            Lookup::OtherCase(meant) => (
                format!("wrong letter case in parameter `{meant}` of `{action}`"),
                Some(meant),
            ),
            Lookup::Missing { suggestion } => (format!("unknown parameter `{name}` of `{action}`"), suggestion),
        };
        let place = cx.place(key, 0..name.len());
        let finding = Finding::new(place, message);
        findings.add(match meant {
            Some(meant) => finding
                .help(prose::similar_name("parameter", meant))
                .fix(Fix::spelling(place, name, meant))
                .aws_at(AwsMessage::UnknownParameter(name), passed.node.span),
            None => match api {
                Api::Optimized(_) => finding
                    .help("remove it")
                    .aws_at(AwsMessage::UnknownParameter(name), passed.node.span),
                Api::Sdk(_) => finding
                    .severity(Severity::Warning)
                    .help("remove it, unless the service added it recently")
                    .aws_silent(),
            },
        });
    }
}
