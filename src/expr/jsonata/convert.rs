//! Conversion between [`Value`] and `jsonata-core`'s value.

use std::cell::RefCell;
use std::rc::Rc;

use indexmap::IndexMap;
use jsonata_core::value::{JArray, JMap, JValue};

use super::limits::{Limits, MAX_BYTES};
use crate::value::{MAX_DEPTH, Number, Object, Value};

/// How many values [`Conversions`] caches: a state's input, context, result, and a few variables.
const REMEMBERED: usize = 8;

/// A cache of recently converted values, so that ten expressions with the same input convert it once.
#[derive(Default)]
pub struct Conversions {
    values: RefCell<Vec<(Value, JValue)>>,
    /// The last `$states`, with its fields.
    states: RefCell<Option<(Vec<StatesField>, JValue)>>,
}

/// A field of `$states`, and its value.
type StatesField = (&'static str, Value);

impl Conversions {
    /// `$states` for JSONata, with the fields that are read; cached.
    pub(super) fn states<'v>(
        &self,
        fields: impl Iterator<Item = (&'static str, &'v Value)> + Clone,
    ) -> JValue {
        let mut last = self.states.borrow_mut();
        if let Some((known, states)) = &*last
            && known.len() == fields.clone().count()
            && known
                .iter()
                .zip(fields.clone())
                .all(|((known, of), (name, value))| *known == name && shares(of, value))
        {
            return states.clone();
        }
        let states = states(fields.clone().map(|(name, value)| (name, self.get(value))));
        let known = fields.map(|(name, value)| (name, value.clone()));
        *last = Some((known.collect(), states.clone()));
        states
    }

    /// `value` for JSONata, cached.
    pub(super) fn get(&self, value: &Value) -> JValue {
        let mut remembered = self.values.borrow_mut();
        // The cached value keeps its allocation alive, so an equal address is the same value.
        if let Some((_, converted)) = remembered.iter().find(|(other, _)| shares(other, value)) {
            return converted.clone();
        }
        let converted = to_jsonata(value);
        if remembered.len() == REMEMBERED {
            remembered.remove(0);
        }
        remembered.push((value.clone(), converted.clone()));
        converted
    }
}

/// Builds `$states` from its fields.
pub(super) fn states(fields: impl Iterator<Item = (&'static str, JValue)>) -> JValue {
    let fields = fields.map(|(name, value)| (name.to_owned(), value));
    JValue::Object(Rc::new(fields.collect()))
}

fn shares(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => Rc::ptr_eq(a, b),
        (Value::Object(a), Value::Object(b)) => Rc::ptr_eq(a, b),
        _ => false,
    }
}

/// Converts `value` for JSONata, where all numbers are `f64`.
pub(super) fn to_jsonata(value: &Value) -> JValue {
    match value {
        Value::Null => JValue::Null,
        Value::Bool(truth) => JValue::Bool(*truth),
        Value::Number(number) => JValue::Number(number.as_f64()),
        Value::String(text) => JValue::String(Rc::clone(text)),
        Value::Array(items) => {
            let flat = !items.iter().any(|item| matches!(item, Value::Array(_)));
            JValue::Array(JArray::new_flat(items.iter().map(to_jsonata).collect(), flat))
        }
        Value::Object(members) => {
            let members = members
                .iter()
                .map(|(key, member)| (key.as_ref().to_owned(), to_jsonata(member)));
            JValue::Object(Rc::new(JMap::from(members.collect::<IndexMap<_, _>>())))
        }
    }
}

/// Why a result cannot be converted to a [`Value`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unrepresentable {
    /// It is, or contains, a function.
    Function,
    /// It nests deeper than [`MAX_DEPTH`], or has too many parts.
    TooLarge,
}

/// Converts a result; `None` if it is undefined. Infinities and NaN become the strings that Step Functions shows for them.
pub(super) fn from_jsonata(value: &JValue, limits: Limits) -> Result<Option<Value>, Unrepresentable> {
    // Shared parts count each time: forty doublings of an array are small in memory, but endless when printed.
    Unpacker {
        left: limits.parts(),
        bytes: MAX_BYTES,
    }
    .value(value, 0)
}

struct Unpacker {
    /// The parts and the bytes of strings that may still be converted.
    left: usize,
    bytes: usize,
}

impl Unpacker {
    fn take_bytes(&mut self, bytes: usize) -> Result<(), Unrepresentable> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(Unrepresentable::TooLarge)?;
        Ok(())
    }

    fn value(&mut self, value: &JValue, depth: usize) -> Result<Option<Value>, Unrepresentable> {
        if depth > MAX_DEPTH {
            return Err(Unrepresentable::TooLarge);
        }
        self.left = self.left.checked_sub(1).ok_or(Unrepresentable::TooLarge)?;
        Ok(Some(match value {
            JValue::Undefined => return Ok(None),
            JValue::Null => Value::Null,
            JValue::Bool(truth) => Value::Bool(*truth),
            JValue::Number(number) => self::number(*number),
            JValue::String(text) => {
                self.take_bytes(text.len())?;
                Value::String(Rc::clone(text))
            }
            JValue::Array(items) => {
                let items = items
                    .iter()
                    .filter_map(|item| self.value(item, depth + 1).transpose());
                Value::array(items.collect::<Result<_, _>>()?)
            }
            JValue::Object(members) => {
                let members = members.iter().filter_map(|(key, member)| {
                    let member = self.value(member, depth + 1).transpose()?;
                    let member = self.take_bytes(key.len()).and(member);
                    Some(member.map(|member| (Rc::from(key.as_str()), member)))
                });
                Value::object(members.collect::<Result<Object, _>>()?)
            }
            JValue::Lambda(_) | JValue::Builtin { .. } | JValue::Regex { .. } => {
                return Err(Unrepresentable::Function);
            }
        }))
    }
}

fn number(number: f64) -> Value {
    match Number::from_f64(number) {
        Some(number) => Value::Number(number),
        None if number.is_nan() => "NaN".into(),
        None if number > 0.0 => "Infinity".into(),
        None => "-Infinity".into(),
    }
}
