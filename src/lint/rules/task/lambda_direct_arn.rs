//! `lambda-direct-arn`

use crate::aws::resource::Resource;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A Task names a Lambda function by its own ARN, the older way.
    ///
    /// ## What it does
    ///
    /// Reports a function's ARN as `Resource`.
    ///
    /// ## Why is this bad?
    ///
    /// AWS recommends `arn:aws:states:::lambda:invoke`: only there can the function be named when the state runs, be called
    /// asynchronously or wait for a task token, and its answer holds status and version too.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:f", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f", "Payload.$": "$"}, "OutputPath": "$.Payload", "End": true}}}
    /// ```
    pub static RULE = {
        name: "lambda-direct-arn",
        family: Task,
        severity: Info,
        check: Check::Task(check),
    }
}

fn check(_cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Some(node) = task.task.resource else { return };
    if matches!(task.resource, Resource::LambdaFunction { .. }) {
        findings.add(
            Finding::new(node.span, "The function is called by its own ARN, the older way").help(
                "call `arn:aws:states:::lambda:invoke` with `FunctionName` and `Payload`; the function's answer is then the \
                 result's `Payload`",
            ),
        );
    }
}
