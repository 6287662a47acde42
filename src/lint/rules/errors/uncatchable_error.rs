//! `uncatchable-error`

use super::handler;
use crate::asl::State;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::error_name::{self, Matched};

declare_rule! {
    /// A retrier or catcher names an error that cannot be caught.
    ///
    /// ## What it does
    ///
    /// Reports `States.Runtime` in `ErrorEquals`.
    ///
    /// ## Why is this bad?
    ///
    /// `States.Runtime` (a path that matches nothing, arguments that a service does not accept) ends the execution
    /// immediately. Neither `States.ALL` nor its own name matches it.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Catch": [{"ErrorEquals": ["States.Runtime"], "Next": "B"}], "Next": "B"}, "B": {"Type": "Succeed"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "B"}], "Next": "B"}, "B": {"Type": "Succeed"}}}
    /// ```
    pub static RULE = {
        name: "uncatchable-error",
        family: Errors,
        severity: Warning,
        check: Check::State(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    for (name, node) in handler::names(state) {
        if error_name::find(name).is_some_and(|reserved| reserved.matched == Matched::Never) {
            findings.add(
                Finding::new(node.span, format!("`{name}` cannot be caught or retried"))
                    .help("remove it; prevent the error instead, for example with a Choice state and `IsPresent`"),
            );
        }
    }
}
