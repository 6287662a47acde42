//! Printing of values as JSON text.

use super::read::MAX_DEPTH;
use super::tree::Value;
use std::fmt;

/// The error of [`Value::json_len`]: the value nests deeper than [`MAX_DEPTH`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooDeep;

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the value nests deeper than {MAX_DEPTH} levels")
    }
}

impl std::error::Error for TooDeep {}

impl Value {
    /// The compact JSON text, as AWS prints it: no whitespace, keys in order, numbers as written.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        compact(self, &mut out);
        out
    }

    /// Appends [`Value::to_json`] to a string.
    pub fn write_json(&self, out: &mut String) {
        compact(self, out);
    }

    /// The JSON text on several lines, indented by two spaces per level.
    pub fn to_json_pretty(&self) -> String {
        let mut out = String::new();
        pretty(self, 0, &mut out);
        out
    }

    /// The length of [`Value::to_json`] in bytes; `None` for an array or an object.
    pub(crate) fn scalar_len(&self) -> Option<usize> {
        Some(match self {
            Self::Null | Self::Bool(true) => 4,
            Self::Bool(false) => 5,
            Self::Number(number) => number.text_len(),
            Self::String(text) => string_len(text),
            Self::Array(_) | Self::Object(_) => return None,
        })
    }

    /// The length of [`Value::to_json`] in bytes, computed without creating it. AWS's size limits count these bytes.
    pub fn json_len(&self) -> Result<usize, TooDeep> {
        compact_len(self, 0)
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_json())
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn compact(value: &Value, out: &mut String) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Number(number) => number.push_text(out),
        Value::String(text) => push_string(text, out),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                compact(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (i, (key, member)) in members.iter().enumerate() {
                if i > 0 {
                    out.push(',');
                }
                push_string(key, out);
                out.push(':');
                compact(member, out);
            }
            out.push('}');
        }
    }
}

fn pretty(value: &Value, level: usize, out: &mut String) {
    match value {
        Value::Array(items) if !items.is_empty() => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                new_line(i, level + 1, out);
                pretty(item, level + 1, out);
            }
            new_line(0, level, out);
            out.push(']');
        }
        Value::Object(members) if !members.is_empty() => {
            out.push('{');
            for (i, (key, member)) in members.iter().enumerate() {
                new_line(i, level + 1, out);
                push_string(key, out);
                out.push_str(": ");
                pretty(member, level + 1, out);
            }
            new_line(0, level, out);
            out.push('}');
        }
        _ => compact(value, out),
    }
}

fn new_line(index: usize, level: usize, out: &mut String) {
    out.push_str(if index > 0 { ",\n" } else { "\n" });
    out.extend(std::iter::repeat_n("  ", level));
}

fn compact_len(value: &Value, depth: usize) -> Result<usize, TooDeep> {
    if depth > MAX_DEPTH {
        return Err(TooDeep);
    }
    if let Some(len) = value.scalar_len() {
        return Ok(len);
    }
    Ok(match value {
        Value::Array(items) => {
            let mut len = punctuation_len(items.len());
            for item in items.iter() {
                len += compact_len(item, depth + 1)?;
            }
            len
        }
        Value::Object(members) => {
            let mut len = punctuation_len(members.len());
            for (key, member) in members.iter() {
                len += string_len(key) + 1 + compact_len(member, depth + 1)?;
            }
            len
        }
        _ => 0,
    })
}

/// The escape of a byte that must be escaped in a string. Control characters use Jackson's form, with uppercase digits.
fn escape(byte: u8) -> Option<&'static str> {
    Some(match byte {
        b'"' => "\\\"",
        b'\\' => "\\\\",
        8 => "\\b",
        9 => "\\t",
        10 => "\\n",
        12 => "\\f",
        13 => "\\r",
        0..0x20 => "\\u00",
        _ => return None,
    })
}

/// Whether a byte has an [`escape`].
static IS_ESCAPED: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 0x20 {
        table[byte] = true;
        byte += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table
};

/// Appends a string in JSON text, with its quotes.
pub(crate) fn push_string(text: &str, out: &mut String) {
    out.reserve(text.len() + 2);
    out.push('"');
    let mut rest = text;
    // Most strings have no escapes. The compiler vectorizes a loop that has no early exit.
    let mut has_escapes = false;
    for byte in text.bytes() {
        has_escapes |= byte < 0x20 || byte == b'"' || byte == b'\\';
    }
    while has_escapes && let Some(at) = rest.bytes().position(|byte| IS_ESCAPED[usize::from(byte)]) {
        let byte = rest.as_bytes()[at];
        out.push_str(&rest[..at]);
        let escaped = escape(byte).unwrap_or_default();
        out.push_str(escaped);
        if escaped.len() > 2 {
            push_fmt!(out, "{byte:02X}");
        }
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

/// The length of the brackets of an array or object, and of the commas between this many elements.
pub(crate) const fn punctuation_len(elements: usize) -> usize {
    2 + elements.saturating_sub(1)
}

/// The length of a string in JSON text in bytes, including quotes.
pub(crate) fn string_len(text: &str) -> usize {
    let escaped = text.bytes().filter(|byte| IS_ESCAPED[usize::from(*byte)]);
    let extra = escaped
        .filter_map(escape)
        .map(|escaped| if escaped.len() > 2 { 5 } else { 1 });
    2 + text.len() + extra.sum::<usize>()
}
