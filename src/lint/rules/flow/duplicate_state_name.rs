//! `duplicate-state-name`

use crate::asl::transition_graph::exits;
use crate::asl::{Machine, State};
use crate::diagnostic::{Edit, Fix};
use crate::lint::aws::AwsCode;
use crate::lint::context::Context;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::quota::STATE_NAME_CHARACTERS;
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
        fix: Unsafe,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    let mut first: HashMap<&str, &State<'_>> = HashMap::new();
    let mut given = Vec::new();
    for scope in &cx.scopes {
        for state in &scope.machine.states {
            let name = state.name.as_str();
            if state.name.has_placeholder() {
                continue;
            }
            if let Some(other) = first.get(name) {
                let is_in_scope = scope.machine.states.iter().any(|s| std::ptr::eq(s, *other));
                let finding = Finding::new(state.name_span, format!("duplicate state name `{name}`"))
                    .related(other.name_span, "first defined here")
                    .help("rename one of them; names must be unique across all branches and processors");
                // Which of two states of one scope a transition means is unknown.
                findings.add(if is_in_scope {
                    finding
                } else {
                    let new = free_name(cx, name, &given);
                    let finding = finding.fix(Fix::guess(
                        format!("rename this one and the references to it to `{new}`"),
                        renamed(cx, scope.machine, state, &new),
                    ));
                    given.push(new);
                    finding
                });
            } else {
                first.insert(name, state);
            }
        }
    }
}

/// The name with the first number that makes it unique.
fn free_name(cx: &Context<'_, '_>, name: &str, given: &[String]) -> String {
    let separator = if name.contains(' ') { " " } else { "" };
    let is_free =
        |new: &String| !given.contains(new) && cx.state_named(new).is_none() && new.chars().count() <= STATE_NAME_CHARACTERS;
    let numbered = (2_usize..).map(|n| format!("{name}{separator}{n}"));
    numbered.take(1000).find(is_free).unwrap_or_else(|| name.to_owned())
}

/// Renames a state and every reference to it in its scope.
fn renamed(
    cx: &Context<'_, '_>,
    scope: &Machine<'_>,
    state: &State<'_>,
    new: &str,
) -> Result<Vec<Edit>, &'static str> {
    let old = state.name.as_str();
    let transitions = scope.states.iter().flat_map(exits).map(|(_, target)| target);
    let references = scope.start_at.into_iter().chain(transitions);
    let places = references
        .filter(|target| target.name.as_str() == old)
        .map(|target| target.span);
    let mut edits = Vec::new();
    for place in std::iter::once(state.name_span).chain(places) {
        edits.extend(cx.editor().rewrite(place, old, new)?);
    }
    Ok(edits)
}
