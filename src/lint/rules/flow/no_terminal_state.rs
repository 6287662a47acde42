//! `no-terminal-state`

use crate::asl::{Kind, Machine, State};
use crate::diagnostic::Fix;
use crate::document::Node;
use crate::edit::Content;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, Scope};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A scope has no terminal state.
    ///
    /// ## What it does
    ///
    /// Reports a state machine, branch, or item processor in which no state has `"End": true` and none is a Succeed or
    /// Fail state.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition, since the execution could never end.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "no-terminal-state",
        family: Flow,
        severity: Error,
        aws: AwsCode::MissingEndState,
        fix: Unsafe,
        check: Check::Scope(check),
    }
}

fn check(cx: &Context<'_, '_>, scope: &Scope<'_, '_>, findings: &mut Findings<'_>) {
    let machine = scope.machine;
    if !lacks_terminal(machine) {
        return;
    }
    let place = machine
        .node
        .member("States")
        .map_or(machine.node.span, |m| m.key_span);
    let tainted = findings.tainted();
    let is_unsure = tainted.contains(machine.node.span, "States")
        || machine.states.iter().any(|state| tainted.exit_is_tainted(state.node));
    findings.add(
        Finding::new(
            place,
            "no terminal state: expected `\"End\": true`, or a Succeed or Fail state",
        )
        .help("add `\"End\": true` to the last state")
        .fix(end_of_loop(cx, machine))
        .requires_whole_file()
        .cascading_if(is_unsure || !scope.flow.dangling.is_empty())
        .aws_nowhere(AwsMessage::NoTerminalState),
    );
}

/// Ends at the last state, if its transition leads back.
fn end_of_loop(cx: &Context<'_, '_>, machine: &Machine<'_>) -> Option<Fix> {
    let last = machine.states.last()?;
    let next = last.node.member("Next")?;
    let target = machine.find(next.value.as_str()?)?;
    let is_back = !matches!(last.kind, Kind::Choice(_)) && target < machine.states.len();
    let editor = cx.editor();
    let edits = || {
        let mut edits = editor.rename(next, "End")?;
        edits.extend(editor.replace(&next.value, &Content::Bool(true))?);
        Ok(edits)
    };
    let title = format!("end at `{}`", last.name.as_str());
    is_back.then(|| Fix::guess(title, edits()))
}

/// Whether every state is known and none of them is terminal.
pub(super) fn lacks_terminal(machine: &Machine<'_>) -> bool {
    let ends = |s: &State<'_>| {
        matches!(s.kind, Kind::Succeed(_) | Kind::Fail(_) | Kind::Unknown)
            || (s.transition.end && !matches!(s.kind, Kind::Choice(_)))
            || s.node.get("End").is_some_and(Node::is_unknown)
    };
    !machine.has_unknown_states && !machine.states.is_empty() && !machine.states.iter().any(ends)
}
