//! The types that expressions expect of the values that they read.

use super::origin::FieldContext;
use super::reference::Reference;
use crate::value::Value;

/// A value that a field of a visited state reads, and the type that it expects.
#[derive(Debug)]
pub(super) struct TypedRead {
    pub(super) at: FieldContext,
    pub(super) reference: Reference,
    pub(super) expected: ExpectedType,
}

/// The type of value with which an expression does not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ExpectedType {
    Any,
    Text,
    Number,
    Bool,
    Array,
    Numbers,
    Object,
    /// An object, or no value: `ResultPath` adds a missing parent.
    ObjectOrMissing,
    /// JSON text.
    Json,
    Timestamp,
}

impl ExpectedType {
    /// An example.
    pub(super) fn sample(self) -> Value {
        match self {
            Self::Any | Self::Text => Value::from("sample"),
            Self::Number => Value::from(1),
            Self::Bool => Value::Bool(true),
            Self::Array => Value::array(vec![Value::from("sample")]),
            Self::Numbers => Value::array(vec![Value::from(1)]),
            Self::Object | Self::ObjectOrMissing => Value::empty_object(),
            Self::Json => Value::from("{}"),
            Self::Timestamp => Value::from("2030-01-01T00:00:00Z"),
        }
    }

    pub(super) fn accepts(self, value: &Value) -> bool {
        match self {
            Self::Any => true,
            Self::Text => value.as_str().is_some(),
            Self::Number => value.as_number().is_some(),
            Self::Bool => value.as_bool().is_some(),
            Self::Array => value.as_array().is_some(),
            Self::Numbers => value
                .as_array()
                .is_some_and(|items| items.iter().all(|i| i.as_number().is_some())),
            Self::Object | Self::ObjectOrMissing => value.as_object().is_some(),
            Self::Json => value.as_str().is_some_and(|text| Value::parse(text).is_ok()),
            Self::Timestamp => value
                .as_str()
                .is_some_and(|text| crate::asl::semantics::timestamp::instant(text).is_some()),
        }
    }
}
