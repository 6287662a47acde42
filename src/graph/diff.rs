//! Compares two definitions in one graph.

use super::build::cluster_kind;
use super::marks::Change;
use super::model::{EdgeKind, Graph, NodeIndex, NodeKind};
use crate::asl::transition_graph::Cause;
use crate::asl::{Machine, State};

/// Fields that are drawn as transitions or clusters, and so are not compared as content of the state.
const DRAWN: [&str; 6] = ["Next", "End", "Default", "Branches", "ItemProcessor", "Iterator"];

/// The identity of a transition, apart from its source and target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TransitionKind {
    Start,
    Next,
    Rule,
    Default,
    Catch,
    End,
}

impl<'d> Graph<'d> {
    /// Builds the graph of a definition, with added, changed, and removed states and transitions marked.
    pub fn diff(new: &'d Machine<'d>, old: &'d Machine<'d>) -> Self {
        let mut graph = Self::new(new);
        let older = Self::new(old);
        graph.merge_scope(0, &older, 0);
        graph
    }

    /// Merges a cluster of the older graph into one of this graph.
    fn merge_scope(&mut self, cluster: usize, older: &Self, old_cluster: usize) {
        let mut ends = Vec::new();
        for &old in &older.clusters[old_cluster].nodes {
            let node = &older.graph[old];
            let known = self.clusters[cluster]
                .nodes
                .iter()
                .copied()
                .find(|&n| self.graph[n].kind_is(node.kind) && self.graph[n].name == node.name);
            let new = match known {
                Some(new) => {
                    self.merge_node(new, older, old);
                    new
                }
                None => self.add_removed(cluster, older, old),
            };
            ends.push((old, new));
        }
        let in_old: Vec<NodeIndex> = ends.iter().map(|&(_, new)| new).collect();
        for n in self.clusters[cluster].nodes.clone() {
            if !in_old.contains(&n) {
                self.mark_added(n);
            }
        }
        self.merge_edges(cluster, older, old_cluster, &ends);
    }

    fn merge_node(&mut self, new: NodeIndex, older: &Self, old: NodeIndex) {
        let (Some(state), Some(old_state)) = (self.graph[new].state, older.graph[old].state) else {
            return;
        };
        let processor = |state: &'d State<'d>| {
            let node = state
                .node
                .get("ItemProcessor")
                .or_else(|| state.node.get("Iterator"));
            node.filter(|node| node.as_object().is_some())
        };
        let is_like = match (processor(state), processor(old_state)) {
            (Some(new), Some(old)) => new.is_like(old, &["States", "StartAt"]),
            _ => true,
        };
        if !is_like || !state.node.is_like(old_state.node, &DRAWN) {
            self.graph[new].mark.change = Some(Change::Changed);
        }
        let inside = self.graph[new].inside.clone();
        let old_inside = &older.graph[old].inside;
        for (i, &inner) in old_inside.iter().enumerate() {
            match inside.get(i) {
                Some(&cluster) => self.merge_scope(cluster, older, inner),
                None => self.add_removed_scope(new, older, inner),
            }
        }
        for &cluster in inside.iter().skip(old_inside.len()) {
            self.mark_added_scope(cluster);
        }
    }

    fn add_removed(&mut self, cluster: usize, older: &Self, old: NodeIndex) -> NodeIndex {
        let node = &older.graph[old];
        let new = self.add_node(cluster, node.kind, node.name, node.state);
        self.graph[new].mark.change = Some(Change::Removed);
        for &inner in &node.inside {
            self.add_removed_scope(new, older, inner);
        }
        new
    }

    fn add_removed_scope(&mut self, owner: NodeIndex, older: &Self, old_cluster: usize) {
        let scope = &older.clusters[old_cluster];
        let kind = match self.graph[owner].state {
            Some(state) => cluster_kind(state, self.graph[owner].inside.len()),
            None => scope.kind,
        };
        let cluster = self.add_cluster(kind, Some(owner));
        self.graph[owner].inside.push(cluster);
        let ends: Vec<(NodeIndex, NodeIndex)> = scope
            .nodes
            .iter()
            .map(|&old| (old, self.add_removed(cluster, older, old)))
            .collect();
        self.merge_edges(cluster, older, old_cluster, &ends);
    }

    fn merge_edges(
        &mut self,
        cluster: usize,
        older: &Self,
        old_cluster: usize,
        ends: &[(NodeIndex, NodeIndex)],
    ) {
        let place = |old: NodeIndex| ends.iter().find(|(known, _)| *known == old).map(|&(_, new)| new);
        let mut left: Vec<(
            NodeIndex,
            NodeIndex,
            TransitionKind,
            Option<&'d State<'d>>,
            EdgeKind,
        )> = Vec::new();
        for &e in &older.clusters[old_cluster].edges {
            let edge = &older.graph[e];
            let both = older.graph.edge_endpoints(e);
            if let Some((from, to)) = both.and_then(|(from, to)| Some((place(from)?, place(to)?))) {
                left.push((from, to, TransitionKind::new(edge.kind), edge.state, edge.kind));
            }
        }
        for e in self.clusters[cluster].edges.clone() {
            let Some((from, to)) = self.graph.edge_endpoints(e) else {
                continue;
            };
            let why = TransitionKind::new(self.graph[e].kind);
            let same = left
                .iter()
                .position(|&(f, t, w, ..)| (f, t, w) == (from, to, why));
            match same {
                Some(i) => {
                    left.remove(i);
                }
                None => self.graph[e].mark.change = Some(Change::Added),
            }
        }
        for (from, to, _, state, kind) in left {
            let edge = self.add_edge(cluster, from, to, kind, state);
            self.graph[edge].mark.change = Some(Change::Removed);
        }
    }

    fn mark_added(&mut self, n: NodeIndex) {
        self.graph[n].mark.change = Some(Change::Added);
        for cluster in self.graph[n].inside.clone() {
            self.mark_added_scope(cluster);
        }
    }

    fn mark_added_scope(&mut self, cluster: usize) {
        for n in self.clusters[cluster].nodes.clone() {
            self.mark_added(n);
        }
        for e in self.clusters[cluster].edges.clone() {
            self.graph[e].mark.change = Some(Change::Added);
        }
    }
}

impl TransitionKind {
    const fn new(kind: EdgeKind) -> Self {
        match kind {
            EdgeKind::Start => Self::Start,
            EdgeKind::End => Self::End,
            EdgeKind::Exit(Cause::Next) => Self::Next,
            EdgeKind::Exit(Cause::Rule(_)) => Self::Rule,
            EdgeKind::Exit(Cause::Default) => Self::Default,
            EdgeKind::Exit(Cause::Catch(_)) => Self::Catch,
        }
    }
}

impl super::Node<'_> {
    /// Whether two nodes are of the same kind, apart from a state's type.
    fn kind_is(&self, kind: NodeKind) -> bool {
        match (self.kind, kind) {
            (NodeKind::State(_), NodeKind::State(_)) => true,
            (mine, other) => mine == other,
        }
    }
}
