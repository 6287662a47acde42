//! `single-branch-parallel`

use crate::asl::{Kind, State};
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A Parallel state has only one branch.
    ///
    /// ## What it does
    ///
    /// Reports Parallel states with a single branch and neither `Retry` nor `Catch`.
    ///
    /// ## Why is this bad?
    ///
    /// Nothing runs in parallel: the states of the branch could be part of the enclosing scope, without an array around
    /// the result. With a `Retry` or `Catch` a single branch is a common way to handle errors of several states at
    /// once, which is not reported.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, {"StartAt": "C", "States": {"C": {"Type": "Pass", "End": true}}}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "single-branch-parallel",
        family: Map,
        severity: Info,
        check: Check::State(check),
    }
}

fn check(_cx: &Context<'_, '_>, state: &State<'_>, findings: &mut Findings<'_>) {
    let Kind::Parallel(parallel) = &state.kind else {
        return;
    };
    let [branch] = state.machines() else {
        return;
    };
    if branch.node.is_unknown() || !parallel.retry.is_empty() || !parallel.catch.is_empty() {
        return;
    }
    findings.add(
        Finding::new(
            state.name_span,
            format!("Parallel state `{}` has only one branch", state.name.as_str()),
        )
        .help("move the states out of the branch or add more branches")
        .requires_whole_file(),
    );
}
