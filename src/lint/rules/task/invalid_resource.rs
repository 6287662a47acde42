//! `invalid-resource`

use crate::aws::integration;
use crate::aws::resource::{Reason, Resource, is_malformed_activity};
use crate::diagnostic::Severity;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A Task's `Resource` is not an ARN, or names something that Step Functions cannot call.
    ///
    /// ## What it does
    ///
    /// Reports a `Resource` that is not an ARN, that has an unknown partition, or that is the ARN of a queue, a table,
    /// a state machine, or anything else that is not a function, an activity, or a service integration.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition, since the task has nothing to call.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "my-function", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:sqs:eu-west-1:123456789012:jobs", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl.$": "$.queue", "MessageBody.$": "$"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${FunctionArn}", "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-resource",
        family: Task,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::Task(check),
    }
}

fn check(cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Some(node) = task.task.resource else { return };
    let Some(text) = node.as_text() else { return };
    if cx.workflow_type.is_express() && is_malformed_activity(text) {
        return;
    }
    let (reason, at) = match task.resource {
        Resource::NotAnArn => {
            findings.add(
                Finding::new(node.span, format!("`{}` is not a valid ARN", text.as_str()))
                    .help("use the ARN of a function or an activity, or an integration such as `arn:aws:states:::service:action`")
                    .aws(AwsMessage::NotAnArn),
            );
            return;
        }
        Resource::Unrecognized { reason, at, .. } => (reason, at),
        Resource::Unknown if is_definition_file(cx) => {
            // AWS reads a placeholder literally. In a template, it is replaced by an ARN.
            let answer = if text.starts_with("arn:") {
                AwsMessage::UnrecognizedResource(text)
            } else {
                AwsMessage::NotAnArn
            };
            findings.add(
                Finding::new(node.span, format!("`{}` is not a valid ARN", text.as_str()))
                    .help("replace the placeholder before validating the definition")
                    .for_aws_only()
                    .aws(answer),
            );
            return;
        }
        _ => return,
    };
    let (message, help) = match reason {
        Reason::Partition => (
            format!("unknown partition `{}`", at.text),
            "use a partition such as `aws`, `aws-cn`, or `aws-us-gov`".to_owned(),
        ),
        Reason::Kind => (
            format!("a Task cannot call `{}`", at.text),
            integration_for(at.text),
        ),
        Reason::NoAction => (
            "the ARN of the integration has no action".to_owned(),
            "add the action: `arn:aws:states:::service:action`".to_owned(),
        ),
        Reason::Service { .. } | Reason::Action { .. } | Reason::Suffix { .. } | Reason::Pattern { .. } => {
            return;
        }
    };
    let finding = Finding::new(cx.place(text, at.range()), message).help(help);
    // The specification has examples of SWF tasks, and it is not known that AWS rejects them.
    let is_of_the_specification = matches!(reason, Reason::Kind) && at.text == "swf";
    findings.add(if is_of_the_specification {
        finding.severity(Severity::Warning).aws_silent()
    } else {
        finding.aws(AwsMessage::UnrecognizedResource(text))
    });
}

/// Whether the file contains nothing but the machine, so that no template replaces its placeholders.
fn is_definition_file(cx: &Context<'_, '_>) -> bool {
    let root = cx.document.roots.first();
    root.is_some_and(|root| root.span == cx.machine.node.span)
}

/// How to call the resource that an ARN names, if there is a way.
fn integration_for(named: &str) -> String {
    if named.starts_with("stateMachine:") {
        return "start it with `arn:aws:states:::states:startExecution.sync:2` and pass its ARN as `StateMachineArn`".to_owned();
    }
    match integration::actions(named).next() {
        Some(action) => format!(
            "call it through an integration such as `arn:aws:states:::{named}:{action}` and name it in the arguments"
        ),
        None => "use a function, an activity, or an integration such as `arn:aws:states:::aws-sdk:s3:getObject`"
            .to_owned(),
    }
}
