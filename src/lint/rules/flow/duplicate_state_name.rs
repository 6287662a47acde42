//! `duplicate-state-name`

use crate::asl::State;
use crate::asl::transition_graph::node;
use crate::diagnostic::{Edit, Fix};
use crate::lint::aws::AwsCode;
use crate::lint::context::{Context, Scope};
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::spec::quota::STATE_NAME_CHARACTERS;
use foldhash::{HashMap, HashMapExt, HashSet};
use petgraph::Direction;

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
    let states = cx.scopes.iter().map(|scope| scope.machine.states.len()).sum();
    let mut first: HashMap<&str, (usize, &State<'_>)> = HashMap::with_capacity(states);
    let mut names = Names::default();
    for (i, scope) in cx.scopes.iter().enumerate() {
        for (j, state) in scope.machine.states.iter().enumerate() {
            let name = state.name.as_str();
            if state.name.has_placeholder() {
                continue;
            }
            let Some((other_scope, other)) = first.get(name) else {
                first.insert(name, (i, state));
                continue;
            };
            let finding = Finding::new(state.name_span, format!("duplicate state name `{name}`"))
                .related(other.name_span, "first defined here")
                .help("rename one of them; names must be unique across all branches and processors");
            // Which of two states of one scope a transition means is unknown.
            let new = (*other_scope != i).then(|| names.next(cx, name)).flatten();
            findings.add(finding.fix(new.map(|new| {
                Fix::guess(
                    format!("rename this one and the references to it to `{new}`"),
                    renamed(cx, scope, j, &new),
                )
            })));
        }
    }
}

/// New names, each of which is given once.
#[derive(Default)]
struct Names<'a> {
    /// The last number after each name.
    numbers: HashMap<&'a str, usize>,
    given: HashSet<String>,
}

impl<'a> Names<'a> {
    /// How many numbers are tried for a state.
    const TRIES: usize = 64;

    /// A name with a number that makes it unique.
    fn next(&mut self, cx: &Context<'_, '_>, name: &'a str) -> Option<String> {
        let separator = if name.contains(' ') { " " } else { "" };
        let number = self.numbers.entry(name).or_insert(1);
        for _ in 0..Self::TRIES {
            *number += 1;
            let new = format!("{name}{separator}{number}");
            let is_free = cx.state_named(&new).is_none() && !self.given.contains(&new);
            if is_free && new.chars().count() <= STATE_NAME_CHARACTERS {
                self.given.insert(new.clone());
                return Some(new);
            }
        }
        None
    }
}

/// Renames a state and every reference to it in its scope.
fn renamed(
    cx: &Context<'_, '_>,
    scope: &Scope<'_, '_>,
    index: usize,
    new: &str,
) -> Result<Vec<Edit>, &'static str> {
    let state = &scope.machine.states[index];
    let incoming = scope.flow.graph.edges_directed(node(index), Direction::Incoming);
    let start = scope.machine.start_at.filter(|_| scope.flow.start == Some(index));
    let references = start.map(|start| start.span).into_iter();
    let references = references.chain(incoming.map(|edge| edge.weight().span));
    let mut edits = Vec::new();
    for place in std::iter::once(state.name_span).chain(references) {
        edits.extend(cx.editor().rewrite(place, state.name.as_str(), new)?);
    }
    Ok(edits)
}
