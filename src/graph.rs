//! The graph of a state machine: states, transitions, and scopes.
//!
//! Nodes and edges are stored in one petgraph in the order of the definition, so that drawings are deterministic. A
//! transition never leaves its scope; a Parallel or Map state is one node of its scope and owns the clusters of its
//! branches or its processor. Text and shapes are defined in `render`.

mod build;
mod diff;
mod marking;
mod marks;
mod model;

pub use marks::{Activity, Change, EdgeMark, Finding, NodeMark, StateVisit};
pub use model::{Cluster, ClusterKind, Edge, EdgeIndex, EdgeKind, Graph, Node, NodeIndex, NodeKind};
