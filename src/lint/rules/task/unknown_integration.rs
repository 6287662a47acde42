//! `unknown-integration`

use crate::aws::integration;
use crate::aws::resource::{Call, Reason, Resource};
use crate::aws::sdk;
use crate::diagnostic::{Edit, Fix};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;

declare_rule! {
    /// No optimized integration exists for this service or action.
    ///
    /// ## What it does
    ///
    /// Looks up `arn:aws:states:::service:action` among the optimized integrations. If the action exists as an AWS SDK
    /// integration, the help names it.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition. Most services are called through the SDK, as
    /// `aws-sdk:service:action`; only some actions have an optimized integration.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::dynamodb:scan", "Parameters": {"TableName": "T"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqss:sendMessage", "Parameters": {"QueueUrl": "Q", "MessageBody": "B"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:dynamodb:scan", "Parameters": {"TableName": "T"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-integration",
        family: Task,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::Task(check),
    }
}

fn check(cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Resource::Unrecognized {
        reason,
        at,
        call: Some(call),
    } = task.resource
    else {
        return;
    };
    let Some(text) = task.task.resource.and_then(|node| node.as_text()) else {
        return;
    };
    let (service, action) = (call.service.text, call.action.text);
    let (message, suggestion) = match reason {
        Reason::Service { suggestion } => (
            format!("no optimized integration for service `{service}`"),
            suggestion,
        ),
        Reason::Action { suggestion } => (
            format!("unknown action `{action}` of the optimized integration `{service}`"),
            suggestion,
        ),
        _ => return,
    };
    let place = cx.place(text, at.range());
    let finding = Finding::new(place, message).aws(AwsMessage::UnrecognizedResource(text));
    findings.add(match (sdk_form(call), suggestion) {
        (None, Some(meant)) => finding.help(prose::similar_name("integration", meant)).fix(Fix::spelling(place, at.text, meant)),
        (Some(resource), None) => {
            let title = format!("replace it with `{resource}`");
            finding
                .help(format!("call it through the SDK as `{resource}`"))
                .fix(Fix::guess(
                    title,
                    vec![Edit::new(
                        cx.place(text, call.service.start..call.action.range().end),
                        resource,
                    )],
                ))
        }
        (Some(resource), Some(meant)) => {
            finding.help(format!("similar integrations exist: `{meant}`, and `{resource}` of the SDK"))
        }
        (None, None) if matches!(reason, Reason::Action { .. }) => {
            let actions: Vec<_> = integration::actions(service).collect();
            finding.help(format!("available actions: {}", prose::list(&actions)))
        }
        (None, None) => finding
            .help("call services without an optimized integration as `aws-sdk:service:action`"),
    });
}

/// The last part of the ARN of the equivalent SDK integration.
fn sdk_form(call: Call<'_>) -> Option<String> {
    let (service, action) = sdk::equivalent(call.service.text, call.action.text)?;
    Some(format!("aws-sdk:{}:{}", service.name(), action.name))
}
