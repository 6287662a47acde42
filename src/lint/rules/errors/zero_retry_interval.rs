//! `zero-retry-interval`

use crate::asl::semantics::backoff::Backoff;
use crate::asl::{Retrier, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A retrier does not wait before it tries again.
    ///
    /// ## What it does
    ///
    /// Reports `IntervalSeconds` of 0 on a retrier that retries.
    ///
    /// ## Why is this bad?
    ///
    /// The specification asks for a positive number. AWS takes 0, but then there is no back-off either (any `BackoffRate`
    /// times 0 is 0): all attempts come at once, when what failed has had no time to recover.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 0}], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 1}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "zero-retry-interval",
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
    let Some(interval) = retrier.interval_seconds else {
        return;
    };
    let tries_again = Backoff::from_retrier(retrier).is_none_or(|backoff| backoff.max_attempts > 0);
    if tries_again && interval.as_i64() == Some(0) {
        findings.add(
            Finding::new(interval.span, "The retrier tries again at once, every time")
                .help("give `IntervalSeconds` 1 or more"),
        );
    }
}
