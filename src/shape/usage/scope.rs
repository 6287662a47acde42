//! The transitions of one scope: where each leads, which states form cycles, and how far each is from success.

use super::cycle::Cycle;
use crate::asl::transition_graph::{Cause, TransitionGraph};
use crate::asl::{Kind, Machine};
use petgraph::algo::tarjan_scc;
use petgraph::visit::EdgeRef;
use std::collections::VecDeque;

/// The targets of a state's transitions.
#[derive(Debug, Clone, Default)]
pub(super) struct Exits {
    pub(super) next: Option<usize>,
    pub(super) rules: Vec<Option<usize>>,
    pub(super) default: Option<usize>,
    pub(super) catch: Vec<Option<usize>>,
}

/// What is known of the states of a scope, by their index.
#[derive(Debug)]
pub(super) struct Scope {
    pub(super) start: Option<usize>,
    /// The states, each after the states that it leads to, except in cycles.
    pub(super) order: Vec<usize>,
    pub(super) exits: Vec<Exits>,
    pub(super) cycles: Vec<Option<Cycle>>,
    /// The number of transitions to the nearest successful end; `None` if none is reachable without an error.
    pub(super) distances: Vec<Option<u32>>,
}

impl Scope {
    /// Analyzes a scope; `cycles` is the number of cycles of other scopes.
    pub(super) fn new(machine: &Machine<'_>, cycles: &mut u32) -> Self {
        let flow = TransitionGraph::new(machine);
        let states = machine.states.len();
        let mut exits: Vec<Exits> = machine
            .states
            .iter()
            .map(|state| Exits {
                rules: match &state.kind {
                    Kind::Choice(choice) => vec![None; choice.rules.len()],
                    _ => Vec::new(),
                },
                catch: vec![None; state.catch().len()],
                ..Exits::default()
            })
            .collect();
        let mut sources: Vec<Vec<usize>> = vec![Vec::new(); states];
        for edge in flow.graph.edge_references() {
            let (from, to) = (edge.source().index(), edge.target().index());
            let exit = &mut exits[from];
            let slot = match edge.weight().cause {
                Cause::Next => Some(&mut exit.next),
                Cause::Default => Some(&mut exit.default),
                Cause::Rule(index) => exit.rules.get_mut(index),
                Cause::Catch(index) => exit.catch.get_mut(index),
            };
            if let Some(slot) = slot {
                *slot = Some(to);
            }
            if !matches!(edge.weight().cause, Cause::Catch(_)) {
                sources[to].push(from);
            }
        }
        let mut of_cycle = vec![None; states];
        let mut order = Vec::with_capacity(states);
        // Components come in reverse topological order.
        for component in tarjan_scc(&flow.graph) {
            let is_cycle = component.len() > 1 || flow.graph.contains_edge(component[0], component[0]);
            if is_cycle {
                *cycles += 1;
            }
            for member in component {
                order.push(member.index());
                if is_cycle {
                    of_cycle[member.index()] = Some(Cycle(*cycles));
                }
            }
        }
        let mut distances = vec![None; states];
        let mut queue = VecDeque::new();
        for (index, state) in machine.states.iter().enumerate() {
            let ends = state.transition.end || matches!(state.kind, Kind::Succeed(_));
            if ends && !matches!(state.kind, Kind::Fail(_)) {
                distances[index] = Some(0);
                queue.push_back((index, 0));
            }
        }
        while let Some((index, distance)) = queue.pop_front() {
            for &from in &sources[index] {
                if distances[from].is_none() {
                    distances[from] = Some(distance + 1);
                    queue.push_back((from, distance + 1));
                }
            }
        }
        Self {
            start: flow.start,
            order,
            exits,
            cycles: of_cycle,
            distances,
        }
    }
}
