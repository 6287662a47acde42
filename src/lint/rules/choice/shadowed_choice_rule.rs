//! `shadowed-choice-rule`

use crate::asl::State;
use crate::asl::state::Choice;
use crate::decision::{Decision, Reachability, condition_span};
use crate::diagnostic::Fix;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// Choice rule is unreachable because of earlier rules.
    ///
    /// ## What it does
    ///
    /// Evaluates the rules for all values that their comparisons can distinguish (the numbers and strings that are named,
    /// those between them, other types, and a missing field) and reports rules that no value reaches. Also reports a rule
    /// that is true only if an earlier one has already made the execution fail, such as an `IsPresent` that comes too late.
    ///
    /// ## Why is this bad?
    ///
    /// Rules are evaluated in order and the first that is true is taken. This rule never is, so its transition is dead code.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 5, "Next": "B"}, {"Variable": "$.n", "NumericGreaterThan": 10, "Next": "C"}], "Default": "C"}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.n", "NumericGreaterThan": 5, "Next": "B"}, {"Variable": "$.n", "IsPresent": false, "Next": "C"}], "Default": "B"}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.n", "IsPresent": false, "Next": "C"}, {"Variable": "$.n", "NumericGreaterThan": 10, "Next": "C"}, {"Variable": "$.n", "NumericGreaterThan": 5, "Next": "B"}], "Default": "C"}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    pub static RULE = {
        name: "shadowed-choice-rule",
        family: Choice,
        severity: Warning,
        fix: Unsafe,
        check: Check::Decision(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, choice: &Choice<'_>, decision: Option<&Decision>, findings: &mut Findings<'_>) {
    let Some(decision) = decision else { return };
    for (rule, reachability) in choice.rules.iter().zip(&decision.rules) {
        let own = condition_span(rule);
        let earlier = |i: usize| choice.rules.get(i).map_or(own, condition_span);
        let finding = match *reachability {
            // A rule that is always true is reported itself.
            Reachability::Shadowed(Some(i)) if decision.rules.get(i) == Some(&Reachability::Always) => {
                continue;
            }
            Reachability::Shadowed(Some(i)) => Finding::new(
                own,
                "rule is unreachable: whenever it is true, so is an earlier rule",
            )
            .related(earlier(i), "this rule is taken instead")
            .help("move the more specific rule before the more general one, or remove it"),
            Reachability::Shadowed(None) => Finding::new(
                own,
                "rule is unreachable: whenever it is true, so is one of the earlier rules",
            )
            .help("the earlier rules together match all its values; remove it, or make them more specific"),
            Reachability::Preempted(i) => {
                Finding::new(own, "rule is unreachable: an earlier rule fails first")
                    .related(
                        earlier(i),
                        "this rule reads the missing value, which fails the execution",
                    )
                    .help("test with `IsPresent` before any other comparison of the value")
            }
            Reachability::Reachable | Reachability::Always | Reachability::Never => continue,
        };
        let removal = state.node.get("Choices").and_then(|rules| {
            let index = rules.as_array()?.iter().position(|item| std::ptr::eq(item, rule.node))?;
            Some(Fix::guess("remove the rule", cx.editor().remove_item(rules, index)))
        });
        findings.add(finding.fix(removal));
    }
}
