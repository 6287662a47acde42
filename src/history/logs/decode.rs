//! Decodes the log events of one execution.

use super::key;
use crate::history::wire::{Entry, decode_entries, number};
use crate::history::{Recorded, Time};
use crate::value::Value;
use std::rc::Rc;

/// The ARN of the execution if a value is a log event.
pub(super) fn execution(value: &Value) -> Option<&Rc<str>> {
    value.get(key::TYPE)?.as_str()?;
    value.get(key::ID)?;
    match value.get(key::EXECUTION)? {
        Value::String(arn) => Some(arn),
        _ => None,
    }
}

/// The execution with these log events, in any order. Log events may be delivered more than once. `None` if none of them is
/// valid.
pub(super) fn decode(arn: Rc<str>, log: &[Value]) -> Option<Recorded> {
    let mut entries: Vec<Entry<'_>> = log.iter().filter_map(entry).collect();
    entries.sort_by_key(|entry| entry.id);
    entries.dedup_by_key(|entry| entry.id);
    let last = entries.last()?.id;
    let mut recorded = decode_entries(&entries);
    recorded.execution = Some(arn);
    recorded.gaps.events = last.saturating_sub(entries.len() as u64);
    let mut ids = entries.iter().map(|entry| entry.id).zip(1..);
    recorded.gaps.first = ids
        .find(|(id, expected)| id != expected)
        .map(|(_, expected)| expected);
    Some(recorded)
}

fn entry(event: &Value) -> Option<Entry<'_>> {
    let id = number(event.get(key::ID)?).filter(|id| *id > 0)?;
    let previous = event.get(key::PREVIOUS).and_then(number);
    let time = Time::from_millis(number(event.get(key::TIMESTAMP)?)?);
    let name = event.get(key::TYPE)?.as_str()?;
    Some(Entry::new(
        id,
        previous.unwrap_or(0),
        time,
        name,
        event.get(key::DETAILS),
    ))
}
