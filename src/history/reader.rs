//! Reading a recorded execution in either of its formats.

use super::logs::Logs;
use super::recorded::{ParseError, Recorded};
use super::wire;
use crate::value::Value;

/// Reads a source text with recorded executions. Returns the execution of a history (an object with `events`, or an array of
/// events, in any order); `None` if the text contains log events, which are added to `logs`.
///
/// # Errors
///
/// The text contains no log events, and it is not JSON, or an event lacks `id`, `type`, or `timestamp`.
pub fn read(text: &str, logs: &mut Logs) -> Result<Option<Recorded>, ParseError> {
    let value = match Value::parse(text) {
        Ok(value) => value,
        Err(_) if logs.add_text(text) => return Ok(None),
        Err(error) => return Err(wire::invalid_json(&error)),
    };
    if !wire::is_history(&value) && logs.add(&value) {
        return Ok(None);
    }
    wire::decode(&value).map(Some)
}
