//! Finds log events in everything that contains them, and groups them by execution.
//!
//! Tools wrap log events in many ways: `filter-log-events` and subscriptions in members named `message`, Logs Insights in
//! pairs of `field` and `value`, `tail` and exports to S3 in lines after a timestamp, and Lambda and Kinesis in compressed
//! text. All have in common that the JSON text of a log event is somewhere in a string or a line, which is all that is
//! assumed about them.

use super::decode;
use super::key;
use crate::history::Recorded;
use crate::value::Value;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::MultiGzDecoder;
use indexmap::IndexMap;
use std::io::Read;
use std::rc::Rc;

/// The maximum depth of texts in texts. A log event in a compressed subscription record in a log event has 4.
const MAX_DEPTH: usize = 8;

/// The maximum size of decompressed text, in bytes. Records of subscriptions have at most 6 MB.
const MAX_BYTES: u64 = 64 << 20;

/// The first characters of gzip data in base64.
const GZIP: &str = "H4sI";

/// Log events of any number of executions, collected from any number of texts.
#[derive(Debug, Default)]
pub struct Logs {
    executions: IndexMap<Rc<str>, Vec<Value>>,
    /// The number of log events that are not valid JSON, for example because a line was cut off.
    pub unreadable: u64,
}

impl Logs {
    /// The executions with their events, in the order in which they were found.
    pub fn into_recorded(self) -> impl Iterator<Item = Recorded> {
        let executions = self.executions.into_iter();
        executions.filter_map(|(arn, log)| decode::decode(arn, &log))
    }

    /// Adds the log events in a JSON value; `false` if it does not contain any.
    pub(in crate::history) fn add(&mut self, value: &Value) -> bool {
        self.add_value(value, 0)
    }

    /// Adds the log events in a source text with a JSON object in some of its lines; `false` if it does not contain any.
    pub(in crate::history) fn add_text(&mut self, text: &str) -> bool {
        self.add_objects(text, 0)
    }

    fn add_value(&mut self, value: &Value, depth: usize) -> bool {
        if let Some(arn) = decode::execution(value) {
            let log = self.executions.entry(Rc::clone(arn)).or_default();
            log.push(value.clone());
            return true;
        }
        let mut found = false;
        match value {
            Value::String(text) => found = self.add_string(text, depth),
            Value::Array(items) => {
                for item in items.iter() {
                    found |= self.add_value(item, depth);
                }
            }
            Value::Object(members) => {
                for member in members.values() {
                    found |= self.add_value(member, depth);
                }
            }
            _ => {}
        }
        found
    }

    fn add_string(&mut self, text: &str, depth: usize) -> bool {
        if depth >= MAX_DEPTH {
            return false;
        }
        if text.starts_with(GZIP) {
            let text = decompressed(text);
            return text.is_some_and(|text| self.add_objects(&text, depth + 1));
        }
        text.contains('{') && self.add_objects(text, depth + 1)
    }

    fn add_objects(&mut self, text: &str, depth: usize) -> bool {
        let mut found = false;
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            rest = &rest[start..];
            if let Ok((value, length)) = Value::parse_first(rest) {
                found |= self.add_value(&value, depth);
                rest = &rest[length..];
                continue;
            }
            let (line, following) = rest.split_once('\n').unwrap_or((rest, ""));
            if line.contains(key::EXECUTION) {
                // CSV, as exported by the console, has two quotes for each.
                match Value::parse_first(&line.replace("\"\"", "\"")) {
                    Ok((value, _)) => found |= self.add_value(&value, depth),
                    Err(_) => self.unreadable += 1,
                }
            }
            rest = following;
        }
        found
    }
}

fn decompressed(text: &str) -> Option<String> {
    let bytes = STANDARD.decode(text).ok()?;
    let mut text = String::new();
    let mut decoder = MultiGzDecoder::new(&*bytes).take(MAX_BYTES);
    decoder.read_to_string(&mut text).ok()?;
    Some(text)
}
