//! Threads of control.

use super::visit::VisitId;

/// A thread, as an index into [`Trace::threads`].
///
/// [`Trace::threads`]: super::Trace::threads
pub type ThreadId = usize;

/// One thread of control: the top level of an execution, a branch, an iteration, or the child execution of a
/// Distributed Map.
#[derive(Debug, Default)]
pub struct Thread {
    /// The Parallel or Map that it runs inside of; `None` at the top level of the execution.
    pub parent: Option<VisitId>,
    /// Which branch or item it is for, from 0.
    pub index: usize,
    /// Its visits, in order.
    pub visits: Vec<VisitId>,
}
