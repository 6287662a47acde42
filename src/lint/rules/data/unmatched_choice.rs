//! `unmatched-choice`

use super::failure;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::shape::{Analysis, Fault};

declare_rule! {
    /// A value matches no rule of a Choice that has no `Default`.
    ///
    /// ## What it does
    ///
    /// Follows the known values to each Choice without `Default`, and reports a Choice that has no rule for one of them.
    ///
    /// ## Why is this bad?
    ///
    /// The execution fails with `States.Runtime`, which cannot be caught.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {
    ///   "StartAt": "A",
    ///   "States": {
    ///     "A": {"Type": "Pass", "Result": {"tier": "free"}, "Next": "C"},
    ///     "C": {"Type": "Choice", "Choices": [{"Variable": "$.tier", "StringEquals": "paid", "Next": "D"}]},
    ///     "D": {"Type": "Succeed"}
    ///   }
    /// }
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {
    ///   "StartAt": "A",
    ///   "States": {
    ///     "A": {"Type": "Pass", "Result": {"tier": "free"}, "Next": "C"},
    ///     "C": {"Type": "Choice", "Choices": [{"Variable": "$.tier", "StringEquals": "paid", "Next": "D"}], "Default": "D"},
    ///     "D": {"Type": "Succeed"}
    ///   }
    /// }
    /// ```
    pub static RULE = {
        name: "unmatched-choice",
        family: Data,
        severity: Error,
        check: Check::Data(check),
    }
}

fn check(cx: &Context<'_, '_>, analysis: &Analysis<'_, '_>, findings: &mut Findings<'_>) {
    for observation in analysis.observations.failing() {
        let Some((_, Fault::UnmatchedChoice { input })) = observation.faults.first() else {
            continue;
        };
        let subject = if observation.is_certain() { "no" } else { "for some values, no" };
        let message = format!("{subject} rule of `{}` matches, and it has no `Default`", observation.state.name.as_str());
        let finding = Finding::new(failure::span(observation), message)
            .help(format!("add a `Default`, or a rule for the input `{input}`"));
        findings.add(finding.severity(failure::severity(cx, observation)));
    }
}
