//! `undefined-variable`

use crate::asl::variable::{assigned, assigned_in, assigns, for_each_read};
use crate::diagnostic::Fix;
use super::reaching_assignments::ReachingAssignments;
use crate::asl::State;
use crate::lint::context::{Context, Scope};
use crate::lint::tainted_fields::TaintedFields;
use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::prose::{closest, similar_name};
use crate::source::{Span, to_offset};
use foldhash::HashMap;
use indexmap::IndexMap;
use std::cell::LazyCell;

declare_rule! {
    /// A variable is read where it cannot have a value.
    ///
    /// ## What it does
    ///
    /// Follows the transitions from `StartAt`, including those of catchers, and reports variables that no state on a
    /// path to the reading state assigns. A state reads the values from before it started, even in its own `Assign`.
    /// Parallel branches and Map processors read the variables that are assigned before that state; their own variables
    /// are lost when they end.
    ///
    /// ## Why is this bad?
    ///
    /// The variable has no value: a JSONPath state fails with `States.Runtime`, and a JSONata state fails with
    /// `States.QueryEvaluationError` if the result of the expression is undefined.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Parameters": {"total.$": "$total"}, "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "QueryLanguage": "JSONata", "States": {"A": {"Type": "Pass", "Assign": {"total": 1}, "Output": "{% $total %}", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Assign": {"total": 1}, "Next": "B"}, "B": {"Type": "Pass", "Parameters": {"total.$": "$total"}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "undefined-variable",
        family: Variables,
        severity: Warning,
        fix: Either,
        check: Check::Machine(check),
    }
}

fn check(cx: &Context<'_, '_>, findings: &mut Findings<'_>) {
    let mut is_unsure = None;
    let assignments = LazyCell::new(|| Assignments::new(cx));
    for_each_unset(cx, &mut |read| {
        if !read.is_hidden {
            let is_unsure = *is_unsure.get_or_insert_with(|| may_be_set(cx, findings.tainted()));
            let finding = finding(cx, &assignments, &read).requires_whole_file();
            findings.add(finding.cascading_if(is_unsure));
        }
    });
}

/// Whether a reported error may hide an assignment, or a transition that follows it.
fn may_be_set(cx: &Context<'_, '_>, tainted: &TaintedFields) -> bool {
    let is_unsure =
        |state: &State<'_>| tainted.contains(state.node.span, "Assign") || tainted.exit_is_tainted(state.node);
    let has_gap = |scope: &Scope<'_, '_>| {
        let machine = scope.machine;
        let is_lost = ["StartAt", "States"]
            .iter()
            .any(|field| tainted.contains(machine.node.span, field));
        is_lost || !scope.flow.dangling.is_empty() || machine.states.iter().any(is_unsure)
    };
    cx.scopes.iter().any(has_gap)
}

/// A read of a variable that is not assigned on any path to the state.
pub(super) struct Unset<'a, 'd> {
    pub(super) name: &'a str,
    pub(super) span: Span,
    pub(super) state: &'a State<'d>,
    /// The index of the state's scope.
    scope: usize,
    /// Whether it is assigned outside a Distributed Map that contains the state.
    pub(super) is_hidden: bool,
    /// Whether a variable has a value in the state.
    is_set: &'a dyn Fn(&str) -> bool,
}

pub(super) fn for_each_unset(cx: &Context<'_, '_>, f: &mut dyn FnMut(Unset<'_, '_>)) {
    // Most state machines have no variables and need no analysis.
    let mut reach = None;
    for (i, scope) in cx.scopes.iter().enumerate() {
        let mut reachable = None;
        for (j, state) in scope.machine.states.iter().enumerate() {
            state.for_each_expression(&mut |e| {
                for_each_read(e, &mut |name, range| {
                    let reach = &*reach.get_or_insert_with(|| ReachingAssignments::new(cx));
                    let reachable = reachable.get_or_insert_with(|| scope.flow.reachable());
                    // `unreachable-state` reports a state that is never entered.
                    if (reachable[j] || scope.flow.is_partial) && !reach.is_set(i, j, name) {
                        f(Unset {
                            name,
                            span: cx.place(e.text, range),
                            state,
                            scope: i,
                            is_hidden: reach.is_hidden(i, name),
                            is_set: &|name| reach.is_set(i, j, name),
                        });
                    }
                });
            });
        }
    }
}

/// The bytes of a variable's name in a reference, with or without its `$`.
fn variable_place(cx: &Context<'_, '_>, span: Span, name: &str) -> Option<Span> {
    let written = cx.document.source.text().get(span.range())?;
    let at = written.find(name)?;
    let start = span.start + to_offset(at);
    Some(Span::new(start, start + to_offset(name.len())))
}

/// Where variables are assigned.
struct Assignments<'d> {
    /// The first assignment of each name.
    first: IndexMap<&'d str, Span>,
    /// The first assignment of each name in a scope, by the scope's index.
    of_scope: HashMap<(usize, &'d str), Span>,
}

impl<'d> Assignments<'d> {
    fn new(cx: &Context<'_, 'd>) -> Self {
        let (mut first, mut of_scope) = (IndexMap::new(), HashMap::default());
        for (index, scope) in cx.scopes.iter().enumerate() {
            for assignment in assigned_in(scope.machine) {
                first.entry(assignment.name).or_insert(assignment.span);
                of_scope.entry((index, assignment.name)).or_insert(assignment.span);
            }
        }
        Self { first, of_scope }
    }
}

fn finding(cx: &Context<'_, '_>, assignments: &Assignments<'_>, read: &Unset<'_, '_>) -> Finding<'static> {
    let name = read.name;
    let finding = |message: String| Finding::new(read.span, message).label("has no value");
    let own = assigns(read.state)
        .flat_map(|(payload, _)| assigned(read.state, payload))
        .find(|assignment| assignment.name == name);
    if let Some(own) = own {
        return finding(format!(
            "`${name}` is assigned by this state, so it only has a value in later states"
        ))
        .related(own.span, "assigned here, for later states")
        .help("assign it in a preceding state");
    }
    if let Some(here) = assignments.of_scope.get(&(read.scope, name)) {
        return finding(format!(
            "`${name}` is not assigned on any path to this state"
        ))
        .related(*here, "assigned here")
        .help("assign it on every path to this state");
    }
    if let Some(elsewhere) = assignments.first.get(name) {
        return finding(format!(
            "`${name}` is assigned in another scope"
        ))
        .related(*elsewhere, "assigned here; only available in this branch or iteration")
        .help("return the value as output and assign it in this scope");
    }
    let finding = finding(format!("undefined variable `${name}`"));
    match closest(name, assignments.first.keys().copied()) {
        Some(close) => finding
            .help(similar_name("variable", format_args!("${close}")))
            .fix(
                variable_place(cx, read.span, name)
                    .filter(|_| (read.is_set)(close))
                    .map(|span| Fix::spelling(span, name, close)),
            ),
        None => finding.help(format!(
            "assign it in a preceding state: `\"Assign\": {{\"{name}\": …}}`"
        )),
    }
}
