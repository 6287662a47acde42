//! An item of a Map.

use crate::value::{Object, Value};
use std::rc::Rc;

/// An item of a Map, as `$$.Map.Item` shows it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Its index.
    pub(super) index: usize,
    /// The item, or the value of a member if the Map iterates over an object.
    pub(super) value: Value,
    /// The key of the member.
    pub(super) key: Option<Rc<str>>,
    /// Its source; only in Distributed Maps.
    pub(super) source: Option<Rc<str>>,
}

impl Item {
    /// An item of an inline Map.
    pub(super) fn new(index: usize, value: Value) -> Self {
        Self {
            index,
            value,
            key: None,
            source: None,
        }
    }

    /// The input of an iteration without an `ItemSelector`: the item, or `{"Key": …, "Value": …}` for a member.
    pub(super) fn input(&self) -> Value {
        match &self.key {
            Some(key) => [
                ("Key", Value::String(Rc::clone(key))),
                ("Value", self.value.clone()),
            ]
            .into(),
            None => self.value.clone(),
        }
    }

    /// The value of `$$.Map.Item`.
    pub(super) fn to_value(&self) -> Value {
        let index = i64::try_from(self.index).unwrap_or(i64::MAX);
        let mut item: Object = [
            ("Index".into(), Value::from(index)),
            ("Value".into(), self.value.clone()),
        ]
        .into_iter()
        .collect();
        let texts = [("Key", &self.key), ("Source", &self.source)];
        for (name, text) in texts {
            if let Some(text) = text {
                item.insert(name.into(), Value::String(Rc::clone(text)));
            }
        }
        Value::object(item)
    }
}
