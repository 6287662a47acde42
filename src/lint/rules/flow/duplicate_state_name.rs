//! `duplicate-state-name`

use crate::asl::State;
use crate::lint::aws::AwsCode;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use foldhash::{HashMap, HashMapExt};

declare_rule! {
    /// Two states have the same name.
    ///
    /// ## What it does
    ///
    /// Compares the names of all states, including those inside Parallel branches and Map processors.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS requires names that are unique in the whole state machine, since execution histories
    /// identify states by name.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "ItemProcessor": {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "ItemProcessor": {"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "duplicate-state-name",
        family: Flow,
        severity: Error,
        aws: AwsCode::DuplicateStateName,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    let mut first: HashMap<&str, &State<'_>> = HashMap::new();
    for state in cx.scopes.iter().flat_map(|s| &s.machine.states) {
        let name = state.name.as_str();
        if state.name.has_placeholder() {
            continue;
        }
        if let Some(other) = first.get(name) {
            findings.add(
                Finding::new(state.name_span, format!("duplicate state name `{name}`"))
                    .related(other.name_span, "first defined here")
                    .help("rename one of them; names must be unique across all branches and processors"),
            );
        } else {
            first.insert(name, state);
        }
    }
}
