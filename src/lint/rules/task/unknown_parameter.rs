//! `unknown-parameter`

use super::api;
use super::arguments::{self, Arguments};
use crate::aws::sdk::Lookup;
use crate::diagnostic::Severity;
use crate::lint::aws::{self, AwsCode};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;

declare_rule! {
    /// The called action has no such parameter.
    ///
    /// ## What it does
    ///
    /// Compares the names in a Task's `Parameters` or `Arguments` with those of the action it calls. A name in other capitals
    /// and one that is close to a parameter are errors, any other unknown name a warning.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition. All parameters begin with a capital letter, whatever the service's own API says. As
    /// actions gain parameters more often than asl appears, an unknown one that is like no other is only a warning.
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
        aws: AwsCode::Refused("SCHEMA_VALIDATION_FAILED"),
        check: Check::Task(check),
    }
}

fn check(cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let (Some(api), Some(call), Arguments::Object(passed)) = (
        api::of(&task.resource),
        task.resource.call(),
        arguments::of(task.state),
    ) else {
        return;
    };
    let action = call.action.text;
    for parameter in &passed.parameters {
        let key = &parameter.member.key;
        let name = parameter.name;
        let (message, meant) = match api.find(name) {
            Lookup::Found(_) => continue,
            Lookup::OtherCase(meant) => (
                format!("`{action}` has a parameter `{meant}`, in other capitals"),
                Some(meant),
            ),
            Lookup::Missing { suggestion } => (format!("`{action}` has no parameter `{name}`"), suggestion),
        };
        let place = cx.place(key, 0..name.len());
        let finding = Finding::new(place, message);
        findings.add(match meant {
            Some(meant) => finding
                .help(prose::similar_name("parameter", meant))
                .fix(format!("write `{meant}`"), place, meant)
                .aws_at(aws::unknown_parameter(name), passed.node.span),
            None => finding
                .severity(Severity::Warning)
                .help("remove it, unless the service knows it since lately")
                .aws_silent(),
        });
    }
}
