//! Threads of control.

use super::id::VisitId;

/// A thread of control: the top level of an execution, a branch, an iteration, or a child execution of a
/// Distributed Map.
#[derive(Debug, Default)]
pub struct Thread {
    /// The visit of the enclosing Parallel or Map; `None` at the top level.
    pub parent: Option<VisitId>,
    /// The index of the branch or item, from 0.
    pub index: usize,
    /// Its visits, in order.
    pub visits: Vec<VisitId>,
}
