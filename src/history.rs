//! Histories of executions, with the event types, ids, and order of AWS.
//!
//! `simulate` records them, and `cost`, `graph`, and `render` read them. Payloads are [`Value`]s; only the wire format
//! encodes them as JSON text.
//!
//! [`Value`]: crate::value::Value

mod data;
mod event;
mod logs;
mod reader;
mod recorded;
mod redrive;
mod status;
mod time;
mod trace;
mod wire;

pub use data::RecordedData;
pub use event::{ErrorData, Evaluation, Event, EventKind, History, Scheduled, TaskResource};
pub use logs::{LogLevel, LogSettings, Logs, write as write_logs};
pub use reader::read;
pub use recorded::{Gaps, ParseError, Recorded, execution_name};
pub use redrive::without_redrives;
pub use status::Status;
pub use time::Time;
pub use trace::{Attempt, EventLocation, Exit, Thread, ThreadId, Trace, Visit, VisitEvent, VisitId};
#[cfg(test)]
use wire::read as read_history;
pub use wire::{Origin, write};
