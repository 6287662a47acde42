//! The fewest and the most transitions of one run of a scope.

use super::run_usage::TransitionRange;
use crate::asl::transition_graph::{TransitionGraph, node};
use petgraph::algo::kosaraju_scc;
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The transitions of one visit of a state, including the states inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StateWeight {
    pub(super) transitions: TransitionRange,
    /// Whether the scope may end with this state.
    pub(super) is_end: bool,
}

/// The bounds of a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The fewest of a run that ends, and the most, which do not exist if a loop is reachable.
    pub(super) transitions: TransitionRange,
    /// The states of reachable loops.
    pub(super) looping: Vec<usize>,
}

/// The bounds over all paths from the start of the scope.
pub(super) fn scope_bounds(flow: &TransitionGraph<'_>, weights: &[StateWeight]) -> Bounds {
    let reachable = flow.reachable();
    let mut looping = Vec::new();
    let mut most: Vec<Option<u64>> = vec![Some(0); weights.len()];
    // Components are in reverse topological order, so the successors of a state are already known.
    for component in kosaraju_scc(&flow.graph) {
        let states: Vec<usize> = component.iter().map(|n| n.index()).collect();
        let follows = |&i: &usize| flow.graph.neighbors(node(i));
        let is_loop = states.len() > 1 || states.iter().any(|i| follows(i).any(|n| n.index() == *i));
        if is_loop {
            looping.extend(states.iter().copied().filter(|&i| reachable[i]));
            for i in states {
                most[i] = None;
            }
            continue;
        }
        for i in states {
            let after = follows(&i)
                .map(|n| most[n.index()])
                .try_fold(0, |best, m| Some(m?.max(best)));
            most[i] = after
                .zip(weights[i].transitions.max)
                .and_then(|(after, own)| own.checked_add(after));
        }
    }
    looping.sort_unstable();
    Bounds {
        transitions: TransitionRange {
            min: flow.start.and_then(|start| fewest(flow, weights, start)),
            max: flow.start.and_then(|start| most[start]),
        },
        looping,
    }
}

/// The length of the shortest path from the start to a state with which the scope may end (Dijkstra).
fn fewest(flow: &TransitionGraph<'_>, weights: &[StateWeight], start: usize) -> Option<u64> {
    let mut best = vec![u64::MAX; weights.len()];
    let mut queue = BinaryHeap::new();
    if let Some(own) = weights[start].transitions.min {
        best[start] = own;
        queue.push(Reverse((own, start)));
    }
    while let Some(Reverse((so_far, i))) = queue.pop() {
        if so_far > best[i] {
            continue;
        }
        if weights[i].is_end {
            return Some(so_far);
        }
        for edge in flow.graph.edges(node(i)) {
            let to = edge.target().index();
            let Some(own) = weights[to].transitions.min else {
                continue;
            };
            let total = so_far.saturating_add(own);
            if total < best[to] {
                best[to] = total;
                queue.push(Reverse((total, to)));
            }
        }
    }
    None
}
