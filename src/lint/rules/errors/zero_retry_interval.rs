//! `zero-retry-interval`

use crate::asl::semantics::backoff::Backoff;
use crate::asl::{Retrier, State};
use crate::diagnostic::Fix;
use crate::edit::Content;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A retrier has no delay between attempts.
    ///
    /// ## What it does
    ///
    /// Reports an `IntervalSeconds` of 0 on a retrier with retries.
    ///
    /// ## Why is this bad?
    ///
    /// The specification requires a positive number. AWS accepts 0, but then there is no backoff either (0 times any
    /// `BackoffRate` is 0): all attempts happen immediately, before the failed service can recover.
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
        fix: Unsafe,
        check: Check::Retrier(check),
    }
}

fn check(
    cx: &Context<'_, '_>,
    _state: &State<'_>,
    _index: usize,
    retrier: &Retrier<'_>,
    findings: &mut Findings<'_>,
) {
    let Some(interval) = retrier.interval_seconds.filter(|node| node.as_i64() == Some(0)) else {
        return;
    };
    let tries_again = Backoff::from_retrier(retrier).is_none_or(|backoff| backoff.max_attempts > 0);
    if tries_again {
        findings.add(
            Finding::new(interval.span, "retrier has no delay between attempts")
                .help("set `IntervalSeconds` to 1 or more")
                .fix(Fix::guess(
                    "wait a second before the first retry",
                    cx.editor().replace(interval, &Content::Number("1".into())),
                )),
        );
    }
}
