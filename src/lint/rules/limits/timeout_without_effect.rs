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
    /// A timeout exceeds a limit that applies first.
    ///
    /// ## What it does
    ///
    /// Reports a state machine's `TimeoutSeconds` beyond the maximum duration of its type (five minutes for Express,
    /// one year for Standard), and a Task's beyond the limit of its service (60 s for an HTTP Task) or of its
    /// execution.
    ///
    /// ## Why is this bad?
    ///
    /// The timeout never takes effect: the shorter limit ends the task or the execution earlier than the definition
    /// specifies.
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
                    format!("timeout exceeds {}", own.quota_in_words()),
                )
                .help(format!("set {limit} or less; the execution ends after {limit} s")),
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
                format!("timeout exceeds the service limit of {cap} s"),
            )
            .help(format!("set {cap} or less")),
        );
    } else if seconds > execution.seconds() {
        findings.add(
            Finding::new(
                place,
                format!("task timeout exceeds {}", execution.limit()),
            )
            .severity(Severity::Info)
            .help("set a shorter timeout; the execution ends first, which cannot be caught"),
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
