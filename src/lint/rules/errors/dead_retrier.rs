//! `dead-retrier`

use super::{handler, shadow};
use crate::asl::State;
use crate::lint::context::Context;
use crate::lint::finding::Findings;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A retrier never applies because an earlier one matches its errors.
    ///
    /// ## What it does
    ///
    /// Reports error names that an earlier retrier, or the same one, already matches: the same name, or
    /// `States.TaskFailed`, which matches every error of a task except `States.Timeout`.
    ///
    /// ## Why is this bad?
    ///
    /// Only the first matching retrier applies. Once its attempts are used up, later ones are not tried.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.TaskFailed"]}, {"ErrorEquals": ["Lambda.TooManyRequestsException"], "MaxAttempts": 8}], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["Lambda.TooManyRequestsException"], "MaxAttempts": 8}, {"ErrorEquals": ["States.TaskFailed"]}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "dead-retrier",
        family: Errors,
        severity: Warning,
        fix: Unsafe,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    shadow::check(cx, "retrier", state.node.get("Retry"), handler::retriers(state), findings);
}
