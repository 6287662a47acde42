//! How long a retrier waits, where all of it is written down.

use crate::asl::Retrier;
use crate::document::Node;
use crate::spec::defaults;

/// A retrier's settings, with the defaults of what is not given.
#[derive(Debug, Clone, Copy)]
pub(super) struct Backoff {
    /// Retries at most.
    pub max_attempts: i64,
    /// Seconds before the first.
    pub interval: f64,
    /// What each wait is multiplied by to give the next.
    pub rate: f64,
    /// No wait is longer, in seconds.
    pub max_delay: f64,
}

impl Backoff {
    /// The settings; none where one is hidden by a template or is no number.
    pub(super) fn of(retrier: &Retrier<'_>) -> Option<Self> {
        Some(Self {
            max_attempts: retrier
                .max_attempts
                .map_or(Some(defaults::MAX_ATTEMPTS.into()), Node::as_i64)?,
            interval: retrier
                .interval_seconds
                .map_or(Some(defaults::INTERVAL_SECONDS), Node::as_f64)?,
            rate: retrier
                .backoff_rate
                .map_or(Some(defaults::BACKOFF_RATE), Node::as_f64)?,
            max_delay: retrier
                .max_delay_seconds
                .map_or(Some(f64::INFINITY), Node::as_f64)?,
        })
    }

    /// The retries whose waits, one after the other, fit into so many seconds; all of them where all fit.
    pub(super) fn attempts_within(self, limit: f64) -> i64 {
        let (mut fitting, mut too_many) = (0, self.max_attempts.saturating_add(1));
        while fitting + 1 < too_many {
            let middle = fitting + (too_many - fitting) / 2;
            if self.total(middle) <= limit {
                fitting = middle;
            } else {
                too_many = middle;
            }
        }
        fitting
    }

    /// The seconds that the first waits take together.
    fn total(self, attempts: i64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "at most 99,999,999")]
        let attempts = attempts as f64;
        let longest = self.max_delay.max(0.0);
        if self.interval <= 0.0 || self.rate <= 1.0 || self.interval >= longest {
            return attempts * self.interval.clamp(0.0, longest);
        }
        let growing = (longest / self.interval).log(self.rate).ceil().min(attempts);
        let grown = self.interval * (self.rate.powf(growing) - 1.0) / (self.rate - 1.0);
        let steady = attempts - growing;
        if steady > 0.0 {
            grown + steady * longest
        } else {
            grown
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Backoff;

    fn within(limit: f64, max_attempts: i64, interval: f64, rate: f64, max_delay: f64) -> i64 {
        Backoff {
            max_attempts,
            interval,
            rate,
            max_delay,
        }
        .attempts_within(limit)
    }

    #[test]
    fn waits_add_up() {
        let forever = f64::INFINITY;
        assert_eq!(within(21.0, 3, 3.0, 2.0, forever), 3);
        assert_eq!(within(20.0, 3, 3.0, 2.0, forever), 2);
        assert_eq!(within(100.0, 1_000, 10.0, 1.0, forever), 10);
        assert_eq!(within(100.0, 1_000, 10.0, 2.0, 20.0), 5);
        assert_eq!(within(31_536_000.0, 30, 1.0, 2.0, forever), 24);
        assert_eq!(within(300.0, 99_999_999, 0.0, 1.0, forever), 99_999_999);
        assert_eq!(within(300.0, 99_999_999, 0.0, 2.0, forever), 99_999_999);
        assert_eq!(within(300.0, 99_999_999, 1e-9, 1.000_000_1, forever), 99_999_999);
        assert_eq!(within(300.0, 99_999_999, -5.0, 2.0, 0.0), 99_999_999);
        assert_eq!(within(300.0, 0, 1.0, 2.0, forever), 0);
    }
}
