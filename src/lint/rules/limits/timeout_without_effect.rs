//! `timeout-without-effect`

use crate::asl::{Kind, Scalar, State};
use crate::aws::resource::{Resource, classify};
use crate::diagnostic::Severity;
use crate::document::Node;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::execution::{self, Execution};
use crate::spec::quota;

declare_rule! {
    /// A timeout is longer than what comes before it.
    ///
    /// ## What it does
    ///
    /// Reports a machine's `TimeoutSeconds` beyond what AWS gives its type (five minutes for EXPRESS, a year for STANDARD), and
    /// a Task's beyond what its service (60 s for an HTTP Task) or its execution gives it.
    ///
    /// ## Why is this bad?
    ///
    /// The timeout is never reached: the shorter one ends the task or the execution, sooner than the definition says.
    ///
    /// ## Fails
    ///
    /// ```json,express
    /// {"TimeoutSeconds": 900, "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::http:invoke", "Parameters": {"ApiEndpoint": "https://api.example.com", "Method": "GET", "InvocationConfig": {"ConnectionArn": "${ConnectionArn}"}}, "TimeoutSeconds": 300, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json,express
    /// {"TimeoutSeconds": 240, "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "timeout-without-effect",
        family: Limits,
        severity: Warning,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    let own = Execution {
        workflow_type: cx.workflow_type,
        timeout_seconds: None,
    };
    if let Some(node) = cx.machine.timeout_seconds {
        let limit = own.quota_seconds();
        if node.as_i64().is_some_and(|seconds| seconds > limit) {
            findings.add(
                Finding::new(
                    node.span,
                    format!("The timeout is longer than {}", own.quota_in_words()),
                )
                .help(format!("the execution ends after {limit} s at the latest")),
            );
        }
    }
    execution::for_each_state(cx, &mut |state, execution| check_task(state, execution, findings));
}

fn check_task(state: &State<'_>, execution: Execution, findings: &mut Findings<'_>) {
    let Kind::Task(task) = &state.kind else { return };
    let Some(timeout) = &task.settings.timeout_seconds else {
        return;
    };
    let Some(seconds) = timeout.literal_i64() else {
        return;
    };
    let place = Scalar::node(timeout).span;
    if let Some(cap) = task.resource.and_then(Node::as_str).and_then(service_cap)
        && seconds > cap
    {
        findings.add(
            Finding::new(
                place,
                format!("The service ends the task after {cap} s, whatever its timeout"),
            )
            .help(format!("set {cap} or less")),
        );
    } else if seconds > execution.seconds() {
        findings.add(
            Finding::new(
                place,
                format!("The task's timeout is longer than {}", execution.limit()),
            )
            .severity(Severity::Info)
            .help("the execution ends first, and nothing can catch that: set a shorter timeout here"),
        );
    }
}

/// The seconds after which the service itself ends a task.
fn service_cap(resource: &str) -> Option<i64> {
    let Resource::Optimized { integration, .. } = classify(resource) else {
        return None;
    };
    match integration.service {
        "http" => Some(i64::from(quota::HTTP_TASK_SECONDS)),
        "bedrockagentcore" => Some(i64::from(quota::BEDROCK_AGENT_CORE_SECONDS)),
        _ => None,
    }
}
