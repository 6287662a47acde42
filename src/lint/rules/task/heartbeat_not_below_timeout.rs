//! `heartbeat-not-below-timeout`

use crate::asl::Scalar;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A Task's `HeartbeatSeconds` is not less than its `TimeoutSeconds`.
    ///
    /// ## What it does
    ///
    /// Compares the two fields if both are literals.
    ///
    /// ## Why is this bad?
    ///
    /// The specification requires the heartbeat to be smaller than the timeout. Otherwise the timeout always expires
    /// first, so a missed heartbeat is never detected.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:eu-west-1:123456789012:activity:a", "TimeoutSeconds": 60, "HeartbeatSeconds": 60, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:eu-west-1:123456789012:activity:a", "TimeoutSeconds": 60, "HeartbeatSeconds": 10, "End": true}}}
    /// ```
    pub static RULE = {
        name: "heartbeat-not-below-timeout",
        family: Task,
        severity: Error,
        check: Check::Task(check),
    }
}

fn check(_cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let (Some(heartbeat), Some(timeout)) = (
        &task.task.settings.heartbeat_seconds,
        &task.task.settings.timeout_seconds,
    ) else {
        return;
    };
    let (Some(beat), Some(end)) = (heartbeat.literal_i64(), timeout.literal_i64()) else {
        return;
    };
    if beat >= end {
        findings.add(
            Finding::new(
                Scalar::node(heartbeat).span,
                format!("`HeartbeatSeconds` of {beat} is not less than `TimeoutSeconds` of {end}"),
            )
            .related(timeout.node().span, "the timeout")
            .help("set `HeartbeatSeconds` to less than `TimeoutSeconds`"),
        );
    }
}
