//! What happened in an execution: AWS's events with AWS's names, numbers and order.
//!
//! Written by simulate, read by cost and render. Data stays what it is ([`Value`]); only a printer turns it into
//! the JSON text that AWS carries it in.
//!
//! [`Value`]: crate::value::Value

mod event;
mod status;
mod time;
mod trace;
mod wire;

pub use event::{ErrorData, Evaluation, Event, EventKind, History, Scheduled, TaskResource};
pub use status::Status;
pub use time::Time;
pub use trace::{Attempt, Exit, Place, Thread, ThreadId, Trace, Visit, VisitEvent, VisitId};
pub use wire::{Origin, ParseError, Recorded, read, write};
