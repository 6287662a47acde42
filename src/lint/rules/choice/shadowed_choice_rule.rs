//! `shadowed-choice-rule`

use super::decision::{condition_span, decide};
use super::outcome::Reachability;
use crate::asl::{Kind, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A Choice rule is never taken, as earlier ones come before it whenever it holds.
    ///
    /// ## What it does
    ///
    /// Goes through the values that the tests of a Choice can tell apart (the numbers and strings that are named and those
    /// between them, other types, a missing field) and reports rules that none of them leads to. Also reports a rule
    /// that holds only where an earlier one has already made the execution fail, such as an `IsPresent` that comes too
    /// late.
    ///
    /// ## Why is this bad?
    ///
    /// Rules are tried in order and the first that holds is taken: the way of this one is never gone.
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
        check: Check::State(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let Kind::Choice(choice) = &state.kind else { return };
    let Some(decision) = decide(choice) else {
        return;
    };
    for (rule, reachability) in choice.rules.iter().zip(&decision.rules) {
        let own = condition_span(rule);
        let earlier = |i: usize| choice.rules.get(i).map_or(own, condition_span);
        findings.add(match *reachability {
            // What a rule hides that always holds is that rule's fault.
            Reachability::Shadowed(Some(i)) if decision.rules.get(i) == Some(&Reachability::Always) => {
                continue;
            }
            Reachability::Shadowed(Some(i)) => Finding::new(
                own,
                "This rule is never taken: an earlier one holds whenever it does",
            )
            .related(earlier(i), "this one is taken instead")
            .help("move the narrower rule before the wider one, or remove it"),
            Reachability::Shadowed(None) => Finding::new(
                own,
                "This rule is never taken: whenever it holds, so does an earlier one",
            )
            .help("the earlier rules together take all its values: remove it, or narrow them"),
            Reachability::Preempted(i) => {
                Finding::new(own, "This rule is never taken: an earlier one fails first")
                    .related(
                        earlier(i),
                        "this one reads a value that is missing then, which ends the execution",
                    )
                    .help("test for presence before anything else is asked of the value")
            }
            Reachability::Reachable | Reachability::Always | Reachability::Never => continue,
        });
    }
}
