//! `forbidden-http-header`

use super::arguments::{self, Arguments};
use crate::aws::integration::http;
use crate::aws::resource::Resource;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An HTTP Task sets a forbidden header.
    ///
    /// ## What it does
    ///
    /// Compares the names in `Headers` of `http:invoke` with those that Step Functions and the connection reserve:
    /// `Authorization`, `Host`, `Cache-Control`, everything that begins with `X-Amz-`, and others.
    ///
    /// ## Why is this bad?
    ///
    /// The task fails with `States.Runtime` in every execution, which cannot be caught. Credentials belong in the EventBridge
    /// connection.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {"ApiEndpoint": "https://api.example.com", "Method": "GET", "Headers": {"Authorization": "Bearer x"}, "InvocationConfig": {"ConnectionArn": "arn:aws:events:eu-west-1:123456789012:connection/api/1"}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {"ApiEndpoint": "https://api.example.com", "Method": "GET", "Headers": {"Accept": "application/json"}, "InvocationConfig": {"ConnectionArn": "arn:aws:events:eu-west-1:123456789012:connection/api/1"}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "forbidden-http-header",
        family: Task,
        severity: Error,
        check: Check::Task(check),
    }
}

fn check(cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    if !is_http(&task.resource) {
        return;
    }
    let Arguments::Object(passed) = arguments::from_state(task.state) else {
        return;
    };
    let headers = passed.find("Headers").and_then(arguments::Parameter::literal);
    let Some(headers) = headers.and_then(arguments::object) else {
        return;
    };
    for header in headers
        .parameters
        .iter()
        .filter(|h| http::is_forbidden_header(h.name))
    {
        findings.add(
            Finding::new(
                cx.place(&header.member.key, 0..header.name.len()),
                format!("header `{}` is not allowed in an HTTP Task", header.name),
            )
            .help("remove it; credentials belong in the EventBridge connection"),
        );
    }
}

/// Whether a task calls an HTTP endpoint through an EventBridge connection.
pub(super) fn is_http(resource: &Resource<'_>) -> bool {
    matches!(resource, Resource::Optimized { integration, .. } if integration.service == "http")
}
