//! `misplaced-states-all`

use super::handler::{self, Handler, known};
use crate::asl::State;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::error_name::ALL;

declare_rule! {
    /// `States.ALL` is not alone, or not in the last retrier or catcher.
    ///
    /// ## What it does
    ///
    /// Reports `States.ALL` next to other names in one `ErrorEquals`, and in a retrier or catcher that is not the last
    /// one.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition, since `States.ALL` matches every error and nothing next to it or
    /// after it could apply.
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
        aws: AwsCode::SchemaValidationFailed,
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
                "`States.ALL` is not alone",
                "it already matches the other names: remove them, or move them to a separate entry before it",
            )
        } else if i + 1 < handlers.len() {
            (
                "`States.ALL` is not last",
                "move it to the end, since it matches every error",
            )
        } else {
            continue;
        };
        let list = state.node.get(field).map_or(all.span, |node| node.span);
        findings.add(
            Finding::new(all.span, format!("{message} in `{field}`"))
                .help(help)
                .aws_at(AwsMessage::MisplacedStatesAll, list),
        );
    }
}
