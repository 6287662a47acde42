//! Retriers and catchers.

use super::expression::{AllowedExpression, Expression, Owner};
use super::field::{NullablePath, Payload};
use super::fields::fields;
use super::object::Object;
use super::transition::Target;
use crate::document::Node;

fields! {
    /// One element of `Retry`, as written: defaults are applied by the reader.
    pub struct Retrier<'d> {
        /// The object.
        pub node: &'d Node = as_written(),
        /// The strings of `ErrorEquals`.
        pub error_equals: Vec<&'d Node> = error_equals(),
        /// `IntervalSeconds`: the first wait, in seconds.
        pub interval_seconds: Option<&'d Node> = value("IntervalSeconds"),
        /// `MaxAttempts`: the number of retries, not counting the first attempt.
        pub max_attempts: Option<&'d Node> = value("MaxAttempts"),
        /// `BackoffRate`: the factor by which each wait grows.
        pub backoff_rate: Option<&'d Node> = value("BackoffRate"),
        /// `MaxDelaySeconds`: the longest wait.
        pub max_delay_seconds: Option<&'d Node> = value("MaxDelaySeconds"),
        /// `JitterStrategy`: `FULL` or `NONE`.
        pub jitter_strategy: Option<&'d Node> = value("JitterStrategy"),
    }

    /// One element of `Catch`.
    pub struct Catcher<'d> {
        /// The object.
        pub node: &'d Node = as_written(),
        /// The strings of `ErrorEquals`.
        pub error_equals: Vec<&'d Node> = error_equals(),
        /// `Next`.
        pub next: Option<Target<'d>> = target("Next"),
        /// `ResultPath`: where the error output is put.
        pub result_path: NullablePath<'d> = nullable_path("ResultPath", AllowedExpression::ResultPath),
        /// `Assign`.
        pub assign: Option<Payload<'d>> = payload("Assign"),
        /// `Output` (JSONata).
        pub output: Option<Payload<'d>> = payload_in(None, Some("Output")),
    }
}

impl<'d> Object<'d> {
    /// `Retry`
    pub(super) fn retry(&self) -> Vec<Retrier<'d>> {
        let retriers = self.array("Retry").iter();
        retriers
            .map(|node| Retrier::lower(&self.inner(node, self.owner)))
            .collect()
    }

    /// `Catch`
    pub(super) fn catch(&self) -> Vec<Catcher<'d>> {
        let catchers = self.array("Catch").iter().enumerate();
        catchers
            .map(|(i, node)| Catcher::lower(&self.inner(node, Owner::Catcher(i))))
            .collect()
    }

    fn error_equals(&self) -> Vec<&'d Node> {
        let names = self.array("ErrorEquals").iter();
        names.filter(|n| n.as_text().is_some()).collect()
    }
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
