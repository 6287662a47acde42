//! The JSON value that flows through a run: exact numbers, ordered keys, clone in O(1).
//!
//! Step Functions hands a JSONPath state's data on untouched: a 20-digit id, `1.0` and `1e3` leave as they
//! came. So a number keeps its text wherever its text says more than its value, and nothing here goes through
//! `f64` on the way from text to text.

pub mod jackson;
mod number;
mod object;
mod read;
mod write;

use std::fmt;
use std::rc::Rc;

pub use number::Number;
pub use object::{Members, Object};
pub use read::{MAX_DEPTH, ParseError};
pub(crate) use write::string_len;

/// A JSON value. Cloning copies a pointer at most; changing a shared value copies the one level that changes.
///
/// Equality is JSON's: numbers by their exact value (`1` equals `1.0`), objects without regard to order.
#[derive(Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number of any size.
    Number(Number),
    /// A string.
    String(Rc<str>),
    /// An array.
    Array(Rc<Vec<Value>>),
    /// An object with its keys in order.
    Object(Rc<Object>),
}

/// What stops [`Value::json_len`]: the value nests deeper than [`MAX_DEPTH`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooDeep;

impl fmt::Display for TooDeep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the value nests deeper than {MAX_DEPTH} levels")
    }
}

impl std::error::Error for TooDeep {}

impl Value {
    /// Reads one JSON text (RFC 8259, nothing around it but blanks). Of duplicate keys the last wins; nesting
    /// is capped at [`MAX_DEPTH`]; half a surrogate pair in an escape becomes U+FFFD.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        read::parse(text)
    }

    /// Reads the JSON value that `text` begins with: the value, and the byte after it.
    pub(crate) fn parse_first(text: &str) -> Result<(Self, usize), ParseError> {
        read::parse_first(text)
    }

    /// An array of `items`.
    pub fn array(items: Vec<Value>) -> Self {
        Self::Array(Rc::new(items))
    }

    /// An object of `members`.
    pub fn object(members: Object) -> Self {
        Self::Object(Rc::new(members))
    }

    /// `{}`
    pub fn empty_object() -> Self {
        Self::object(Object::default())
    }

    /// The member `key` of an object.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.as_object()?.get(key)
    }

    /// The item `index` of an array.
    pub fn item(&self, index: usize) -> Option<&Value> {
        self.as_array()?.get(index)
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(truth) => Some(*truth),
            _ => None,
        }
    }

    /// The number.
    pub fn as_number(&self) -> Option<&Number> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The items of an array.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Self::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members of an object.
    pub fn as_object(&self) -> Option<&Object> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The items, to change; copies them first if another value shares them.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Self::Array(items) => Some(Rc::make_mut(items)),
            _ => None,
        }
    }

    /// The members, to change; copies them first if another value shares them.
    pub fn as_object_mut(&mut self) -> Option<&mut Object> {
        match self {
            Self::Object(members) => Some(Rc::make_mut(members)),
            _ => None,
        }
    }

    /// Whether this is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// JSON's word for the type: `null`, `boolean`, `number`, `string`, `array`, `object`.
    pub const fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        }
    }

    /// The compact JSON text, as AWS prints it: no blanks, keys in order, numbers as they came.
    pub fn to_json(&self) -> String {
        let mut out = String::new();
        write::compact(self, &mut out);
        out
    }

    /// The JSON text over several lines, two blanks a level.
    pub fn to_json_pretty(&self) -> String {
        let mut out = String::new();
        write::pretty(self, 0, &mut out);
        out
    }

    /// The bytes [`Value::to_json`] would take, without building them; what AWS's size limits count.
    pub fn json_len(&self) -> Result<usize, TooDeep> {
        write::compact_len(self, 0)
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

impl std::str::FromStr for Value {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, ParseError> {
        Self::parse(text)
    }
}

impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Bool(truth)
    }
}

impl From<i64> for Value {
    fn from(integer: i64) -> Self {
        Self::Number(integer.into())
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::String(text.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::String(text.into())
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        Self::array(items)
    }
}

impl From<Object> for Value {
    fn from(members: Object) -> Self {
        Self::object(members)
    }
}

impl<K: Into<Rc<str>>, V: Into<Value>, const N: usize> From<[(K, V); N]> for Value {
    fn from(members: [(K, V); N]) -> Self {
        let members = members.into_iter().map(|(key, value)| (key.into(), value.into()));
        Self::object(members.collect())
    }
}

impl From<&serde_json::Value> for Value {
    fn from(value: &serde_json::Value) -> Self {
        match value {
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(truth) => Self::Bool(*truth),
            serde_json::Value::Number(number) => Self::Number(number.into()),
            serde_json::Value::String(text) => Self::from(text.as_str()),
            serde_json::Value::Array(items) => Self::array(items.iter().map(Self::from).collect()),
            serde_json::Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, value)| (key.as_str().into(), value.into()));
                Self::object(members.collect())
            }
        }
    }
}

impl From<serde_json::Value> for Value {
    fn from(value: serde_json::Value) -> Self {
        Self::from(&value)
    }
}

impl From<&Value> for serde_json::Value {
    /// Numbers that `serde_json` cannot hold exactly become the nearest `f64`.
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(truth) => Self::Bool(*truth),
            Value::Number(number) => number.into(),
            Value::String(text) => Self::String(text.as_ref().to_owned()),
            Value::Array(items) => Self::Array(items.iter().map(Self::from).collect()),
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(key, value)| (key.as_ref().to_owned(), value.into()));
                Self::Object(members.collect())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(text: &str) -> String {
        Value::parse(text).unwrap().to_json()
    }

    #[test]
    fn text_survives() {
        for text in [
            "12345678901234567890",
            "1.0",
            "1e3",
            "-0",
            "-0.0",
            "0.1",
            "1E+400",
            "9223372036854775807",
            "9223372036854775808",
            r#"{"b":1,"a":[true,false,null,"é\"\\\n\u0001"]}"#,
        ] {
            assert_eq!(round_trip(text), text);
        }
    }

    #[test]
    fn blanks_go_and_the_last_duplicate_wins() {
        assert_eq!(
            round_trip(" {\"a\" : 1 ,\n\"b\":2, \"a\":3} "),
            r#"{"a":3,"b":2}"#
        );
    }

    #[test]
    fn numbers_are_equal_by_value() {
        let same = |a: &str, b: &str| Value::parse(a).unwrap() == Value::parse(b).unwrap();
        assert!(same("1", "1.0") && same("1e3", "1000") && same("-0", "0") && same("0.10", "1e-1"));
        assert!(!same("12345678901234567890", "12345678901234567891") && !same("1", "1.0000000000000000001"));
    }

    #[test]
    fn errors_have_a_place() {
        let at = |text: &str| Value::parse(text).unwrap_err().offset;
        assert_eq!(
            (at("{bad}"), at("[1,]"), at("nul"), at(""), at("01"), at("1 2")),
            (1, 3, 0, 0, 1, 2)
        );
        assert_eq!(at(&"[".repeat(600)), MAX_DEPTH);
    }

    #[test]
    fn escapes_decode() {
        assert_eq!(round_trip(r#""\u00e9\ud83d\ude00\/\ud800""#), "\"é😀/\u{fffd}\"");
    }

    #[test]
    fn a_change_leaves_the_other_alone() {
        let a = Value::parse(r#"{"x":{"y":1}}"#).unwrap();
        let mut b = a.clone();
        b.as_object_mut().unwrap().insert("z".into(), true.into());
        assert_eq!(
            (a.to_json().as_str(), b.to_json().as_str()),
            (r#"{"x":{"y":1}}"#, r#"{"x":{"y":1},"z":true}"#)
        );
    }

    #[test]
    fn the_length_is_that_of_the_text() {
        let v = Value::parse(r#"{"a":[1.50,"é\u0001\n",{}],"b":[],"c":null}"#).unwrap();
        assert_eq!(v.json_len(), Ok(v.to_json().len()));
    }

    #[test]
    fn pretty_text_reads_back() {
        let v = Value::parse(r#"{"a":[1,{"b":[]}],"c":{}}"#).unwrap();
        assert_eq!(
            v.to_json_pretty(),
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}"
        );
        assert_eq!(Value::parse(&v.to_json_pretty()).unwrap(), v);
    }
}
