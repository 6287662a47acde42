//! The expected number of attempts of a state, from the probability that one attempt fails.

use crate::asl::semantics::backoff::Backoff;
use crate::asl::semantics::error_match;
use crate::asl::{Catcher, Retrier};

/// Attempts that are computed one by one. Later waits are assumed to be as long as the last of these.
const EXACT_ATTEMPTS: u64 = 10_000;

/// The attempts per visit of a state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Attempts {
    /// The expected number, including the first.
    pub(super) count: f64,
    /// The probability that the last one fails.
    pub(super) failure: f64,
    /// The expected time between them, in milliseconds.
    pub(super) wait_ms: f64,
}

/// The attempts of a state if each fails with probability `p` and the given error. An unknown error is handled by the
/// first retrier.
pub(super) fn attempts(retriers: &[Retrier<'_>], p: f64, error: Option<&str>) -> Attempts {
    let retrier = retriers
        .iter()
        .find(|r| error.is_none_or(|e| matches_any(r.names(), e)));
    let backoff = retrier.map(Backoff::with_defaults);
    let mut attempts = Attempts {
        count: 1.0,
        failure: p,
        wait_ms: 0.0,
    };
    let Some(backoff) = backoff.filter(|_| p > 0.0) else {
        return attempts;
    };
    let max_retries = u64::try_from(backoff.max_attempts).unwrap_or_default();
    // With full jitter, the mean delay is half of the computed one.
    let jitter_factor = if backoff.is_jittered { 0.5 } else { 1.0 };
    let exact = u32::try_from(max_retries.min(EXACT_ATTEMPTS)).unwrap_or(u32::MAX);
    for used in 0..exact {
        attempts.count += attempts.failure;
        attempts.wait_ms += attempts.failure * jitter_factor * backoff.delay(used) * 1_000.0;
        attempts.failure *= p;
    }
    if let Some(rest) = max_retries.checked_sub(EXACT_ATTEMPTS).filter(|&rest| rest > 0) {
        // The sum of failure·pᵏ for k below `rest`.
        #[expect(clippy::cast_precision_loss, reason = "attempts are at most 99,999,999")]
        let rest = rest as f64;
        let attempts_per_failure = if p < 1.0 {
            (1.0 - p.powf(rest)) / (1.0 - p)
        } else {
            rest
        };
        attempts.count += attempts.failure * attempts_per_failure;
        attempts.wait_ms +=
            attempts.failure * attempts_per_failure * jitter_factor * backoff.delay(exact).min(1e9) * 1_000.0;
        attempts.failure *= p.powf(rest);
    }
    attempts
}

/// The maximum number of retries per visit. Each retrier counts separately.
pub(super) fn max_retries(retriers: &[Retrier<'_>]) -> u64 {
    retriers
        .iter()
        .map(|r| u64::try_from(Backoff::with_defaults(r).max_attempts).unwrap_or_default())
        .fold(0, u64::saturating_add)
}

/// The index of the catcher that handles the error. An unknown error is handled by the first.
pub(super) fn catcher(catchers: &[Catcher<'_>], error: Option<&str>) -> Option<usize> {
    catchers
        .iter()
        .position(|c| error.is_none_or(|e| matches_any(c.names(), e)))
}

/// Whether one of the names in `ErrorEquals` matches the error.
fn matches_any<'d>(mut names: impl Iterator<Item = &'d str>, error: &str) -> bool {
    names.any(|name| error_match::matches(name, error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::lower;
    use crate::document::{self, Syntax};
    use crate::source::SourceFile;
    use std::sync::Arc;

    /// The attempts of a task with this `Retry` if each fails with probability `p`, and the maximum of retries.
    fn with_retry(retry: &str, p: f64) -> (Attempts, u64) {
        let text = format!(
            r#"{{"StartAt": "A", "States": {{"A": {{"Type": "Task", "Resource": "R", "Retry": {retry}, "End": true}}}}}}"#
        );
        let document = document::read(Arc::new(SourceFile::new("a", text)), Syntax::Json);
        let machine = lower::machine(&document.roots[0]);
        let retriers = machine.states[0].retry();
        (attempts(retriers, p, None), max_retries(retriers))
    }

    #[test]
    fn computes_attempts_from_the_failure_rate() {
        let all = r#""ErrorEquals": ["States.ALL"]"#;
        let cases = [
            // Fields, failure rate: expected attempts, failure of the last, wait in ms, maximum of retries.
            ("", 0.0, (1.0, 0.0, 0.0, 3)),
            ("", 0.5, (1.875, 0.0625, 1_500.0, 3)),
            ("", 1.0, (4.0, 1.0, 7_000.0, 3)),
            (r#", "MaxAttempts": 0"#, 0.5, (1.0, 0.5, 0.0, 0)),
            (
                r#", "MaxAttempts": 1, "JitterStrategy": "FULL""#,
                0.5,
                (1.5, 0.25, 250.0, 1),
            ),
            // Invalid values, which --force lets through.
            (r#", "MaxAttempts": -1"#, 0.5, (1.0, 0.5, 0.0, 0)),
            (
                r#", "MaxAttempts": -99999999999999999999"#,
                0.5,
                (1.0, 0.5, 0.0, 0),
            ),
            (
                r#", "MaxAttempts": 1, "IntervalSeconds": -5"#,
                0.5,
                (1.5, 0.25, 0.0, 1),
            ),
            (
                r#", "MaxAttempts": 2, "BackoffRate": -2"#,
                1.0,
                (3.0, 1.0, 1_000.0, 2),
            ),
        ];
        for (fields, p, (count, failure, wait_ms, max)) in cases {
            let expected = Attempts {
                count,
                failure,
                wait_ms,
            };
            assert_eq!(
                with_retry(&format!("[{{{all}{fields}}}]"), p),
                (expected, max),
                "{fields}"
            );
        }
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "whole numbers are exact")]
    fn sums_the_attempts_beyond_those_computed_one_by_one() {
        let retry = r#"[{"ErrorEquals": ["States.ALL"], "MaxAttempts": 99999999, "BackoffRate": 1}]"#;
        let (attempts, _) = with_retry(retry, 1.0);
        assert_eq!(attempts.count, 100_000_000.0);
        assert_eq!(attempts.wait_ms, 99_999_999_000.0);
        assert!((with_retry(retry, 0.5).0.count - 2.0).abs() < 1e-9);
    }
}
