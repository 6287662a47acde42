//! The transitions of one scope as a graph: what lint, graph and cost walk.

use super::machine::{Machine, State};
use super::state::Kind;
use super::transition::Target;
use crate::source::Span;
use foldhash::HashMap;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::Dfs;

/// Why one state follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// A transition: why, and where its target's name stands.
#[derive(Debug, Clone, Copy)]
pub struct Edge {
    /// Why.
    pub cause: Cause,
    /// Where the name stands.
    pub span: Span,
}

/// A transition to a state that this scope does not have.
#[derive(Debug, Clone, Copy)]
pub struct Dangling<'d> {
    /// The index of the state it leaves; `None` for `StartAt`.
    pub from: Option<usize>,
    /// Why; `Next` for `StartAt`.
    pub cause: Cause,
    /// The name that leads nowhere.
    pub target: Target<'d>,
}

/// The transitions of one scope. Node weights are indexes into [`Machine::states`], and node index and state
/// index are equal.
#[derive(Debug, Clone)]
pub struct TransitionGraph<'d> {
    /// The graph.
    pub graph: DiGraph<usize, Edge>,
    /// The index of the state that `StartAt` names.
    pub start: Option<usize>,
    /// Transitions that lead to no state of this scope.
    pub dangling: Vec<Dangling<'d>>,
    /// Some target or state is known only when a template is filled in: the graph may lack edges.
    pub is_partial: bool,
}

impl<'d> TransitionGraph<'d> {
    /// The transitions of a machine's own states; what lies inside Parallel and Map states is a scope of its own.
    pub fn new(machine: &Machine<'d>) -> Self {
        let names: HashMap<&str, usize> = machine
            .states
            .iter()
            .enumerate()
            .map(|(i, s)| (s.name.as_str(), i))
            .collect();
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
            flow.start = flow.resolve(&names, None, Cause::Next, target);
        }
        for (i, state) in machine.states.iter().enumerate() {
            for (cause, target) in exits(state) {
                if let Some(to) = flow.resolve(&names, Some(i), cause, target) {
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
            flow.is_partial |= matches!(state.kind, Kind::Unknown) && state.node.is_unknown();
        }
        flow
    }

    fn resolve(
        &mut self,
        names: &HashMap<&str, usize>,
        from: Option<usize>,
        cause: Cause,
        target: Target<'d>,
    ) -> Option<usize> {
        let found = names.get(target.name.as_str()).copied();
        if found.is_none() {
            if target.name.has_placeholder() {
                self.is_partial = true;
            } else {
                self.dangling.push(Dangling { from, cause, target });
            }
        }
        found
    }

    /// Which states a walk from `StartAt` meets; none where `StartAt` leads nowhere.
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

/// The node of a state's index.
pub fn node(state: usize) -> NodeIndex {
    NodeIndex::new(state)
}

/// Every way out of a state to another, in the order of the specification's fields.
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
