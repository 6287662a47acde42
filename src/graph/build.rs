//! Builds the graph of a state machine, valid or not.

use super::marks::{EdgeMark, NodeMark};
use super::model::{Cluster, ClusterKind, Edge, EdgeIndex, EdgeKind, Graph, Node, NodeIndex, NodeKind};
use crate::asl::transition_graph::exits;
use crate::asl::{Kind, Machine, State, Target};
use foldhash::HashMap;

impl<'d> Graph<'d> {
    /// Builds the graph of a state machine. Undefined targets become nodes too, so that no transition is lost.
    pub fn new(machine: &'d Machine<'d>) -> Self {
        let mut graph = Self {
            graph: petgraph::graph::DiGraph::new(),
            clusters: Vec::new(),
            visits: Vec::new(),
        };
        graph.add_scope(machine, ClusterKind::Machine, None);
        graph
    }

    fn add_scope(&mut self, machine: &'d Machine<'d>, kind: ClusterKind, owner: Option<NodeIndex>) -> usize {
        let cluster = self.add_cluster(kind, owner);
        let start = machine
            .start_at
            .map(|_| self.add_node(cluster, NodeKind::Start, "", None));
        let mut states = Vec::with_capacity(machine.states.len());
        for state in &machine.states {
            let node = self.add_node(
                cluster,
                NodeKind::State(state.state_type()),
                state.name,
                Some(state),
            );
            states.push(node);
            for (i, inner) in state.machines().iter().enumerate() {
                let inside = self.add_scope(inner, cluster_kind(state, i), Some(node));
                self.graph[node].inside.push(inside);
            }
        }
        let mut missing = HashMap::default();
        let mut resolve = |graph: &mut Self, target: Target<'d>| match machine.find(target.name) {
            Some(at) => states[at],
            None => *missing
                .entry(target.name.as_str())
                .or_insert_with_key(|&name| graph.add_node(cluster, NodeKind::Missing, name, None)),
        };
        if let (Some(start), Some(target)) = (start, machine.start_at) {
            let to = resolve(self, target);
            self.add_edge(cluster, start, to, EdgeKind::Start, None);
        }
        let mut end = None;
        for (&from, state) in states.iter().zip(&machine.states) {
            for (cause, target) in exits(state) {
                let to = resolve(self, target);
                self.add_edge(cluster, from, to, EdgeKind::Exit(cause), Some(state));
            }
            if ends(state) {
                let end = *end.get_or_insert_with(|| self.add_node(cluster, NodeKind::End, "", None));
                self.add_edge(cluster, from, end, EdgeKind::End, Some(state));
            }
        }
        cluster
    }

    pub(super) fn add_cluster(&mut self, kind: ClusterKind, owner: Option<NodeIndex>) -> usize {
        self.clusters.push(Cluster {
            kind,
            owner,
            nodes: Vec::new(),
            edges: Vec::new(),
        });
        self.clusters.len() - 1
    }

    pub(super) fn add_node(
        &mut self,
        cluster: usize,
        kind: NodeKind,
        name: &'d str,
        state: Option<&'d State<'d>>,
    ) -> NodeIndex {
        let node = self.graph.add_node(Node {
            kind,
            name,
            state,
            cluster,
            inside: Vec::new(),
            mark: NodeMark::default(),
        });
        self.clusters[cluster].nodes.push(node);
        node
    }

    pub(super) fn add_edge(
        &mut self,
        cluster: usize,
        from: NodeIndex,
        to: NodeIndex,
        kind: EdgeKind,
        state: Option<&'d State<'d>>,
    ) -> EdgeIndex {
        let mark = EdgeMark::default();
        let edge = self.graph.add_edge(from, to, Edge { kind, state, mark });
        self.clusters[cluster].edges.push(edge);
        edge
    }
}

pub(super) fn cluster_kind(state: &State<'_>, index: usize) -> ClusterKind {
    match &state.kind {
        Kind::Map(map) if map.is_distributed => ClusterKind::Distributed,
        Kind::Map(_) => ClusterKind::Inline,
        _ => ClusterKind::Branch(index),
    }
}

/// Whether a state ends its scope: `End: true`, or a Succeed state. A Fail state ends the execution instead.
fn ends(state: &State<'_>) -> bool {
    state.transition.end || matches!(state.kind, Kind::Succeed(_))
}
