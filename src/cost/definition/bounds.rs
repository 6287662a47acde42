//! The fewest and the most transitions that a walk through one scope can take.

use crate::asl::transition_graph::{TransitionGraph, node};
use petgraph::algo::kosaraju_scc;
use petgraph::visit::EdgeRef;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What one visit of a state costs in transitions, everything inside it included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weight {
    /// The fewest; none where the inside of the state can never end.
    pub(super) min: Option<u64>,
    /// The most; none where the inside has no bound.
    pub(super) max: Option<u64>,
    /// The execution may end with it.
    pub(super) is_end: bool,
}

/// The bounds of a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bounds {
    /// The fewest of a walk that ends; none where no walk does.
    pub(super) min: Option<u64>,
    /// The most; none where a loop or a state without a bound can be reached.
    pub(super) max: Option<u64>,
    /// The states of the loops that can be reached.
    pub(super) looping: Vec<usize>,
}

/// The bounds of walks from the scope's start, along every transition it has.
pub(super) fn of(flow: &TransitionGraph<'_>, weights: &[Weight]) -> Bounds {
    let reachable = flow.reachable();
    let mut looping = Vec::new();
    let mut most: Vec<Option<u64>> = vec![Some(0); weights.len()];
    // Components come last first, so what follows a state is known when the state's turn comes.
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
                .zip(weights[i].max)
                .and_then(|(after, own)| own.checked_add(after));
        }
    }
    looping.sort_unstable();
    Bounds {
        min: flow.start.and_then(|start| fewest(flow, weights, start)),
        max: flow.start.and_then(|start| most[start]),
        looping,
    }
}

/// Dijkstra's shortest walk from the start to any state that may be the last.
fn fewest(flow: &TransitionGraph<'_>, weights: &[Weight], start: usize) -> Option<u64> {
    let mut best = vec![u64::MAX; weights.len()];
    let mut queue = BinaryHeap::new();
    if let Some(own) = weights[start].min {
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
            let Some(own) = weights[to].min else {
                continue;
            };
            let there = so_far.saturating_add(own);
            if there < best[to] {
                best[to] = there;
                queue.push(Reverse((there, to)));
            }
        }
    }
    None
}
