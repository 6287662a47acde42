//! `unknown-error-name`

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
    /// A name of an error begins with `States.`, or nearly so, and AWS knows no such error.
    ///
    /// ## What it does
    ///
    /// Reports names in `ErrorEquals`, and the `Error` of a Fail state, that begin with `States.` and are none of those that
    /// AWS reserves; also names that are a slip of the pen away from one, such as `State.Timeout` or `ALL`.
    ///
    /// ## Why is this bad?
    ///
    /// Nothing raises such an error, so the retrier or catcher never applies. Names that begin with `States.` are
    /// reserved: the specification forbids them for errors of one's own.
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
        check: Check::State(check),
    }
}

fn check(cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    for (name, node) in handler::names(state) {
        if !is_meant_as_reserved(name) {
            continue;
        }
        let finding = Finding::new(node.span, format!("AWS knows no error `{name}`"));
        findings.add(match error::suggest(name) {
            Some(meant) => finding.help(prose::similar_name("error", meant)).fix(
                format!("write `{meant}`"),
                inside(cx, node),
                meant,
            ),
            None => finding.help(
                "names that begin with `States.` are AWS's own; leave the prefix out if the error is yours",
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
                format!("`{name}` begins with `States.`, which is reserved for AWS's own errors"),
            )
            .help("leave the prefix out"),
        );
    }
}

/// Whether a name is a reserved one, misspelt, or would be one if AWS knew it.
fn is_meant_as_reserved(name: &str) -> bool {
    if name.starts_with(RESERVED_PREFIX) {
        return !is_reserved(name);
    }
    // Without their prefix only the wildcards mean anything: a function may well raise an error called `Timeout`.
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
    fn names_of_functions_are_left_alone() {
        assert!(is_meant_as_reserved("States.Foo") && is_meant_as_reserved("State.Timeout"));
        assert!(is_meant_as_reserved("ALL") && is_meant_as_reserved("States.all"));
        assert!(!is_meant_as_reserved("States.ALL") && !is_meant_as_reserved("Timeout"));
        assert!(!is_meant_as_reserved("StateMachineDoesNotExist"));
        assert!(!is_meant_as_reserved("States.Http.StatusCode.503"));
    }
}
