//! `unknown-sdk-service`

use crate::aws::resource::Resource;
use crate::aws::sdk::{self, Lookup, Support};
use crate::diagnostic::{Fix, Severity};
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;

declare_rule! {
    /// The AWS SDK has no such service, or Step Functions does not support it.
    ///
    /// ## What it does
    ///
    /// Looks up the service of `arn:aws:states:::aws-sdk:service:action` among those of the AWS SDK for Java 2.x. A
    /// service that Step Functions does not support is an error, and so is a name with uppercase letters or hyphens. Any
    /// other unknown name is a warning, and so is a service that AWS no longer supports.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects unknown services. Names are lowercase and without hyphens (`cloudwatchlogs`, not
    /// `logs`; `sfn`, not `stepfunctions`). New services appear more often than asl is released; `asl --version --verbose`
    /// prints the date of the table.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:secrets-manager:getSecretValue", "Parameters": {"SecretId": "S"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:mediastoredata:listItems", "Parameters": {}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:secretsmanager:getSecretValue", "Parameters": {"SecretId": "S"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-sdk-service",
        family: Task,
        severity: Warning,
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
    let place = cx.place(text, call.service.range());
    let written = call.service.text;
    let correct = |name: &str| format!("replace it with `{name}`");
    match sdk::support(written) {
        Support::Supported => {}
        Support::Unsupported => {
            findings.add(
                Finding::new(
                    place,
                    format!("Step Functions does not support the service `{written}`"),
                )
                .severity(Severity::Error)
                .help("call it from a Lambda function")
                .aws(AwsMessage::UnrecognizedResource(text)),
            );
            return;
        }
        Support::Removed => {
            findings.add(
                Finding::new(
                    place,
                    format!("Step Functions no longer supports the service `{written}`"),
                )
                .help("replace the call, or make it from a Lambda function")
                .aws(AwsMessage::UnrecognizedResource(text)),
            );
            return;
        }
    }
    match sdk::find_service(written) {
        Lookup::Found(_) => {}
        Lookup::OtherCase(service) => findings.add(
            Finding::new(
                place,
                format!("service name `{}` must be lowercase", service.name()),
            )
            .severity(Severity::Error)
            .help(correct(service.name()))
            .fix(Fix::spelling(place, written, service.name()).titled(correct(service.name())))
            .aws(AwsMessage::UnrecognizedResource(text)),
        ),
        Lookup::Missing { suggestion } => {
            // No service has such a name, however new it is.
            let is_malformed = !written
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
            let finding = Finding::new(place, format!("unknown AWS SDK service `{written}`"))
                .severity(if is_malformed {
                    Severity::Error
                } else {
                    Severity::Warning
                })
                .aws(AwsMessage::UnrecognizedResource(text));
            findings.add(match suggestion {
                Some(name) => {
                    finding
                        .help(prose::similar_name("service", name))
                        .fix(Fix::spelling(place, written, name).titled(correct(name)))
                }
                None if is_malformed => finding
                    .help("use the name from the AWS SDK for Java 2.x, lowercase and without hyphens"),
                None => finding.help(format!(
                    "check the name, unless the service was released after {}",
                    sdk::retrieved()
                )),
            });
        }
    }
}
