//! `constant-condition`

use super::decision::{condition_span, decide};
use super::outcome::Reachability;
use crate::asl::{Kind, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A Choice rule always holds, or never.
    ///
    /// ## What it does
    ///
    /// Goes through the values that a rule's tests can tell apart. Reports a rule that holds for none of them, and one that
    /// holds for all of them although others follow; as the last rule it is a common way to say `Default`, and is not
    /// reported.
    ///
    /// ## Why is this bad?
    ///
    /// There is no choice. Most often a test is turned round, or a condition was left over from trying things out.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"And": [{"Variable": "$.n", "NumericGreaterThan": 10}, {"Variable": "$.n", "NumericLessThan": 5}], "Next": "B"}], "Default": "C"}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    ///
    /// ```json
    /// {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Condition": "{% true %}", "Next": "B"}, {"Condition": "{% $states.input.n > 5 %}", "Next": "C"}], "Default": "C"}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"And": [{"Variable": "$.n", "NumericGreaterThan": 5}, {"Variable": "$.n", "NumericLessThan": 10}], "Next": "B"}], "Default": "C"}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    pub static RULE = {
        name: "constant-condition",
        family: Choice,
        severity: Warning,
        check: Check::State(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let Kind::Choice(choice) = &state.kind else { return };
    let Some(decision) = decide(choice) else {
        return;
    };
    for (i, (rule, reachability)) in choice.rules.iter().zip(&decision.rules).enumerate() {
        let finding = match reachability {
            Reachability::Never => Finding::new(condition_span(rule), "No value makes this rule hold")
                .help("its tests exclude one another: turn one round, or remove the rule"),
            Reachability::Always if i + 1 < choice.rules.len() => Finding::new(
                condition_span(rule),
                "This rule always holds, so the ones after it are never tried",
            )
            .help("move it to the end, or remove the others"),
            _ => continue,
        };
        findings.add(finding);
    }
}
