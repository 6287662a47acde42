//! `retry-outlasts-timeout`

use crate::asl::State;
use crate::asl::semantics::backoff::Backoff;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::lint::rules::execution::{self, Execution};

declare_rule! {
    /// The delays of a retrier exceed the maximum duration of the execution.
    ///
    /// ## What it does
    ///
    /// Adds up the delays of a retrier (`IntervalSeconds`, `BackoffRate`, `MaxDelaySeconds`) and compares the sum with
    /// the state machine's `TimeoutSeconds`, with one year, or for Express workflows with five minutes.
    ///
    /// ## Why is this bad?
    ///
    /// The last retries can never happen: the execution times out first, with a `States.Timeout` that cannot be caught.
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
    pub static RULE = {
        name: "retry-outlasts-timeout",
        family: Errors,
        severity: Warning,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    execution::for_each_state(cx, &mut |state, execution| {
        check_state(state, execution, findings);
    });
}

fn check_state(state: &State<'_>, execution: Execution, findings: &mut Findings<'_>) {
    for retrier in state.retry() {
        let Some(backoff) = Backoff::from_retrier(retrier) else {
            continue;
        };
        #[expect(clippy::cast_precision_loss, reason = "at most a year of seconds")]
        let fitting = backoff.attempts_within(execution.seconds() as f64);
        if fitting >= backoff.max_attempts {
            continue;
        }
        let place = retrier.max_attempts.map_or(retrier.node.span, |node| node.span);
        findings.add(
            Finding::new(
                place,
                format!(
                    "{} allows only {fitting} of {} retries",
                    execution.limit(),
                    backoff.max_attempts
                ),
            )
            .help("lower `MaxAttempts` or set `MaxDelaySeconds`"),
        );
    }
}
