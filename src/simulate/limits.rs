//! AWS's limits on payloads, and a cache of sizes.

use super::state_error::StateError;
use crate::spec::error_name;
use crate::spec::quota;
use crate::value::{self, MAX_DEPTH, Value};
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

/// The number of cached sizes.
const CACHE_LEN: usize = 256;

/// Smaller arrays and objects are measured again, since caching them costs more.
const MIN_CACHED_LEN: usize = 8;

/// The maximum size of a payload if AWS's limits are off.
const MAX_BYTES: usize = 1 << 30;

/// The size of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Size {
    /// Bytes of its JSON text.
    bytes: usize,
    /// Nesting depth.
    depth: usize,
}

/// A cache of sizes. The output of a state is mostly its input with additions; a value that was measured before is
/// recognized by its address. The value itself is kept so that the address cannot be reused.
#[derive(Debug, Default)]
pub(super) struct Sizes {
    cached: HashMap<usize, (Value, Size)>,
    order: VecDeque<usize>,
}

impl Sizes {
    /// Measures a value, up to `room` bytes: values share their parts, so that the text of a few nested ones may be
    /// longer than could be counted in reasonable time.
    fn measure(&mut self, value: &Value, room: usize) -> Size {
        let (address, children) = match value {
            Value::Array(items) => (Rc::as_ptr(items).addr(), items.len()),
            Value::Object(members) => (Rc::as_ptr(members).addr(), members.len()),
            // A scalar nests nothing, so its length is always cached.
            scalar => {
                return Size {
                    bytes: scalar.json_len().unwrap_or(usize::MAX),
                    depth: 0,
                };
            }
        };
        if children >= MIN_CACHED_LEN
            && let Some((_, size)) = self.cached.get(&address)
        {
            return *size;
        }
        let mut size = Size {
            bytes: value::punctuation_len(children),
            depth: 0,
        };
        let add = |size: &mut Size, inside: Size| {
            size.bytes = size.bytes.saturating_add(inside.bytes);
            size.depth = size.depth.max(inside.depth);
        };
        match value {
            Value::Array(items) => {
                for item in items.iter() {
                    let left = room.saturating_sub(size.bytes);
                    if left == 0 {
                        break;
                    }
                    let inside = self.measure(item, left);
                    add(&mut size, inside);
                }
            }
            Value::Object(members) => {
                for (key, member) in members.iter() {
                    size.bytes = size.bytes.saturating_add(value::string_len(key));
                    let left = room.saturating_sub(size.bytes);
                    if left == 0 {
                        break;
                    }
                    let inside = self.measure(member, left);
                    add(&mut size, inside);
                }
            }
            _ => {}
        }
        if matches!(value, Value::Object(_)) {
            size.bytes += children;
        }
        size.depth += 1;
        if children >= MIN_CACHED_LEN && size.bytes < room {
            self.cache(address, value, size);
        }
        size
    }

    fn cache(&mut self, address: usize, value: &Value, size: Size) {
        if self.order.len() >= CACHE_LEN
            && let Some(oldest) = self.order.pop_front()
        {
            self.cached.remove(&oldest);
        }
        self.cached.insert(address, (value.clone(), size));
        self.order.push_back(address);
    }

    /// Bytes of a value as JSON text.
    pub(super) fn bytes(&mut self, value: &Value) -> usize {
        self.measure(value, MAX_BYTES).bytes
    }

    /// The bytes of a value as JSON text. Fails if it exceeds the maximum size of a payload (without limits: a size
    /// that fits in memory) or the maximum nesting depth; `source` is the state or resource that returned it.
    pub(super) fn check(&mut self, value: &Value, source: &str, limited: bool) -> Result<usize, StateError> {
        let most = if limited { quota::PAYLOAD_BYTES } else { MAX_BYTES };
        let size = self.measure(value, most + 1);
        if size.depth > MAX_DEPTH {
            return Err(StateError::named(
                error_name::RUNTIME,
                format!(
                    "The state/task '{source}' returned a result that nests deeper than {MAX_DEPTH} levels."
                ),
            ));
        }
        if size.bytes <= most {
            return Ok(size.bytes);
        }
        Err(StateError::named(
            error_name::DATA_LIMIT_EXCEEDED,
            format!(
                "The state/task '{source}' returned a result with a size exceeding the maximum number of bytes service limit."
            ),
        ))
    }
}

/// Whether two values share the same memory.
pub(super) fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => Rc::ptr_eq(a, b),
        (Value::Object(a), Value::Object(b)) => Rc::ptr_eq(a, b),
        (Value::String(a), Value::String(b)) => Rc::ptr_eq(a, b),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_the_length_of_the_text() {
        let mut sizes = Sizes::default();
        for text in [
            r#"{"a":[1,2,3,4,5,6,7,8,9,{"b":"é\n"}],"c":null,"d":{}}"#,
            "[]",
            "{}",
            "12.50",
            r#""x""#,
        ] {
            let value = Value::parse(text).unwrap();
            assert_eq!(sizes.bytes(&value), value.to_json().len());
            assert_eq!(sizes.bytes(&value), value.to_json().len());
        }
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        let mut sizes = Sizes::default();
        let text = |n: usize| Value::from("x".repeat(n));
        assert!(sizes.check(&text(quota::PAYLOAD_BYTES - 2), "A", true).is_ok());
        assert!(sizes.check(&text(quota::PAYLOAD_BYTES - 1), "A", true).is_err());
        assert!(sizes.check(&text(quota::PAYLOAD_BYTES - 1), "A", false).is_ok());
    }

    #[test]
    fn what_doubles_and_doubles_is_too_large() {
        let mut value = Value::from("x");
        for _ in 0..200 {
            value = Value::array(vec![value.clone(), value]);
        }
        let mut sizes = Sizes::default();
        assert!(sizes.check(&value, "A", true).is_err());
    }

    #[test]
    fn endless_nesting_ends() {
        let mut sizes = Sizes::default();
        let mut value = Value::Null;
        let mut levels = 0;
        while sizes.check(&value, "A", false).is_ok() {
            value = Value::array(vec![value]);
            levels += 1;
        }
        assert_eq!(levels, MAX_DEPTH + 1);
    }
}
