//! `unknown-sdk-action`

use crate::aws::resource::Resource;
use crate::aws::sdk::{self, Lookup};
use crate::diagnostic::Fix;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;

declare_rule! {
    /// The AWS SDK service has no such action.
    ///
    /// ## What it does
    ///
    /// Looks up the action of `arn:aws:states:::aws-sdk:service:action`, including its case, among those of the
    /// service, and reports actions that Step Functions does not support: those with event streams, and
    /// `sts:assumeRole`.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition. Actions begin with a lowercase letter: `listBuckets`, not
    /// `ListBuckets`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:listBukkets", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:ListBuckets", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:listBuckets", "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-sdk-action",
        family: Task,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::Task(check),
    }
}

fn check(cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Resource::Sdk { call } = task.resource else {
        return;
    };
    let Some(text) = task.task.resource.and_then(|node| node.as_text()) else {
        return;
    };
    let Some(service) = sdk::find_service(call.service.text).found() else {
        return;
    };
    let place = cx.place(text, call.action.range());
    let (written, of) = (call.action.text, service.name());
    let (message, meant) = match service.find_action(written) {
        Lookup::Found(action) if !action.is_supported => {
            let help = match (of, written) {
                ("sts", "assumeRole") => "specify the role in `Credentials` of the Task that needs it",
                _ => "use an action without an event stream, or call it from a Lambda function",
            };
            findings.add(
                Finding::new(
                    place,
                    format!("Step Functions does not support the action `{of}:{written}`"),
                )
                .help(help)
                .aws(AwsMessage::UnrecognizedResource(text)),
            );
            return;
        }
        Lookup::Found(_) => return,
        Lookup::OtherCase(action) => (
            format!("wrong letter case in action `{}` of `{of}`", action.name),
            Some(action.name),
        ),
        Lookup::Missing { suggestion } => (format!("unknown action `{written}` of `{of}`"), suggestion),
    };
    let finding = Finding::new(place, message).aws(AwsMessage::UnrecognizedResource(text));
    findings.add(match meant {
        Some(name) => {
            finding
                .help(prose::similar_name("action", name))
                .fix(Fix::spelling(place, written, name))
        }
        None => finding.help("use the name from the API with a lowercase first letter"),
    });
}
