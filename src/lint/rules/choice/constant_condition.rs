//! `constant-condition`

use crate::asl::State;
use crate::asl::state::Choice;
use crate::decision::{Decision, Reachability, condition_span};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// Condition of a Choice rule is always true or never true.
    ///
    /// ## What it does
    ///
    /// Evaluates each rule for all values that its comparisons can distinguish. Reports a rule that is true for none of them,
    /// and a rule that is true for all of them although others follow. A last rule that is always true is a common
    /// substitute for `Default` and is not reported.
    ///
    /// ## Why is this bad?
    ///
    /// The state always, or never, takes this rule. Usually a comparison is inverted, or a condition is left over from a test.
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
        check: Check::Decision(check),
    }
}

fn check(_: &Context<'_, '_>, _: &State<'_>, choice: &Choice<'_>, decision: Option<&Decision>, findings: &mut Findings<'_>) {
    let Some(decision) = decision else { return };
    for (i, (rule, reachability)) in choice.rules.iter().zip(&decision.rules).enumerate() {
        let finding = match reachability {
            Reachability::Never => Finding::new(condition_span(rule), "condition is never true")
                .help("the conditions contradict each other; invert one or remove the rule"),
            Reachability::Always if i + 1 < choice.rules.len() => Finding::new(
                condition_span(rule),
                "condition is always true; the rules after it are unreachable",
            )
            .help("move the rule to the end, or remove the rules after it"),
            _ => continue,
        };
        findings.add(finding);
    }
}
