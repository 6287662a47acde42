//! `max-delay-not-above-interval`

use crate::asl::semantics::backoff::Backoff;
use crate::asl::{Retrier, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A retrier's maximum delay does not exceed its first delay.
    ///
    /// ## What it does
    ///
    /// Compares `MaxDelaySeconds` with `IntervalSeconds`, which is 1 by default.
    ///
    /// ## Why is this bad?
    ///
    /// Every delay is capped at `MaxDelaySeconds`, so `IntervalSeconds` and `BackoffRate` have no effect.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 30, "MaxDelaySeconds": 20}], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 2, "MaxDelaySeconds": 20}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "max-delay-not-above-interval",
        family: Errors,
        severity: Warning,
        check: Check::Retrier(check),
    }
}

fn check(
    _cx: &Context<'_, '_>,
    _state: &State<'_>,
    _index: usize,
    retrier: &Retrier<'_>,
    findings: &mut Findings<'_>,
) {
    let Some(written) = retrier.max_delay_seconds else {
        return;
    };
    let Some(backoff) = Backoff::from_retrier(retrier) else {
        return;
    };
    // Other rules report values that are out of range.
    if backoff.max_delay <= 0.0 || backoff.max_delay > backoff.interval {
        return;
    }
    let finding = Finding::new(
        written.span,
        format!(
            "`MaxDelaySeconds` of {} s does not exceed the first delay of {} s",
            backoff.max_delay, backoff.interval
        ),
    );
    findings.add(
        match retrier.interval_seconds {
            Some(interval) => finding.related(interval.span, "the first delay"),
            None => finding,
        }
        .help("set `MaxDelaySeconds` to more than `IntervalSeconds`"),
    );
}
