//! `misplaced-states-all`

use crate::diagnostic::Fix;
use crate::edit::Content;
use super::handler::{self, Handler, known};
use crate::asl::State;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::error_name::ALL;

declare_rule! {
    /// `States.ALL` is combined with other names, or not in the last retrier or catcher.
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
        fix: Either,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    check_list(cx, state, "Retry", handler::retriers(state), findings);
    check_list(cx, state, "Catch", handler::catchers(state), findings);
}

fn check_list<'a, 'd: 'a>(
    cx: &Context<'_, '_>,
    state: &State<'_>,
    field: &str,
    handlers: impl ExactSizeIterator<Item = Handler<'a, 'd>>,
    findings: &mut Findings<'_>,
) {
    let count = handlers.len();
    for (i, handler) in handlers.enumerate() {
        let Some(all) = handler.names.iter().find(|node| known(node) == Some(ALL)) else {
            continue;
        };
        let list = state.node.get(field);
        let editor = cx.editor();
        let (message, help, fix) = if handler.names.len() > 1 {
            let names = handler.node.get("ErrorEquals");
            let only = Content::List(vec![Content::text(ALL)]);
            (
                "`States.ALL` must appear alone",
                "it already matches the other names: remove them, or move them to a separate entry before it",
                names.map(|names| Fix::safe("remove the other names", editor.replace(names, &only))),
            )
        } else if i + 1 < count {
            (
                "`States.ALL` must appear last",
                "move it to the end, since it matches every error",
                list.filter(|list| list.as_array().is_some_and(|items| items.len() == count))
                    .map(|list| Fix::guess("move it to the end", editor.move_to_end(list, i))),
            )
        } else {
            continue;
        };
        let place = list.map_or(all.span, |node| node.span);
        findings.add(
            Finding::new(all.span, format!("{message} in `{field}`"))
                .help(help)
                .fix(fix)
                .aws_at(AwsMessage::MisplacedStatesAll, place),
        );
    }
}
