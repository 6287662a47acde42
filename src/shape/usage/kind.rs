//! Types that operations require.

use crate::asl::semantics::timestamp;
use crate::value::Value;

/// A type that an operation requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A string.
    Text,
    /// A string that is an RFC 3339 timestamp.
    Timestamp,
    /// A string that contains a number.
    NumericText,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// An array.
    Array,
    /// An object.
    Object,
    /// `null`.
    Null,
}

impl Type {
    /// Whether a value has the type.
    pub fn is_type_of(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Timestamp, Value::String(text)) => timestamp::instant(text).is_some(),
            (Self::NumericText, Value::String(text)) => text.parse::<f64>().is_ok(),
            (Self::Text, Value::String(_))
            | (Self::Number, Value::Number(_))
            | (Self::Boolean, Value::Bool(_))
            | (Self::Array, Value::Array(_))
            | (Self::Object, Value::Object(_))
            | (Self::Null, Value::Null) => true,
            _ => false,
        }
    }
}

/// The sample of a type.
pub(super) fn default_of(kind: Type) -> Value {
    match kind {
        Type::Text => Value::from("sample"),
        Type::Timestamp => Value::from("2030-01-01T00:00:00Z"),
        Type::NumericText => Value::from("1"),
        Type::Number => Value::from(1_i64),
        Type::Boolean => Value::Bool(true),
        Type::Array => Value::array(Vec::new()),
        Type::Object => Value::empty_object(),
        Type::Null => Value::Null,
    }
}
