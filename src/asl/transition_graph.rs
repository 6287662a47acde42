//! The transitions of one scope as a graph, which lint, graph, and cost traverse.

use super::machine::{Machine, State};
use super::state::Kind;
use super::transition::Target;
use crate::document::Node;
use crate::source::Span;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::Dfs;

/// The field that defines a transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// `Next`
    Next,
    /// `Choices[i].Next`
    Rule(usize),
    /// `Default`
    Default,
    /// `Catch[i].Next`
    Catch(usize),
}

/// A transition between two states of a scope.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// The field that defines it.
    pub cause: Cause,
    /// The location of the target's name.
    pub span: Span,
}

/// A transition to a state that is not defined in the scope.
#[derive(Debug, Clone, Copy)]
pub struct Dangling<'d> {
    /// The index of the source state; `None` for `StartAt`.
    pub from: Option<usize>,
    /// The field that defines it; `Next` for `StartAt`.
    pub cause: Cause,
    /// The undefined name.
    pub target: Target<'d>,
}

/// The transitions of one scope. The weight and the index of a node are the index of its state in [`Machine::states`].
#[derive(Debug, Clone)]
pub struct TransitionGraph<'d> {
    /// The graph.
    pub graph: DiGraph<usize, Edge>,
    /// The index of the state that `StartAt` names.
    pub start: Option<usize>,
    /// Transitions to undefined states.
    pub dangling: Vec<Dangling<'d>>,
    /// A target or state is known only when a template is rendered, so edges may be missing.
    pub is_partial: bool,
}

impl<'d> TransitionGraph<'d> {
    /// The transitions between a machine's own states. Machines inside Parallel and Map states are separate scopes.
    pub fn new(machine: &Machine<'d>) -> Self {
        let mut flow = Self {
            graph: DiGraph::with_capacity(machine.states.len(), machine.states.len()),
            start: None,
            dangling: Vec::new(),
            is_partial: machine.has_unknown_states,
        };
        for i in 0..machine.states.len() {
            flow.graph.add_node(i);
        }
        if let Some(target) = machine.start_at {
            flow.start = flow.resolve(machine, None, Cause::Next, target);
        }
        for (i, state) in machine.states.iter().enumerate() {
            for (cause, target) in exits(state) {
                if let Some(to) = flow.resolve(machine, Some(i), cause, target) {
                    flow.graph.add_edge(
                        node(i),
                        node(to),
                        Edge {
                            cause,
                            span: target.span,
                        },
                    );
                }
            }
            flow.is_partial |= has_unknown_exits(state.node);
        }
        flow
    }

    fn resolve(
        &mut self,
        machine: &Machine<'d>,
        from: Option<usize>,
        cause: Cause,
        target: Target<'d>,
    ) -> Option<usize> {
        let found = machine.find(target.name.as_str());
        if found.is_none() {
            if target.name.has_placeholder() {
                self.is_partial = true;
            } else {
                self.dangling.push(Dangling { from, cause, target });
            }
        }
        found
    }

    /// Whether each state is reachable from `StartAt`; none is if `StartAt` is undefined.
    pub fn reachable(&self) -> Vec<bool> {
        let mut seen = vec![false; self.graph.node_count()];
        if let Some(start) = self.start {
            let mut walk = Dfs::new(&self.graph, node(start));
            while let Some(n) = walk.next(&self.graph) {
                seen[n.index()] = true;
            }
        }
        seen
    }
}

/// Whether a field that defines transitions is known only when a template is rendered.
fn has_unknown_exits(state: &Node) -> bool {
    let is_unknown = |node: &Node| node.is_unknown();
    let leads_somewhere = |rule: &Node| rule.is_unknown() || rule.get("Next").is_some_and(is_unknown);
    let Some(members) = state.as_object() else {
        return state.is_unknown();
    };
    members.iter().any(|member| match member.key.as_str() {
        "Next" | "Default" => member.value.is_unknown(),
        "Catch" | "Choices" => match member.value.as_array() {
            Some(rules) => rules.iter().any(leads_somewhere),
            None => member.value.is_unknown(),
        },
        _ => false,
    })
}

/// The node of a state's index.
pub fn node(state: usize) -> NodeIndex {
    NodeIndex::new(state)
}

/// Every transition of a state, in the order of the specification's fields.
pub fn exits<'a, 'd>(state: &'a State<'d>) -> impl Iterator<Item = (Cause, Target<'d>)> + use<'a, 'd> {
    let (rules, default) = match &state.kind {
        Kind::Choice(choice) => (choice.rules.as_slice(), choice.default),
        _ => (&[][..], None),
    };
    let next = state.transition.next.map(|t| (Cause::Next, t));
    let rules = rules
        .iter()
        .enumerate()
        .filter_map(|(i, r)| Some((Cause::Rule(i), r.next?)));
    let default = default.map(|t| (Cause::Default, t));
    let catch = state
        .catch()
        .iter()
        .enumerate()
        .filter_map(|(i, c)| Some((Cause::Catch(i), c.next?)));
    next.into_iter().chain(rules).chain(default).chain(catch)
}
