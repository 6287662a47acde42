//! Nodes, transitions, and scopes.

use super::marks::{EdgeMark, NodeMark, StateVisit};
use crate::asl::State;
use crate::asl::transition_graph::Cause;
use crate::spec::StateType;
pub use petgraph::graph::{EdgeIndex, NodeIndex};

/// The states and transitions of a state machine.
#[derive(Debug)]
pub struct Graph<'d> {
    /// The nodes and the transitions between them. No edge joins nodes of different clusters.
    pub graph: petgraph::graph::DiGraph<Node<'d>, Edge<'d>>,
    /// The scopes: the whole state machine first, outer before inner.
    pub clusters: Vec<Cluster>,
    /// The visits of the execution, in order; empty if none is shown.
    pub visits: Vec<StateVisit<'d>>,
}

/// The kind of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeKind {
    /// The start of a scope.
    Start,
    /// A state, with its type if that is valid.
    State(Option<StateType>),
    /// The target of a transition that is not defined in the scope.
    Missing,
    /// The successful end of a scope.
    End,
}

/// A state, or the start or end of a scope.
#[derive(Debug)]
pub struct Node<'d> {
    /// What it is.
    pub kind: NodeKind,
    /// The state's name, or the undefined target; empty for start and end.
    pub name: &'d str,
    /// The state, if it is defined.
    pub state: Option<&'d State<'d>>,
    /// The index of its cluster.
    pub cluster: usize,
    /// The clusters inside it: a Parallel's branches, a Map's processor.
    pub inside: Vec<usize>,
    /// Marks from lint, an execution, or a comparison.
    pub mark: NodeMark<'d>,
}

/// The kind of a transition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EdgeKind {
    /// `StartAt`
    Start,
    /// A transition of a state.
    Exit(Cause),
    /// `End`, or the end after a Succeed state.
    End,
}

/// A transition.
#[derive(Debug)]
pub struct Edge<'d> {
    /// Why.
    pub kind: EdgeKind,
    /// The source state; `None` for `StartAt`.
    pub state: Option<&'d State<'d>>,
    /// Marks from lint, an execution, or a comparison.
    pub mark: EdgeMark,
}

/// The role of a cluster in its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClusterKind {
    /// The whole state machine.
    Machine,
    /// A Parallel's branch, by index.
    Branch(usize),
    /// The item processor of an inline Map.
    Inline,
    /// The item processor of a Distributed Map.
    Distributed,
}

/// A scope: the states of one `States` object.
#[derive(Debug)]
pub struct Cluster {
    /// What it is.
    pub kind: ClusterKind,
    /// The Parallel or Map state that owns it; `None` for the whole state machine.
    pub owner: Option<NodeIndex>,
    /// Its nodes, without those of nested clusters.
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

    /// The start node of a cluster, or its first node.
    pub fn first(&self, cluster: usize) -> Option<NodeIndex> {
        self.clusters[cluster].nodes.first().copied()
    }
}

impl Node<'_> {
    /// The state's type, if it is a state with a valid type.
    pub const fn state_type(&self) -> Option<StateType> {
        match self.kind {
            NodeKind::State(state_type) => state_type,
            _ => None,
        }
    }
}

impl Edge<'_> {
    /// Whether it is the transition of a catcher.
    pub const fn is_catch(&self) -> bool {
        matches!(self.kind, EdgeKind::Exit(Cause::Catch(_)))
    }
}
