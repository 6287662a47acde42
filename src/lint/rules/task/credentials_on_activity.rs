//! `credentials-on-activity`

use crate::aws::resource::Resource;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An activity task has `Credentials`.
    ///
    /// ## What it does
    ///
    /// Reports `Credentials` next to the ARN of an activity.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition. An activity task calls no service but waits for a worker, so there
    /// is no role to assume.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:eu-west-1:123456789012:activity:a", "TimeoutSeconds": 60, "Credentials": {"RoleArn": "arn:aws:iam::123456789012:role/r"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl": "Q", "MessageBody": "B"}, "Credentials": {"RoleArn": "arn:aws:iam::123456789012:role/r"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "credentials-on-activity",
        family: Task,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::Task(check),
    }
}

fn check(_cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Some(member) = task.state.node.member("Credentials") else {
        return;
    };
    if matches!(task.resource, Resource::Activity { .. }) {
        findings.add(
            Finding::new(member.key_span, "`Credentials` is not supported for activities")
                .help("remove it; the worker uses its own credentials")
                .aws_at(AwsMessage::CredentialsOnActivity, task.state.node.span),
        );
    }
}
