//! `choice-without-default`

use crate::asl::State;
use crate::asl::state::Choice;
use crate::decision::Decision;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// Choice state has no `Default`.
    ///
    /// ## What it does
    ///
    /// Reports Choice states without `Default`, unless the rules match every value of the types that they compare: `true` and
    /// `false`, or numbers below 5 and numbers from 5 on.
    ///
    /// ## Why is this bad?
    ///
    /// If no rule matches, the execution fails with `States.NoChoiceMatched`, which the Choice state cannot catch.
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
        check: Check::Decision(check),
    }
}

fn check(state: &State<'_>, choice: &Choice<'_>, decision: Option<&Decision>, findings: &mut Findings<'_>) {
    if state.node.get("Default").is_some() || choice.rules.is_empty() {
        return;
    }
    let matches_all = decision.is_some_and(|d| d.has_unmatched_expected == Some(false));
    if !matches_all {
        findings.add(
            Finding::new(
                state.name_span,
                format!("Choice state `{}` has no `Default`", state.name.as_str()),
            )
            .help(
                "add a `Default` for values that no rule matches, such as a Fail state with a descriptive cause",
            )
            .unless_tainted(state.node, "Default"),
        );
    }
}
