//! The JSON value type.

use super::number::Number;
use super::object::Map;
use std::rc::Rc;

/// The members of an object.
pub type Object = Map<Value>;

/// A JSON value. Cloning copies at most a pointer; changing a shared value copies the level that changes.
///
/// Equality is that of JSON: numbers by exact value (`1` equals `1.0`), objects regardless of order.
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

impl Value {
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

    /// Whether two values share the same memory.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Array(a), Self::Array(b)) => Rc::ptr_eq(a, b),
            (Self::Object(a), Self::Object(b)) => Rc::ptr_eq(a, b),
            (Self::String(a), Self::String(b)) => Rc::ptr_eq(a, b),
            _ => false,
        }
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

    /// The boolean.
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

    /// A mutable reference to the items; shared items are copied first.
    pub fn as_array_mut(&mut self) -> Option<&mut Vec<Value>> {
        match self {
            Self::Array(items) => Some(Rc::make_mut(items)),
            _ => None,
        }
    }

    /// A mutable reference to the members; shared members are copied first.
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

    /// The JSON type: `null`, `boolean`, `number`, `string`, `array`, or `object`.
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
}
