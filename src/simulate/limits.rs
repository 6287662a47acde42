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

/// A value with more parts has those that it shares measured once.
const MIN_SHARED_LEN: usize = 1 << 12;

/// The maximum size of a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PayloadLimit {
    /// AWS's, which fails the state with an error that it can handle.
    Quota,
    /// That of the simulator if AWS's limits are off.
    Bytes(usize),
}

/// The size of a value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Size {
    /// Bytes of its JSON text.
    bytes: usize,
    /// Nesting depth.
    depth: usize,
}

/// The sizes of parts that occur several times in a large value.
#[derive(Debug, Default)]
struct Shared {
    sizes: Option<HashMap<usize, Size>>,
    /// Parts measured so far.
    parts: usize,
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
        self.measure_part(value, room, &mut Shared::default())
    }

    fn measure_part(&mut self, value: &Value, room: usize, shared: &mut Shared) -> Size {
        let (address, children, is_shared) = match value {
            Value::Array(items) => (Rc::as_ptr(items).addr(), items.len(), Rc::strong_count(items) > 1),
            Value::Object(members) => (
                Rc::as_ptr(members).addr(),
                members.len(),
                Rc::strong_count(members) > 1,
            ),
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
        shared.parts += 1 + children;
        let is_shared = is_shared && shared.parts > MIN_SHARED_LEN;
        if is_shared && let Some(size) = shared.sizes.as_ref().and_then(|sizes| sizes.get(&address)) {
            return *size;
        }
        let mut size = match value {
            Value::Array(items) => {
                self.measure_all(items.iter().map(|item| (0, item)), children, room, shared)
            }
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, member)| (value::string_len(key), member));
                let mut size = self.measure_all(members, children, room, shared);
                size.bytes = size.bytes.saturating_add(children);
                size
            }
            _ => Size::default(),
        };
        size.depth += 1;
        if children >= MIN_CACHED_LEN && size.bytes < room {
            self.cache(address, value, size);
        }
        if is_shared {
            shared.sizes.get_or_insert_default().insert(address, size);
        }
        size
    }

    /// Measures the parts of an array or object, each with the length of its key, and the punctuation between them.
    fn measure_all<'v>(
        &mut self,
        parts: impl Iterator<Item = (usize, &'v Value)>,
        count: usize,
        room: usize,
        shared: &mut Shared,
    ) -> Size {
        let mut size = Size {
            bytes: value::punctuation_len(count),
            depth: 0,
        };
        for (key, part) in parts {
            size.bytes = size.bytes.saturating_add(key);
            let left = room.saturating_sub(size.bytes);
            if left == 0 {
                break;
            }
            let inside = match part.scalar_len() {
                Some(bytes) => Size { bytes, depth: 0 },
                None => self.measure_part(part, left, shared),
            };
            size.bytes = size.bytes.saturating_add(inside.bytes);
            size.depth = size.depth.max(inside.depth);
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

    /// Bytes of a value as JSON text; what exceeds 1 GiB is not counted.
    pub(super) fn bytes(&mut self, value: &Value) -> usize {
        self.measure(value, 1 << 30).bytes
    }

    /// The bytes of a value as JSON text. Fails if it exceeds the maximum size of a payload or the maximum nesting depth;
    /// `source` is the state or resource that returned it.
    pub(super) fn check(
        &mut self,
        value: &Value,
        source: &str,
        limit: PayloadLimit,
    ) -> Result<usize, StateError> {
        let most = match limit {
            PayloadLimit::Quota => quota::PAYLOAD_BYTES,
            PayloadLimit::Bytes(bytes) => bytes,
        };
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
        let cause = match limit {
            PayloadLimit::Quota => format!(
                "The state/task '{source}' returned a result with a size exceeding the maximum number of bytes service limit."
            ),
            PayloadLimit::Bytes(bytes) => format!(
                "The state/task '{source}' returned a result of more than {bytes} bytes, the limit of --max-payload."
            ),
        };
        Err(StateError {
            is_fatal: limit != PayloadLimit::Quota,
            ..StateError::named(error_name::DATA_LIMIT_EXCEEDED, cause)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_size_equals_the_length_of_the_text() {
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
        assert!(
            sizes
                .check(&text(quota::PAYLOAD_BYTES - 2), "A", PayloadLimit::Quota)
                .is_ok()
        );
        assert!(
            sizes
                .check(&text(quota::PAYLOAD_BYTES - 1), "A", PayloadLimit::Quota)
                .is_err()
        );
        assert!(
            sizes
                .check(&text(quota::PAYLOAD_BYTES - 1), "A", PayloadLimit::Bytes(1 << 30))
                .is_ok()
        );
    }

    #[test]
    fn measures_shared_parts_once() {
        let mut value = Value::from("x");
        for _ in 0..200 {
            value = Value::array(vec![value.clone(), value]);
        }
        let mut sizes = Sizes::default();
        assert!(sizes.check(&value, "A", PayloadLimit::Quota).is_err());
        let error = sizes
            .check(&value, "A", PayloadLimit::Bytes(usize::MAX - 1))
            .unwrap_err();
        assert!(error.is_fatal);
    }

    #[test]
    fn endless_nesting_ends() {
        let mut sizes = Sizes::default();
        let mut value = Value::Null;
        let mut levels = 0;
        while sizes.check(&value, "A", PayloadLimit::Bytes(1 << 30)).is_ok() {
            value = Value::array(vec![value]);
            levels += 1;
        }
        assert_eq!(levels, MAX_DEPTH + 1);
    }
}
