//! `integration-arn-with-account`

use crate::aws::arn;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// The ARN of a service integration contains a region or an account.
    ///
    /// ## What it does
    ///
    /// Reports a `Resource` that is an integration's ARN with a region or an account in it.
    ///
    /// ## Why is this bad?
    ///
    /// AWS accepts the ARN, but ignores both parts: the call is always made in the state machine's own region and
    /// account. The ARN suggests otherwise, and has to be edited for every other region and account.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:eu-west-1:123456789012:sqs:sendMessage", "Parameters": {"QueueUrl.$": "$.queue", "MessageBody.$": "$"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl.$": "$.queue", "MessageBody.$": "$"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "integration-arn-with-account",
        family: Task,
        severity: Info,
        check: Check::Task(check),
    }
}

fn check(cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    if task.resource.call().is_none() {
        return;
    }
    let text = task.task.resource.and_then(|node| node.as_text());
    let Some((text, arn)) = text.and_then(|text| Some((text, arn::parse(text)?))) else {
        return;
    };
    if arn.region.text.is_empty() && arn.account.text.is_empty() {
        return;
    }
    let place = arn.region.start..arn.account.range().end;
    findings.add(
        Finding::new(
            cx.place(text, place),
            "the ARN of an integration contains a region or an account",
        )
        .help("leave both empty: `arn:aws:states:::service:action`"),
    );
}
