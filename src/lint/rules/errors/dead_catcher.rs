//! `dead-catcher`

use super::{handler, shadow};
use crate::asl::State;
use crate::lint::context::Context;
use crate::lint::finding::Findings;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A catcher never applies, as an earlier one takes its errors.
    ///
    /// ## What it does
    ///
    /// Walks the catchers in order and reports names of errors that an earlier catcher, or the same one, has taken:
    /// the same name, or `States.TaskFailed`, which takes every error of a task but `States.Timeout`.
    ///
    /// ## Why is this bad?
    ///
    /// Only the first catcher that matches counts, so the way to the later one's `Next` is never taken.
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
        check: Check::State(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    shadow::check("catcher", &handler::catchers(state), findings);
}
