//! Retriers and catchers.

use super::{Expression, Payload, Target};
use crate::document::Node;

/// One element of `Retry`. Defaults (`IntervalSeconds` 1, `MaxAttempts` 3, `BackoffRate` 2.0, no jitter) are the
/// reader's to apply: here stands what was written.
#[derive(Debug)]
pub struct Retrier<'d> {
    /// The object.
    pub node: &'d Node,
    /// The strings of `ErrorEquals`.
    pub error_equals: Vec<&'d Node>,
    /// `IntervalSeconds`: the first wait, in seconds.
    pub interval_seconds: Option<&'d Node>,
    /// `MaxAttempts`: retries, not counting the first attempt.
    pub max_attempts: Option<&'d Node>,
    /// `BackoffRate`: what each wait is multiplied by.
    pub backoff_rate: Option<&'d Node>,
    /// `MaxDelaySeconds`: no wait is longer.
    pub max_delay_seconds: Option<&'d Node>,
    /// `JitterStrategy`: `FULL` or `NONE`.
    pub jitter_strategy: Option<&'d Node>,
}

/// One element of `Catch`.
#[derive(Debug)]
pub struct Catcher<'d> {
    /// The object.
    pub node: &'d Node,
    /// The strings of `ErrorEquals`.
    pub error_equals: Vec<&'d Node>,
    /// `Next`.
    pub next: Option<Target<'d>>,
    /// `ResultPath`: where the error output goes; see [`super::state::NullablePath`].
    pub result_path: super::state::NullablePath<'d>,
    /// `Assign`.
    pub assign: Option<Payload<'d>>,
    /// `Output` (JSONata).
    pub output: Option<Payload<'d>>,
}

impl<'d> Retrier<'d> {
    /// The error names, as text.
    pub fn names(&self) -> impl Iterator<Item = &'d str> + '_ {
        self.error_equals.iter().filter_map(|n| n.as_str())
    }
}

impl<'d> Catcher<'d> {
    /// The error names, as text.
    pub fn names(&self) -> impl Iterator<Item = &'d str> + '_ {
        self.error_equals.iter().filter_map(|n| n.as_str())
    }

    /// Every expression of the catcher.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression<'d>> {
        let payloads = self
            .assign
            .iter()
            .chain(&self.output)
            .flat_map(|p| &p.expressions);
        self.result_path.expression().into_iter().chain(payloads)
    }
}
