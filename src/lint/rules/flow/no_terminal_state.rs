//! `no-terminal-state`

use crate::asl::{Kind, Machine, State};
use crate::document::Node;
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
        check: Check::Scope(check),
    }
}

fn check(_cx: &Context<'_, '_>, scope: &Scope<'_, '_>, findings: &mut Findings<'_>) {
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
        .requires_whole_file()
        .cascading_if(is_unsure || !scope.flow.dangling.is_empty())
        .aws_nowhere(AwsMessage::NoTerminalState),
    );
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
