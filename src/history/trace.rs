//! What an execution did, told from its events: which threads ran, which states each of them visited, and what
//! happened in each visit.
//!
//! AWS numbers all events of an execution through, whichever branch or iteration they belong to; only
//! `previousEventId` tells what followed from what. This is the one place that knows how the types of events fork
//! threads and begin and end visits: replay, the timeline, the page, and costs are views of a [`Trace`].

mod attempt;
mod build;
mod key;
mod thread;
mod visit;

pub use attempt::Attempt;
pub use build::{Place, Trace};
pub use thread::{Thread, ThreadId};
pub use visit::{Exit, Visit, VisitEvent, VisitId};
