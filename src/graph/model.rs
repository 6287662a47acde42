//! Nodes, transitions, and scopes.

use super::marks::{EdgeMark, NodeMark, StateVisit};
use crate::asl::State;
use crate::asl::transition_graph::Cause;
use crate::spec::StateType;
pub use petgraph::graph::{EdgeIndex, NodeIndex};

/// A machine's states and transitions.
#[derive(Debug)]
pub struct Graph<'d> {
    /// The nodes and the transitions between them. No edge joins nodes of different clusters.
    pub graph: petgraph::graph::DiGraph<Node<'d>, Edge<'d>>,
    /// The scopes: the whole machine first, each before those inside it.
    pub clusters: Vec<Cluster>,
    /// The states that the execution entered, in order; empty where none is shown.
    pub visits: Vec<StateVisit<'d>>,
}

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// Where a scope begins.
    Start,
    /// A state; its type, where it has one that exists.
    State(Option<StateType>),
    /// A name that a transition leads to, but no state of the scope has.
    Missing,
    /// Where a scope ends in success.
    End,
}

/// A state, or where a scope begins and ends.
#[derive(Debug)]
pub struct Node<'d> {
    /// What it is.
    pub kind: NodeKind,
    /// The state's name, or the name that leads nowhere; empty for start and end.
    pub name: &'d str,
    /// The state itself.
    pub state: Option<&'d State<'d>>,
    /// The cluster it stands in.
    pub cluster: usize,
    /// The clusters inside it: a Parallel's branches, a Map's processor.
    pub inside: Vec<usize>,
    /// What is to be seen on it beside the definition.
    pub mark: NodeMark<'d>,
}

/// Why one node follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// `StartAt`
    Start,
    /// A state's own transition.
    Exit(Cause),
    /// `End`, or what a Succeed state does.
    End,
}

/// A transition.
#[derive(Debug)]
pub struct Edge<'d> {
    /// Why.
    pub kind: EdgeKind,
    /// The state it leaves; none for `StartAt`.
    pub state: Option<&'d State<'d>>,
    /// What is to be seen on it beside the definition.
    pub mark: EdgeMark,
}

/// What a cluster is to the state it lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterKind {
    /// The whole machine.
    Machine,
    /// A Parallel's branch, by index.
    Branch(usize),
    /// A Map's processor, run inside the execution.
    Inline,
    /// A Map's processor, run as child executions.
    Distributed,
}

/// A scope: the states of one `States` object.
#[derive(Debug)]
pub struct Cluster {
    /// What it is.
    pub kind: ClusterKind,
    /// The Parallel or Map state it lies in; none for the whole machine.
    pub owner: Option<NodeIndex>,
    /// Its own nodes, without those of the clusters inside them.
    pub nodes: Vec<NodeIndex>,
    /// Its transitions.
    pub edges: Vec<EdgeIndex>,
}

impl Graph<'_> {
    /// The nodes, with their indexes.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeIndex, &Node<'_>)> {
        self.graph.node_indices().map(|n| (n, &self.graph[n]))
    }

    /// The transitions as (from, to, edge), in order.
    pub fn edges(&self) -> impl Iterator<Item = (NodeIndex, NodeIndex, &Edge<'_>)> {
        self.graph
            .raw_edges()
            .iter()
            .map(|e| (e.source(), e.target(), &e.weight))
    }

    /// Where a cluster begins: its start node, or whatever it has.
    pub fn first(&self, cluster: usize) -> Option<NodeIndex> {
        self.clusters[cluster].nodes.first().copied()
    }
}

impl Node<'_> {
    /// The state's type, where it has one.
    pub const fn state_type(&self) -> Option<StateType> {
        match self.kind {
            NodeKind::State(state_type) => state_type,
            _ => None,
        }
    }
}

impl Edge<'_> {
    /// Whether it is taken when the state has failed.
    pub const fn is_catch(&self) -> bool {
        matches!(self.kind, EdgeKind::Exit(Cause::Catch(_)))
    }
}
