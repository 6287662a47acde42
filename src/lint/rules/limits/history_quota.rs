//! `history-quota`

use super::events;
use crate::asl::semantics::event_count;
use crate::asl::{Kind, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::execution;
use crate::spec::WorkflowType;
use crate::spec::quota;

declare_rule! {
    /// An execution exceeds the history event quota.
    ///
    /// ## What it does
    ///
    /// Counts the events of Standard executions that are certain: those of an inline Map over a literal array, and of
    /// retriers whose attempts alone fill the history.
    ///
    /// ## Why is this bad?
    ///
    /// At 25,000 events the execution fails with an error that cannot be caught. A Distributed Map runs its items in
    /// child executions, each with its own history.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 10000, "BackoffRate": 1}], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 1000, "BackoffRate": 1}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "history-quota",
        family: Limits,
        severity: Warning,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    execution::for_each_state(cx, &mut |state, execution| {
        if execution.workflow_type == WorkflowType::Standard {
            check_items(cx, state, findings);
            check_retriers(state, findings);
        }
    });
}

fn check_items(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let Kind::Map(map) = &state.kind else { return };
    let Some(items) = state.node.member("Items").filter(|_| events::items(map) > 0) else {
        return;
    };
    let least = events::min_state_events(cx, state) + u64::from(event_count::EXECUTION);
    if least > u64::from(quota::HISTORY_EVENTS) {
        findings.add(
            Finding::new(
                items.key_span,
                format!(
                    "{} items create at least {least} history events; an execution fails at {}",
                    events::items(map),
                    quota::HISTORY_EVENTS
                ),
            )
            .help("use a Distributed Map: `\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": …}`"),
        );
    }
}

fn check_retriers(state: &State<'_>, findings: &mut Findings<'_>) {
    if !matches!(state.kind, Kind::Task(_)) {
        return;
    }
    for attempts in state.retry().iter().filter_map(|r| r.max_attempts) {
        let count = attempts
            .as_i64()
            .and_then(|n| u64::try_from(n).ok())
            .unwrap_or_default();
        let events = count.saturating_mul(u64::from(event_count::RETRY));
        if events > u64::from(quota::HISTORY_EVENTS) {
            findings.add(
                Finding::new(
                    attempts.span,
                    format!(
                        "{count} retries create {events} history events; an execution fails at {}",
                        quota::HISTORY_EVENTS
                    ),
                )
                .help("lower `MaxAttempts` or increase the delay between attempts"),
            );
        }
    }
}
