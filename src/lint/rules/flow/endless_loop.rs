//! `endless-loop`

use super::no_terminal_state::lacks_terminal;
use crate::asl::Kind;
use crate::asl::transition_graph::node;
use crate::lint::context::{Context, Scope};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose;
use petgraph::algo::kosaraju_scc;
use petgraph::visit::{Dfs, Reversed};

declare_rule! {
    /// A loop has no exit.
    ///
    /// ## What it does
    ///
    /// Reports states from which no transition can reach a terminal state, although the scope has one.
    ///
    /// ## Why is this bad?
    ///
    /// Once entered, the loop runs until an error, a timeout, or the quota of 25,000 history events ends the execution,
    /// and every transition is billed.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Choice", "Choices": [{"Variable": "$.x", "BooleanEquals": true, "Next": "B"}], "Default": "Z"}, "B": {"Type": "Wait", "Seconds": 5, "Next": "C"}, "C": {"Type": "Pass", "Next": "B"}, "Z": {"Type": "Succeed"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 5, "Next": "B"}, "B": {"Type": "Choice", "Choices": [{"Variable": "$.x", "BooleanEquals": true, "Next": "A"}], "Default": "Z"}, "Z": {"Type": "Succeed"}}}
    /// ```
    pub static RULE = {
        name: "endless-loop",
        family: Flow,
        severity: Warning,
        check: Check::Scope(check),
    }
}

fn check(_cx: &Context<'_, '_>, scope: &Scope<'_, '_>, findings: &mut Findings<'_>) {
    let (machine, flow) = (scope.machine, &scope.flow);
    if flow.is_partial || !flow.dangling.is_empty() || lacks_terminal(machine) {
        return;
    }
    let reachable = flow.reachable();
    let can_end = can_end(scope);
    // In most scopes every state can end, so the loops need not be found.
    if reachable.iter().zip(&can_end).all(|(is_reachable, can_end)| !is_reachable || *can_end) {
        return;
    }
    for component in kosaraju_scc(&flow.graph) {
        let mut states: Vec<usize> = component.iter().map(|n| n.index()).collect();
        states.sort_unstable();
        let first = states[0];
        let loops = states.len() > 1 || flow.graph.contains_edge(node(first), node(first));
        if !loops || can_end[first] || !reachable[first] {
            continue;
        }
        let names: Vec<_> = states
            .iter()
            .map(|&i| format!("`{}`", machine.states[i].name.as_str()))
            .collect();
        let (subject, verb) = if names.len() == 1 {
            ("state", "forms")
        } else {
            ("states", "form")
        };
        findings.add(
            Finding::new(
                machine.states[first].name_span,
                format!(
                    "{subject} {} {verb} an infinite loop",
                    prose::list(&names)
                ),
            )
            .help("add a Choice state that exits the loop")
            .requires_whole_file()
            .cascading_if(
                states
                    .iter()
                    .any(|&i| findings.tainted().exit_is_tainted(machine.states[i].node)),
            ),
        );
    }
}

/// For each state, whether a terminal state is reachable from it.
fn can_end(scope: &Scope<'_, '_>) -> Vec<bool> {
    let mut can = vec![false; scope.machine.states.len()];
    let reversed = Reversed(&scope.flow.graph);
    for (i, state) in scope.machine.states.iter().enumerate() {
        let is_last =
            state.transition.end || matches!(state.kind, Kind::Succeed(_) | Kind::Fail(_) | Kind::Unknown);
        if is_last && !can[i] {
            let mut walk = Dfs::new(reversed, node(i));
            while let Some(n) = walk.next(reversed) {
                can[n.index()] = true;
            }
        }
    }
    can
}
