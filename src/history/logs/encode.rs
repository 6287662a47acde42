//! Encodes the events of an execution as log events, one JSON object per line.

use super::key;
use super::level::LogLevel;
use crate::history::wire::{Encoder, Origin};
use crate::history::{Event, EventKind};
use crate::value;
use std::io::{self, Write};

/// A logging configuration.
#[derive(Debug, Clone, Copy, Default)]
pub struct LogSettings {
    /// The events that are logged.
    pub level: LogLevel,
    /// Whether they contain inputs and outputs.
    pub has_data: bool,
}

/// Writes what a log group receives of the execution with this ARN, one log event per line.
pub fn write(
    history: &[Event],
    execution: &str,
    origin: Origin<'_>,
    settings: LogSettings,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut arn = String::new();
    value::push_string(execution, &mut arn);
    let mut encoder = Encoder::new(origin, settings.has_data);
    let mut redrives = 0;
    for event in history {
        if let EventKind::ExecutionRedriven { count } = event.kind {
            redrives = count;
        }
        if !settings.level.includes(&event.kind) {
            continue;
        }
        let (prefix, rest) = event.kind.type_parts();
        push_fmt!(
            encoder.out,
            "{{\"{}\":\"{}\",\"{}\":\"{prefix}{rest}\"",
            key::ID,
            event.id,
            key::TYPE
        );
        encoder.push_details(&event.kind, |out| out.push_str(key::DETAILS));
        push_fmt!(
            encoder.out,
            ",\"{}\":\"{}\",\"{}\":\"{}\",\"{}\":{arn},\"{}\":\"{redrives}\"}}\n",
            key::PREVIOUS,
            event.previous,
            key::TIMESTAMP,
            event.time.millis(),
            key::EXECUTION,
            key::REDRIVES
        );
        encoder.write_block(out)?;
    }
    encoder.finish(out)
}
