//! `misplaced-states-all`

use super::handler::{self, Handler, known};
use crate::asl::State;
use crate::lint::aws::{self, AwsCode};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::error_name::ALL;

declare_rule! {
    /// States.ALL does not stand alone, or not in the last retrier or catcher.
    ///
    /// ## What it does
    ///
    /// Reports `States.ALL` beside other names in one `ErrorEquals`, and in a retrier or catcher that others follow.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition: `States.ALL` matches whatever comes, so nothing beside it or after it can count.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL", "States.Timeout"]}], "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["States.Timeout"]}], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.Timeout"], "MaxAttempts": 0}, {"ErrorEquals": ["States.ALL"]}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "misplaced-states-all",
        family: Errors,
        severity: Error,
        aws: AwsCode::Refused("SCHEMA_VALIDATION_FAILED"),
        check: Check::State(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    check_list(state, "Retry", &handler::retriers(state), findings);
    check_list(state, "Catch", &handler::catchers(state), findings);
}

fn check_list(state: &State<'_>, field: &str, handlers: &[Handler<'_, '_>], findings: &mut Findings<'_>) {
    for (i, handler) in handlers.iter().enumerate() {
        let Some(all) = handler.names.iter().find(|node| known(node) == Some(ALL)) else {
            continue;
        };
        let (message, help) = if handler.names.len() > 1 {
            (
                "`States.ALL` does not stand alone",
                "it matches the other names, too: remove them, or give them an element of their own before it",
            )
        } else if i + 1 < handlers.len() {
            (
                "`States.ALL` does not stand last",
                "it takes every error, so move it to the end",
            )
        } else {
            continue;
        };
        let list = state.node.get(field).map_or(all.span, |node| node.span);
        findings.add(
            Finding::new(all.span, format!("{message} in `{field}`"))
                .help(help)
                .aws_at(aws::MISPLACED_STATES_ALL, list),
        );
    }
}
