//! `task-without-timeout`

use crate::aws::resource::{Pattern, Resource};
use crate::lint::context::{Context, TaskState};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A task that waits for a callback has no timeout.
    ///
    /// ## What it does
    ///
    /// Reports tasks that wait for an activity worker or for a task token and have neither `TimeoutSeconds` nor
    /// `HeartbeatSeconds`, in a state machine without `TimeoutSeconds`.
    ///
    /// ## Why is this bad?
    ///
    /// If the worker fails or the token is lost, the execution is stuck for up to one year. The best practices of AWS
    /// recommend a timeout for such tasks.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:eu-west-1:123456789012:activity:a", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:eu-west-1:123456789012:activity:a", "TimeoutSeconds": 3600, "HeartbeatSeconds": 60, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"TimeoutSeconds": 86400, "StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:eu-west-1:123456789012:activity:a", "HeartbeatSeconds": 60, "End": true}}}
    /// ```
    pub static RULE = {
        name: "task-without-timeout",
        family: Task,
        severity: Info,
        check: Check::Task(check),
    }
}

fn check(cx: &Context<'_, '_>, task: &TaskState<'_, '_>, findings: &mut Findings<'_>) {
    let whom = match task.resource {
        Resource::Activity { .. } => "an activity worker",
        Resource::Optimized { call, .. } | Resource::Sdk { call }
            if call.pattern == Pattern::WaitForTaskToken =>
        {
            "its token"
        }
        _ => return,
    };
    let is_bounded = cx.machine.timeout_seconds.is_some()
        || task.task.settings.timeout_seconds.is_some()
        || task.task.settings.heartbeat_seconds.is_some();
    if !is_bounded {
        findings.add(
            Finding::new(
                task.state.name_span,
                format!(
                    "task `{}` has no timeout and may wait up to one year for {whom}",
                    task.state.name.as_str()
                ),
            )
            .help("add `TimeoutSeconds`, and `HeartbeatSeconds` if the worker can send heartbeats")
            .unless_tainted(task.state.node, "TimeoutSeconds")
            .unless_tainted(task.state.node, "HeartbeatSeconds")
            .unless_tainted(cx.machine.node, "TimeoutSeconds"),
        );
    }
}
