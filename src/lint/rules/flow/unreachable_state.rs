//! `unreachable-state`

use crate::diagnostic::Fix;
use super::no_terminal_state::lacks_terminal;
use crate::lint::aws::{AwsCode, AwsMessage};
use crate::lint::context::{Context, Scope};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// No transition reaches this state from `StartAt`.
    ///
    /// ## What it does
    ///
    /// Follows the transitions from `StartAt` in every scope and reports the states that are not reached, including
    /// states that only reference each other or themselves.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects a definition with an unreachable state. Usually a transition to the state was
    /// forgotten.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}, "B": {"Type": "Pass", "Next": "B"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "unreachable-state",
        family: Flow,
        severity: Error,
        aws: AwsCode::MissingTransitionTarget,
        fix: Unsafe,
        check: Check::Scope(check),
    }
}

fn check(cx: &Context<'_, '_>, scope: &Scope<'_, '_>, findings: &mut Findings<'_>) {
    let flow = &scope.flow;
    // Without a start nothing is reachable, and with unknown parts a missing edge proves nothing. AWS does not check
    // reachability in a scope without a terminal state.
    if flow.start.is_none() || flow.is_partial || lacks_terminal(scope.machine) {
        return;
    }
    let reachable = flow.reachable();
    if reachable.iter().all(|&is_reachable| is_reachable) {
        return;
    }
    let as_meant = scope.reachable_states(findings.tainted());
    let states = scope.machine.node.get("States");
    for (i, state) in scope.machine.states.iter().enumerate() {
        if !reachable[i] {
            let removal = states.map(|states| cx.editor().remove_member(states, state.name_span));
            let name = state.name.as_str();
            findings.add(
                Finding::new(
                    state.name_span,
                    format!("state `{name}` is unreachable"),
                )
                .label("never entered")
                .help("add a transition to it or remove it")
                .fix(removal.map(|edits| Fix::guess("remove it", edits).changing_states()))
                .requires_whole_file()
                .cascading_if(as_meant.as_ref().is_none_or(|reachable| reachable[i]))
                .aws(AwsMessage::UnreachableState(name)),
            );
        }
    }
}
