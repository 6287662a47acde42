//! `missing-http-connection`

use super::arguments::{self, Arguments};
use super::forbidden_http_header::is_http;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::closest;

declare_rule! {
    /// An HTTP Task does not specify a connection.
    ///
    /// ## What it does
    ///
    /// Reports `http:invoke` whose arguments have `ConnectionArn` neither in `InvocationConfig` nor in the older
    /// `Authentication`, or have it in both.
    ///
    /// ## Why is this bad?
    ///
    /// The task fails in every execution: it needs exactly one EventBridge connection for its credentials.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {"ApiEndpoint": "https://api.example.com", "Method": "GET"}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {"ApiEndpoint": "https://api.example.com", "Method": "GET", "InvocationConfig": {"ConnectionArn": "${ConnectionArn}"}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "missing-http-connection",
        family: Task,
        severity: Error,
        check: Check::Task(check),
    }
}

/// The parameters that can contain the connection: the current one and the older one.
pub(super) const HOLDERS: [&str; 2] = ["InvocationConfig", "Authentication"];

fn check(_cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    if !is_http(&task.resource) {
        return;
    }
    let Arguments::Object(passed) = arguments::from_state(task.state) else {
        return;
    };
    if passed.is_partial {
        return;
    }
    let given: Vec<_> = HOLDERS.iter().filter_map(|name| passed.find(name)).collect();
    // `unknown-parameter` reports a misspelled one.
    let is_close = |p: &arguments::Parameter<'_>| closest(p.name, HOLDERS).is_some();
    if given.is_empty() && !passed.parameters.iter().any(is_close) {
        let finding = Finding::new(arguments::place(task.state), "HTTP Task has no connection").help(
            "add `\"InvocationConfig\": {\"ConnectionArn\": …}` with the ARN of an EventBridge connection",
        );
        findings.add(arguments::depends_on_arguments(finding, task.state));
    }
    if let [first, second] = given.as_slice() {
        findings.add(
            Finding::new(second.member.key_span, "HTTP Task specifies its connection twice")
                .related(first.member.key_span, "also specified here")
                .help("keep only `InvocationConfig`"),
        );
    }
    for holder in given {
        let object = holder.literal().and_then(arguments::object);
        if object.is_some_and(|object| !object.may_have("ConnectionArn")) {
            findings.add(
                Finding::new(
                    holder.member.value.span,
                    format!("missing `ConnectionArn` in `{}`", holder.name),
                )
                .help("add the ARN of an EventBridge connection")
                .requires_whole_file(),
            );
        }
    }
}
