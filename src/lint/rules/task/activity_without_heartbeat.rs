//! `activity-without-heartbeat`

use crate::aws::resource::Resource;
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// Nothing notices that an activity's worker has died.
    ///
    /// ## What it does
    ///
    /// Reports tasks that wait for an activity for more than an hour and have no `HeartbeatSeconds`.
    ///
    /// ## Why is this bad?
    ///
    /// A worker that dies is only noticed when the whole task times out. With heartbeats the task fails soon, and can be
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

/// A shorter timeout notices a dead worker soon enough.
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
                format!("A worker that dies is noticed after {seconds} seconds only"),
            )
            .help("add `HeartbeatSeconds`, and let the worker call SendTaskHeartbeat")
            .unless_tainted(task.state.node, "HeartbeatSeconds"),
        );
    }
}
