//! `duplicate-state-name`

use crate::asl::State;
use crate::lint::aws::AwsCode;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use foldhash::{HashMap, HashMapExt};

declare_rule! {
    /// Two states of different scopes have the same name.
    ///
    /// ## What it does
    ///
    /// Compares the names of all states, those inside Parallel branches and Map processors included.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition: state names are unique in the whole machine, as histories tell states apart by name.
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
        aws: AwsCode::Refused("RULE"),
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
                Finding::new(state.name_span, format!("A second state is called `{name}`"))
                    .related(other.name_span, "the first one is here")
                    .help("state names are unique in the whole machine, across branches and processors: rename one"),
            );
        } else {
            first.insert(name, state);
        }
    }
}
