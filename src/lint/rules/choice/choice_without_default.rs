//! `choice-without-default`

use super::decision::decide;
use crate::asl::{Kind, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A Choice has no `Default`.
    ///
    /// ## What it does
    ///
    /// Reports Choice states without `Default`, unless the rules take every value of the types that they ask for: `true` and
    /// `false`, or numbers below 5 and from 5 on.
    ///
    /// ## Why is this bad?
    ///
    /// Where no rule holds, the execution fails with an error that the Choice cannot catch.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.kind", "StringEquals": "order", "Next": "B"}]}, "B": {"Type": "Succeed"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.kind", "StringEquals": "order", "Next": "B"}], "Default": "C"}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericLessThan": 5, "Next": "B"}, {"Variable": "$.n", "NumericGreaterThanEquals": 5, "Next": "C"}]}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    pub static RULE = {
        name: "choice-without-default",
        family: Choice,
        severity: Info,
        check: Check::State(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let Kind::Choice(choice) = &state.kind else { return };
    if state.node.get("Default").is_some() || choice.rules.is_empty() {
        return;
    }
    let takes_all = decide(choice).is_some_and(|d| d.has_unmatched_expected == Some(false));
    if !takes_all {
        findings.add(
            Finding::new(
                state.name_span,
                format!("Choice `{}` has no `Default`", state.name.as_str()),
            )
            .help(
                "name in `Default` the state to go to where no rule holds, be it a Fail with a cause to read",
            )
            .unless_tainted(state.node, "Default"),
        );
    }
}
