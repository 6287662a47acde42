//! The trace of an execution, derived from its events: its threads, the states that each thread visited, and the events
//! of each visit.
//!
//! AWS numbers the events of an execution consecutively, across branches and iterations; only `previousEventId` tells
//! which event an event follows from. How event types start threads, and begin and end visits, is defined here and
//! nowhere else: replay, the timeline, the HTML page, and costs are views of a [`Trace`].

mod attempt;
mod build;
mod id;
mod key;
mod thread;
mod visit;

pub use attempt::Attempt;
pub use build::{EventLocation, Trace};
pub use id::{ThreadId, VisitId};
pub use thread::Thread;
pub use visit::{Exit, Visit, VisitEvent};
