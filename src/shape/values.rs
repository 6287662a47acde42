//! The values in a shape: constants, tuples, and items.

use super::constants::Constants;
use super::types::{Array, Field, Object, Shape, Union};
use crate::value::Value;
use std::rc::Rc;

/// The maximum number of items that are known one by one.
const MAX_TUPLE: usize = 16;

impl Shape {
    /// The shape that contains only this value.
    pub fn from_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::null(),
            Value::Bool(truth) => Union {
                booleans: Constants::one(*truth),
                ..Union::default()
            }
            .into(),
            Value::Number(number) => Union {
                numbers: Constants::one(number.clone()),
                ..Union::default()
            }
            .into(),
            Value::String(text) => Self::text(text),
            Value::Array(items) => Array::tuple(items.iter().map(Self::from_value).collect()).into(),
            Value::Object(members) => {
                let fields = members.iter();
                let fields =
                    fields.map(|(name, value)| (Rc::clone(name), Field::certain(Self::from_value(value))));
                Object {
                    fields: fields.collect(),
                    rest: Self::never(),
                }
                .into()
            }
        }
    }

    /// A plain value of the shape; `None` if nothing is known about it. Parts about which nothing is known are left out, or
    /// null where they cannot be.
    pub fn example(&self) -> Option<Value> {
        let Self::Union(union) = self else { return None };
        if let Some(object) = &union.object {
            let members = object.fields.iter().filter_map(|(name, field)| {
                let value = field.shape.example();
                let value = value.or_else(|| field.is_certain.then_some(Value::Null))?;
                Some((Rc::clone(name), value))
            });
            return Some(Value::object(members.collect()));
        }
        if let Some(array) = &union.array {
            let item = |index: usize| array.leading.get(index).unwrap_or(&array.rest).example();
            let items = (0..array.min.min(MAX_TUPLE)).map(|index| item(index).unwrap_or_default());
            return Some(Value::array(items.collect()));
        }
        let first = |value: Option<Value>, all: Value| Some(value.unwrap_or(all));
        if !union.strings.is_never() {
            let known = union.strings.known().and_then(<[_]>::first);
            return first(known.cloned().map(Value::String), Value::from("sample"));
        }
        if !union.numbers.is_never() {
            let known = union.numbers.known().and_then(<[_]>::first);
            return first(known.cloned().map(Value::Number), Value::from(1_i64));
        }
        if !union.booleans.is_never() {
            let known = union.booleans.known().and_then(<[_]>::first);
            return first(known.copied().map(Value::Bool), Value::Bool(true));
        }
        union.null.then_some(Value::Null)
    }

    /// Whether a value is possible.
    pub fn contains(&self, value: &Value) -> bool {
        let Self::Union(union) = self else { return true };
        match value {
            Value::Null => union.null,
            Value::Bool(truth) => union.booleans.contains(truth),
            Value::Number(number) => union.numbers.contains(number),
            Value::String(text) => union.strings.contains(text),
            Value::Array(items) => union.array.as_ref().is_some_and(|array| {
                items.len() >= array.min
                    && array.max.is_none_or(|max| items.len() <= max)
                    && items
                        .iter()
                        .enumerate()
                        .all(|(i, item)| array.leading.get(i).unwrap_or(&array.rest).contains(item))
            }),
            Value::Object(members) => union.object.as_ref().is_some_and(|object| {
                let certain = object.fields.iter().filter(|(_, field)| field.is_certain);
                certain.into_iter().all(|(name, _)| members.contains_key(name))
                    && members.iter().all(|(name, value)| {
                        let field = object.fields.get(name).map_or(&object.rest, |field| &field.shape);
                        field.contains(value)
                    })
            }),
        }
    }
}

impl Array {
    /// An array of exactly these items.
    pub fn tuple(items: Vec<Shape>) -> Self {
        let len = items.len();
        if len > MAX_TUPLE {
            return Self {
                rest: items.iter().fold(Shape::never(), |all, item| all.join(item)),
                leading: Vec::new(),
                min: len,
                max: Some(len),
            };
        }
        Self {
            leading: items,
            rest: Shape::never(),
            min: len,
            max: Some(len),
        }
    }

    /// The shape of the item at an index, and whether it certainly exists; `None` if it certainly does not.
    pub fn item(&self, index: usize) -> Option<(Shape, bool)> {
        if self.max.is_some_and(|max| index >= max) {
            return None;
        }
        let shape = self.leading.get(index).unwrap_or(&self.rest);
        (!shape.is_never()).then(|| (shape.clone(), index < self.min))
    }
}
