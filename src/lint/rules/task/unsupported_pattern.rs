//! `unsupported-pattern`

use crate::aws::resource::{Pattern, Reason, Resource};
use crate::diagnostic::{Edit, Fix};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;

declare_rule! {
    /// The integration does not support this integration pattern.
    ///
    /// ## What it does
    ///
    /// Reports `.sync` and `.waitForTaskToken` on integrations that do not support them (AWS SDK integrations never
    /// support `.sync`), unknown suffixes, and Tasks that use one of the S3 calls that only a Map's `ItemReader` or
    /// `ResultWriter` can make.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.sync", "Parameters": {"QueueUrl": "Q", "MessageBody": "B"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:glue:startJobRun.sync", "Parameters": {"JobName": "J"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::s3:getObject", "Parameters": {"Bucket": "B", "Key": "K"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::glue:startJobRun.sync", "Parameters": {"JobName": "J"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "unsupported-pattern",
        family: Task,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::Task(check),
    }
}

fn check(cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Some(text) = task.task.resource.and_then(|node| node.as_text()) else {
        return;
    };
    let (call, at) = match &task.resource {
        Resource::MapData { call, .. } => {
            let (service, action) = (call.service.text, call.action.text);
            findings.add(
                Finding::new(
                    cx.place(text, call.service.start..call.action.range().end),
                    format!("`{service}:{action}` is only supported in `ItemReader` and `ResultWriter`"),
                )
                .help(format!(
                    "call it through the SDK as `aws-sdk:{service}:{action}`"
                ))
                .aws(AwsMessage::UnrecognizedResource(text)),
            );
            return;
        }
        Resource::Unrecognized { at, call, .. } => (call, at),
        _ => return,
    };
    let Resource::Unrecognized { reason, .. } = task.resource else {
        return;
    };
    let Some(call) = call else { return };
    let service = call.resource_type;
    let action = call.action.text;
    // The dot before the suffix belongs to it.
    let place = cx.place(text, at.start.saturating_sub(1)..at.range().end);
    let finding = match reason {
        Reason::Suffix { suggestion } => {
            let finding = Finding::new(place, format!("unknown integration pattern `.{}`", at.text));
            match suggestion {
                Some(meant) => finding
                    .help(prose::similar_name("pattern", format_args!(".{meant}")))
                    .fix(Fix::spelling(place, &format!(".{}", at.text), &format!(".{meant}"))),
                None => finding.help("available patterns: `.sync`, `.sync:2`, `.waitForTaskToken`"),
            }
        }
        Reason::Pattern { supported } if call.suffix.is_some() => Finding::new(
            place,
            format!(
                "`{service}:{action}` does not support `{}`",
                call.pattern.suffix()
            ),
        )
        .help(advice(call.resource_type, supported))
        .fix(
            supported
                .contains(&Pattern::RequestResponse)
                .then(|| Fix::guess("remove the suffix", vec![Edit::remove(place)])),
        ),
        _ => return,
    };
    findings.add(finding.aws(AwsMessage::UnrecognizedResource(text)));
}

/// The patterns that the integration supports.
fn advice(resource_type: &str, supported: &[Pattern]) -> String {
    let suffixes: Vec<_> = supported
        .iter()
        .filter(|p| **p != Pattern::RequestResponse)
        .map(|p| p.suffix())
        .collect();
    if resource_type.starts_with("aws-sdk:") {
        "SDK integrations cannot wait for a job: use the optimized integration of the service if one exists, or poll the job in \
         a loop"
            .to_owned()
    } else if suffixes.is_empty() {
        "remove the suffix; it only supports request-response".to_owned()
    } else {
        format!("use {} or no suffix", prose::or_list(suffixes))
    }
}
