//! A machine as a picture has it: states and transitions, and the scopes they lie in.
//!
//! Nodes and edges lie in one petgraph in the order of the definition, so that the same definition always makes the
//! same picture. A transition never leaves its scope; a Parallel or Map state is one node to the scope it stands in
//! and holds the clusters of its own. What words and shapes stand for all this is `render`'s to say.

mod build;
mod diff;
mod marking;
mod marks;
mod model;

pub use marks::{Activity, Change, EdgeMark, Finding, NodeMark, StateVisit};
pub use model::{Cluster, ClusterKind, Edge, EdgeIndex, EdgeKind, Graph, Node, NodeIndex, NodeKind};
