//! Cycles in a graph of names.

use petgraph::algo::tarjan_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// The groups of more than one node of which each can reach every other.
pub(super) fn cycles(edges: impl Iterator<Item = (String, String)>) -> Vec<BTreeSet<String>> {
    let mut graph = DiGraph::<String, ()>::new();
    let mut nodes: BTreeMap<String, NodeIndex> = BTreeMap::new();
    for (from, to) in edges {
        let [from, to] = [from, to].map(|name| {
            let node = nodes.entry(name.clone());
            *node.or_insert_with(|| graph.add_node(name))
        });
        graph.add_edge(from, to, ());
    }
    tarjan_scc(&graph)
        .into_iter()
        .filter(|nodes| nodes.len() > 1)
        .map(|nodes| nodes.into_iter().map(|node| graph[node].clone()).collect())
        .collect()
}
