//! `unknown-error-name`

use crate::diagnostic::Fix;
use super::handler;
use crate::asl::{Kind, State};
use crate::aws::error;
use crate::document::Node;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
use crate::source::Span;
use crate::spec::error_name::{RESERVED_PREFIX, is_reserved};

declare_rule! {
    /// An error name has the reserved prefix `States.`, but no such error exists.
    ///
    /// ## What it does
    ///
    /// Reports names in `ErrorEquals`, and the `Error` of a Fail state, that begin with `States.` and are not reserved
    /// error names of AWS, and misspellings of reserved names such as `State.Timeout` or `ALL`.
    ///
    /// ## Why is this bad?
    ///
    /// No service raises such an error, so the retrier or catcher never applies. The specification does not allow
    /// custom errors whose names begin with `States.`.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.TaskTimeout"]}], "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Fail", "Error": "States.OutOfStock", "Cause": "nothing left"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "f"}, "Retry": [{"ErrorEquals": ["States.Timeout", "OutOfStock"]}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-error-name",
        family: Errors,
        severity: Warning,
        fix: Either,
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    for (name, node) in handler::names(state) {
        if !is_meant_as_reserved(name) {
            continue;
        }
        let finding = Finding::new(node.span, format!("unknown error name `{name}`"));
        findings.add(match error::suggest(name) {
            Some(meant) => finding.help(prose::similar_name("error", meant)).fix(Fix::spelling(
                inside(cx, node),
                node.as_str().unwrap_or_default(),
                meant,
            )),
            None => finding.help(
                "remove the prefix if this is a custom error; `States.` is reserved for AWS",
            ),
        });
    }
    let Kind::Fail(fail) = &state.kind else { return };
    let Some(node) = fail
        .error
        .as_ref()
        .filter(|e| e.expression().is_none())
        .map(crate::asl::Scalar::node)
    else {
        return;
    };
    let Some(name) = handler::known(node) else { return };
    if name.starts_with(RESERVED_PREFIX) && !is_reserved(name) {
        findings.add(
            Finding::new(
                node.span,
                format!("`{name}` uses the prefix `States.`, which is reserved for AWS"),
            )
            .help("remove the prefix"),
        );
    }
}

/// Whether a name is a misspelled reserved name, or has the reserved prefix.
fn is_meant_as_reserved(name: &str) -> bool {
    if name.starts_with(RESERVED_PREFIX) {
        return !is_reserved(name);
    }
    // Without the prefix only the wildcards are recognized, since a function may raise an error called `Timeout`.
    let is_bare_wildcard = ["ALL", "TaskFailed"]
        .iter()
        .any(|tail| tail.eq_ignore_ascii_case(name));
    let lower = name.to_ascii_lowercase();
    let has_prefix = lower.starts_with("state.") || lower.starts_with("states.");
    (is_bare_wildcard || has_prefix) && error::suggest(name).is_some()
}

/// The text of a string, without its quotes.
fn inside(cx: &Context<'_, '_>, node: &Node) -> Span {
    node.as_text()
        .map_or(node.span, |text| cx.place(text, 0..text.len()))
}

#[cfg(test)]
mod tests {
    use super::is_meant_as_reserved;

    #[test]
    fn ignores_errors_that_functions_raise() {
        assert!(is_meant_as_reserved("States.Foo") && is_meant_as_reserved("State.Timeout"));
        assert!(is_meant_as_reserved("ALL") && is_meant_as_reserved("States.all"));
        assert!(!is_meant_as_reserved("States.ALL") && !is_meant_as_reserved("Timeout"));
        assert!(!is_meant_as_reserved("StateMachineDoesNotExist"));
        assert!(!is_meant_as_reserved("States.Http.StatusCode.503"));
    }
}
