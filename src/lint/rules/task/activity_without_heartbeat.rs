//! `activity-without-heartbeat`

use crate::aws::resource::Resource;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An activity task does not detect a failed worker before its timeout.
    ///
    /// ## What it does
    ///
    /// Reports activity tasks with a timeout of more than an hour and no `HeartbeatSeconds`.
    ///
    /// ## Why is this bad?
    ///
    /// If the worker fails, the task only fails when its timeout expires. With heartbeats it fails soon and can be
    /// retried by another worker.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:eu-west-1:123456789012:activity:a", "TimeoutSeconds": 86400, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:eu-west-1:123456789012:activity:a", "TimeoutSeconds": 86400, "HeartbeatSeconds": 300, "End": true}}}
    /// ```
    pub static RULE = {
        name: "activity-without-heartbeat",
        family: Task,
        severity: Info,
        check: Check::Task(check),
    }
}

/// Shorter timeouts detect a failed worker soon enough.
const LONG_SECONDS: i64 = 3_600;

fn check(_cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let Some(timeout) = &task.task.settings.timeout_seconds else {
        return;
    };
    let Some(seconds) = timeout.literal_i64() else {
        return;
    };
    let is_activity = matches!(task.resource, Resource::Activity { .. });
    if is_activity && seconds > LONG_SECONDS && task.task.settings.heartbeat_seconds.is_none() {
        findings.add(
            Finding::new(
                timeout.node().span,
                format!("a failed worker is only detected after {seconds} seconds"),
            )
            .help("add `HeartbeatSeconds` and call `SendTaskHeartbeat` in the worker")
            .unless_tainted(task.state.node, "HeartbeatSeconds"),
        );
    }
}
