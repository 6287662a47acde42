//! How often a state is tried, by how likely one attempt fails.

use crate::asl::semantics::backoff::Backoff;
use crate::asl::semantics::error_match;
use crate::asl::{Catcher, Retrier};

/// Attempts that are looked at one by one; waits of later ones are taken to be as long as the last of these.
const SINGLY: u64 = 10_000;

/// Attempts, per entry of a state.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Attempts {
    /// Expected attempts, the first included.
    pub(super) count: f64,
    /// How likely the last of them fails too.
    pub(super) failure: f64,
    /// Expected waits between them, in milliseconds.
    pub(super) wait_ms: f64,
}

/// The attempts at a state whose attempts fail with probability `p`, each with `error`; without a name the first
/// Retrier takes it.
pub(super) fn attempts(retriers: &[Retrier<'_>], p: f64, error: Option<&str>) -> Attempts {
    let taken = retriers
        .iter()
        .find(|r| error.is_none_or(|e| takes(r.names(), e)));
    let backoff = taken.map(Backoff::with_defaults);
    let mut attempts = Attempts {
        count: 1.0,
        failure: p,
        wait_ms: 0.0,
    };
    let Some(backoff) = backoff.filter(|_| p > 0.0) else {
        return attempts;
    };
    let most = u64::try_from(backoff.max_attempts).unwrap_or_default();
    // A delay with full jitter is half of the computed one on average.
    let share = if backoff.is_jittered { 0.5 } else { 1.0 };
    let singly = u32::try_from(most.min(SINGLY)).unwrap_or(u32::MAX);
    for used in 0..singly {
        attempts.count += attempts.failure;
        attempts.wait_ms += attempts.failure * share * backoff.delay(used) * 1_000.0;
        attempts.failure *= p;
    }
    if let Some(rest) = most.checked_sub(SINGLY).filter(|&rest| rest > 0) {
        // Σ failure·pᵏ for k below `rest`.
        #[expect(clippy::cast_precision_loss, reason = "attempts are at most 99,999,999")]
        let rest = rest as f64;
        let tries = if p < 1.0 {
            (1.0 - p.powf(rest)) / (1.0 - p)
        } else {
            rest
        };
        attempts.count += attempts.failure * tries;
        attempts.wait_ms += attempts.failure * tries * share * backoff.delay(singly).min(1e9) * 1_000.0;
        attempts.failure *= p.powf(rest);
    }
    attempts
}

/// The most retries of one entry: each Retrier counts its own.
pub(super) fn most_retries(retriers: &[Retrier<'_>]) -> u64 {
    retriers
        .iter()
        .map(|r| u64::try_from(Backoff::with_defaults(r).max_attempts).unwrap_or_default())
        .fold(0, u64::saturating_add)
}

/// The index of the catcher that takes an error; without a name the first.
pub(super) fn catcher(catchers: &[Catcher<'_>], error: Option<&str>) -> Option<usize> {
    catchers
        .iter()
        .position(|c| error.is_none_or(|e| takes(c.names(), e)))
}

/// Whether one of the names in an `ErrorEquals` takes an error.
fn takes<'d>(mut names: impl Iterator<Item = &'d str>, error: &str) -> bool {
    names.any(|name| error_match::matches(name, error))
}
