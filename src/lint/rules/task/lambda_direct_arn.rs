//! `lambda-direct-arn`

use crate::aws::resource::Resource;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A Task calls a Lambda function by the function's own ARN.
    ///
    /// ## What it does
    ///
    /// Reports the ARN of a function as `Resource`.
    ///
    /// ## Why is this bad?
    ///
    /// AWS recommends `arn:aws:states:::lambda:invoke`. Only with it can the function be chosen at run time, be invoked
    /// asynchronously, or wait for a task token, and the result also contains status and version.
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
            Finding::new(node.span, "the function is called by its own ARN").help(
                "call `arn:aws:states:::lambda:invoke` with `FunctionName` and `Payload`; the function's answer is then the \
                 result's `Payload`",
            ),
        );
    }
}
