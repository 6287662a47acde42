//! The delays between the attempts of a retrier.
//!
//! The delay before the first retry is `IntervalSeconds`; each further one is multiplied by `BackoffRate`, and none
//! exceeds `MaxDelaySeconds`. Source: Amazon States Language specification, "Retrying after error".

use crate::asl::Retrier;
use crate::document::Node;
use crate::spec::defaults;

/// The numbers of a retrier, with defaults for those that are left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backoff {
    /// `MaxAttempts`: the maximum number of retries.
    pub max_attempts: i64,
    /// `IntervalSeconds`
    pub interval: f64,
    /// `BackoffRate`
    pub rate: f64,
    /// `MaxDelaySeconds`; infinite by default.
    pub max_delay: f64,
    /// `JitterStrategy` is `FULL`: each delay is random, up to the computed one.
    pub is_jittered: bool,
}

impl Backoff {
    /// The numbers as written; `None` if a template hides one of them or one is not a number.
    pub fn from_retrier(retrier: &Retrier<'_>) -> Option<Self> {
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
            is_jittered: is_jittered(retrier),
        })
    }

    /// The numbers as written, with the default for each that is hidden by a template or is not a number.
    pub fn with_defaults(retrier: &Retrier<'_>) -> Self {
        let number = |node: Option<&Node>, default| node.and_then(Node::as_f64).unwrap_or(default);
        #[expect(clippy::cast_possible_truncation, reason = "the cast saturates")]
        let max_attempts = number(retrier.max_attempts, defaults::MAX_ATTEMPTS.into()) as i64;
        Self {
            max_attempts: max_attempts.max(0),
            interval: number(retrier.interval_seconds, defaults::INTERVAL_SECONDS),
            rate: number(retrier.backoff_rate, defaults::BACKOFF_RATE),
            max_delay: number(retrier.max_delay_seconds, f64::INFINITY),
            is_jittered: is_jittered(retrier),
        }
    }

    /// The seconds before the retry after `used` others, without jitter.
    pub fn delay(self, used: u32) -> f64 {
        if self.interval <= 0.0 {
            return 0.0;
        }
        let grown = self.interval * self.rate.powi(i32::try_from(used).unwrap_or(i32::MAX));
        grown.min(self.max_delay).max(0.0)
    }

    /// How many retries have delays that together fit into `limit` seconds, up to the maximum.
    pub fn attempts_within(self, limit: f64) -> i64 {
        if self.total(self.max_attempts) <= limit {
            return self.max_attempts;
        }
        let (mut fitting, mut too_many) = (0, self.max_attempts);
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

    /// The sum of the first delays, in seconds.
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

fn is_jittered(retrier: &Retrier<'_>) -> bool {
    retrier.jitter_strategy.and_then(Node::as_str) == Some("FULL")
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
            is_jittered: false,
        }
        .attempts_within(limit)
    }

    #[test]
    fn delays_add_up() {
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

    #[test]
    fn delays_grow_up_to_the_maximum() {
        let delays = |interval, rate, max_delay| {
            let backoff = Backoff {
                max_attempts: 3,
                interval,
                rate,
                max_delay,
                is_jittered: false,
            };
            [0, 1, 2, 3].map(|used| backoff.delay(used))
        };
        for (interval, rate, max_delay, expected) in [
            (3.0, 2.0, f64::INFINITY, [3.0, 6.0, 12.0, 24.0]),
            (1.0, 1.5, 2.0, [1.0, 1.5, 2.0, 2.0]),
            (0.0, 2.0, f64::INFINITY, [0.0; 4]),
        ] {
            let actual = delays(interval, rate, max_delay);
            assert!(
                actual.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9),
                "{actual:?}"
            );
        }
    }
}
