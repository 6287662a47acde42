//! `retry-outlasts-timeout`

use super::backoff::Backoff;
use crate::asl::{Machine, State};
use crate::aws::quota;
use crate::document::Node;
use crate::lint::Check;
use crate::lint::rule::declare_rule;
use crate::lint::rules::execution::for_each_typed_state;
use crate::lint::{Context, Finding, Findings, MachineType};

declare_rule! {
    /// A retrier's waits alone take longer than the execution may.
    ///
    /// ## What it does
    ///
    /// Adds up the waits of a retrier (`IntervalSeconds`, `BackoffRate`, `MaxDelaySeconds`) and compares them with the
    /// machine's `TimeoutSeconds`, with a year, or for Express workflows with five minutes.
    ///
    /// ## Why is this bad?
    ///
    /// The last retries can never happen: the execution times out before, and its `States.Timeout` cannot be caught.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 30}], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL"], "MaxAttempts": 30, "MaxDelaySeconds": 60}], "End": true}}}
    /// ```
    pub static RETRY_OUTLASTS_TIMEOUT = {
        name: "retry-outlasts-timeout",
        family: Errors,
        severity: Warning,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    for_each_typed_state(cx.machine, cx.machine_type, &mut |state, machine_type| {
        check_state(cx.machine, state, machine_type, findings);
    });
}

fn check_state(
    machine: &Machine<'_>,
    state: &State<'_>,
    machine_type: MachineType,
    findings: &mut Findings<'_>,
) {
    let longest = match machine_type {
        MachineType::Standard => i64::from(quota::STANDARD_SECONDS),
        MachineType::Express => i64::from(quota::EXPRESS_SECONDS),
    };
    let written = machine.timeout_seconds.and_then(Node::as_i64);
    let limit = written.unwrap_or(longest).min(longest);
    for retrier in state.retry() {
        let Some(backoff) = Backoff::of(retrier) else {
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "at most a year of seconds")]
        let fitting = backoff.attempts_within(limit as f64);
        if fitting >= backoff.max_attempts {
            continue;
        }
        let place = retrier.max_attempts.map_or(retrier.node.span, |node| node.span);
        let of_what = if written.is_some_and(|seconds| seconds <= longest) {
            "the machine's `TimeoutSeconds`"
        } else if machine_type == MachineType::Express {
            "the five minutes of an Express execution"
        } else {
            "the year that an execution may last"
        };
        findings.add(
            Finding::new(
                place,
                format!(
                    "Of {} retries, the waits of {fitting} fit into {of_what}",
                    backoff.max_attempts
                ),
            )
            .help("lower `MaxAttempts`, or set `MaxDelaySeconds`"),
        );
    }
}
