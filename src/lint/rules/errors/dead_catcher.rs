//! `dead-catcher`

use super::{handler, shadow};
use crate::asl::State;
use crate::lint::context::Context;
use crate::lint::finding::Findings;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A catcher never applies because an earlier one matches its errors.
    ///
    /// ## What it does
    ///
    /// Reports error names that an earlier catcher, or the same one, already matches: the same name, or
    /// `States.TaskFailed`, which matches every error of a task except `States.Timeout`.
    ///
    /// ## Why is this bad?
    ///
    /// Only the first matching catcher applies, so the transition to the later one's `Next` never happens.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Catch": [{"ErrorEquals": ["Declined"], "Next": "B"}, {"ErrorEquals": ["Declined"], "Next": "C"}], "End": true}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Catch": [{"ErrorEquals": ["Declined"], "Next": "B"}, {"ErrorEquals": ["States.ALL"], "Next": "C"}], "End": true}, "B": {"Type": "Succeed"}, "C": {"Type": "Fail"}}}
    /// ```
    pub static RULE = {
        name: "dead-catcher",
        family: Errors,
        severity: Warning,
        fix: Unsafe,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    shadow::check(cx, "catcher", state.node.get("Catch"), handler::catchers(state), findings);
}
