//! Ids of the threads and visits of a trace.

/// A thread, as an index into [`Trace::threads`].
///
/// [`Trace::threads`]: super::Trace::threads
pub type ThreadId = usize;

/// A visit, as an index into [`Trace::visits`].
///
/// [`Trace::visits`]: super::Trace::visits
pub type VisitId = usize;
