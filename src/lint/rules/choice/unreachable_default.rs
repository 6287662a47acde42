//! `unreachable-default`

use crate::asl::State;
use crate::asl::state::Choice;
use crate::decision::Decision;
use crate::diagnostic::Fix;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// `Default` of a Choice state is unreachable.
    ///
    /// ## What it does
    ///
    /// Reports `Default` if the rules match every value of every type, or make the execution fail.
    ///
    /// ## Why is this bad?
    ///
    /// The transition of `Default` is dead code. If it was meant for a missing field, for example, the execution fails
    /// instead.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.n", "IsPresent": true, "Next": "B"}, {"Variable": "$.n", "IsPresent": false, "Next": "B"}], "Default": "C"}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.n", "IsPresent": true, "Next": "B"}], "Default": "C"}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    pub static RULE = {
        name: "unreachable-default",
        family: Choice,
        severity: Warning,
        fix: Unsafe,
        check: Check::Decision(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, _: &Choice<'_>, decision: Option<&Decision>, findings: &mut Findings<'_>) {
    let Some(member) = state.node.member("Default") else {
        return;
    };
    if decision.is_some_and(|d| d.has_unmatched == Some(false)) {
        findings.add(
            Finding::new(
                member.key_span,
                "`Default` is unreachable: every value matches a rule or fails the execution",
            )
            .help("remove it, or remove the rule that matches the values meant for it")
            .fix(Fix::guess("remove it", cx.editor().remove_member(state.node, member.key_span))),
        );
    }
}
