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
    /// An execution's history grows beyond what AWS keeps.
    ///
    /// ## What it does
    ///
    /// Counts events of Standard executions where they are certain: an inline Map over an array that is written down, and
    /// retriers whose attempts alone fill the history.
    ///
    /// ## Why is this bad?
    ///
    /// At 25,000 events the execution fails, and nothing can catch that. A Distributed Map runs its items in executions of
    /// their own, each with a history of its own.
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
    let least = events::of_state(cx, state) + u64::from(event_count::EXECUTION);
    if least > u64::from(quota::HISTORY_EVENTS) {
        findings.add(
            Finding::new(
                items.key_span,
                format!(
                    "{} items make {least} events or more; an execution fails at {}",
                    events::items(map),
                    quota::HISTORY_EVENTS
                ),
            )
            .help("make the Map distributed: `\"ProcessorConfig\": {\"Mode\": \"DISTRIBUTED\", \"ExecutionType\": …}`"),
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
                        "{count} retries make {events} events; an execution fails at {}",
                        quota::HISTORY_EVENTS
                    ),
                )
                .help("lower `MaxAttempts`, or wait longer between attempts"),
            );
        }
    }
}
