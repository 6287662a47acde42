//! `missing-task-token`

use super::arguments;
use super::token;
use crate::aws::resource::Pattern;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A task waits for its task token, but does not pass it on.
    ///
    /// ## What it does
    ///
    /// Reports `.waitForTaskToken` tasks whose arguments do not contain the token: `$$.Task.Token` in JSONPath,
    /// `$states.context.Task.Token` in JSONata.
    ///
    /// ## Why is this bad?
    ///
    /// Nothing can return the token, so the task waits until its timeout, which is one year unless `TimeoutSeconds` is
    /// set.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": {"QueueUrl": "Q", "MessageBody.$": "$"}, "TimeoutSeconds": 600, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Parameters": {"QueueUrl": "Q", "MessageBody": {"token.$": "$$.Task.Token"}}, "TimeoutSeconds": 600, "End": true}}}
    /// ```
    pub static RULE = {
        name: "missing-task-token",
        family: Task,
        severity: Warning,
        check: Check::Task(check),
    }
}

fn check(_cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Some(call) = task.resource.call() else { return };
    if call.pattern != Pattern::WaitForTaskToken || token::may_be_passed(task.state) {
        return;
    }
    let finding = Finding::new(
        arguments::place(task.state),
        format!(
            "`.waitForTaskToken` task `{}` never passes its token",
            task.state.name.as_str()
        ),
    )
    .help(format!(
        "pass `{}` to the service that completes the task",
        token::expression(task.state.language)
    ));
    findings.add(arguments::depends_on_arguments(finding, task.state));
}
