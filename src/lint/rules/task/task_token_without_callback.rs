//! `task-token-without-callback`

use super::token;
use crate::asl::Expression;
use crate::aws::resource::{Pattern, Resource};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A task passes its task token on, but does not wait for it.
    ///
    /// ## What it does
    ///
    /// Reports `$$.Task.Token` and `$states.context.Task.Token` in the arguments of a task that ends as soon as the
    /// service has responded.
    ///
    /// ## Why is this bad?
    ///
    /// By the time the token is returned, the task has already ended, and `SendTaskSuccess` fails with `TaskTimedOut`.
    /// Usually `.waitForTaskToken` was forgotten.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl": "Q", "MessageBody": {"token.$": "$$.Task.Token"}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": {"QueueUrl": "Q", "MessageBody": {"token.$": "$$.Task.Token"}}, "TimeoutSeconds": 600, "End": true}}}
    /// ```
    pub static RULE = {
        name: "task-token-without-callback",
        family: Task,
        severity: Warning,
        check: Check::Task(check),
    }
}

fn check(_cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let (Resource::Optimized { call, .. } | Resource::Sdk { call }) = task.resource else {
        return;
    };
    if call.pattern != Pattern::RequestResponse {
        return;
    }
    let Some(payload) = task
        .state
        .data
        .parameters
        .as_ref()
        .or(task.state.data.arguments.as_ref())
    else {
        return;
    };
    for expression in payload
        .expressions
        .iter()
        .filter(|e: &&Expression<'_>| token::is_named(e))
    {
        findings.add(
            Finding::new(
                expression.node.span,
                format!(
                    "task `{}` passes its token without `.waitForTaskToken`",
                    task.state.name.as_str()
                ),
            )
            .help("append `.waitForTaskToken` to `Resource` or remove the token"),
        );
    }
}
