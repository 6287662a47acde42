//! `retry-of-timeout`

use crate::asl::semantics::backoff::Backoff;
use crate::asl::{Kind, Retrier, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::duration;
use crate::spec::error_name::TIMEOUT;

declare_rule! {
    /// A long timeout is retried repeatedly.
    ///
    /// ## What it does
    ///
    /// Reports retriers that name `States.Timeout` or `Sandbox.Timedout` if the retries can take an hour or more, based
    /// on the task's `TimeoutSeconds` (for `Sandbox.Timedout`, 15 minutes, the maximum duration of a function, by
    /// default).
    ///
    /// ## Why is this bad?
    ///
    /// A task that timed out once usually times out again: hours pass, and each attempt is billed, before the failure
    /// is noticed.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "TimeoutSeconds": 900, "Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 6}], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "TimeoutSeconds": 900, "Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 1}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "retry-of-timeout",
        family: Errors,
        severity: Info,
        check: Check::Retrier(check),
    }
}

/// The error of a Lambda function that timed out.
const SANDBOX_TIMEOUT: &str = "Sandbox.Timedout";

/// The maximum duration of a Lambda function (Lambda developer guide, quotas).
const FUNCTION_SECONDS: i64 = 900;

/// Shorter retries are not reported.
const LONG_SECONDS: i64 = 3_600;

fn check(
    _cx: &Context<'_, '_>,
    state: &State<'_>,
    _index: usize,
    retrier: &Retrier<'_>,
    findings: &mut Findings<'_>,
) {
    let Kind::Task(task) = &state.kind else { return };
    let timeout = task.settings.timeout_seconds.as_ref();
    let written = timeout.and_then(crate::asl::Scalar::literal_i64);
    for node in &retrier.error_equals {
        let each = match node.as_str() {
            Some(TIMEOUT) => written,
            Some(SANDBOX_TIMEOUT) => Some(written.unwrap_or(FUNCTION_SECONDS).min(FUNCTION_SECONDS)),
            _ => None,
        };
        let Some(each) = each else { continue };
        let Some(backoff) = Backoff::from_retrier(retrier) else {
            continue;
        };
        let total = each.saturating_mul(backoff.max_attempts);
        if total >= LONG_SECONDS {
            findings.add(
                Finding::new(
                    node.span,
                    format!("retrying a timeout of {each} s can take {} more", duration::rounded(total.unsigned_abs() * 1_000)),
                )
                .help("retry timeouts at most once, in a separate retrier"),
            );
        }
    }
}
