//! Concrete paths into values.

use crate::value::{Object, Value};
use std::rc::Rc;

/// A step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// A member of an object.
    Key(Rc<str>),
    /// An item of an array.
    Index(usize),
    /// The value that a string contains as JSON text.
    Json,
}

/// A path from a value to one inside it.
pub(super) type Steps = Vec<Step>;

/// The value at the end of a path.
pub(super) fn get(value: &Value, steps: &[Step]) -> Option<Value> {
    let Some((first, rest)) = steps.split_first() else {
        return Some(value.clone());
    };
    match first {
        // JSONata looks into the items of an array.
        Step::Key(key) => match value {
            Value::Array(items) => get(items.first()?, steps),
            _ => get(value.get(key)?, rest),
        },
        Step::Index(index) => get(value.item(*index)?, rest),
        Step::Json => get(&Value::parse(value.as_str()?).ok()?, rest),
    }
}

/// The value with another one at the end of a path, or without it for `None`. What is missing on the way is created.
pub(super) fn set(value: &Value, steps: &[Step], new: Option<Value>) -> Value {
    let Some((first, rest)) = steps.split_first() else {
        return new.unwrap_or_else(Value::empty_object);
    };
    match first {
        Step::Key(key) => {
            if let Value::Array(items) = value
                && !items.is_empty()
            {
                let items = items.iter().map(|item| set(item, steps, new.clone()));
                return Value::array(items.collect());
            }
            let mut members = value.as_object().cloned().unwrap_or_default();
            match new {
                None if rest.is_empty() => {
                    members.remove(key);
                }
                // Nothing has to be removed from what does not exist.
                None if members.get(key).is_none() => {}
                new => {
                    let inner = members.get(key).cloned().unwrap_or_else(Value::empty_object);
                    members.insert(Rc::clone(key), set(&inner, rest, new));
                }
            }
            Value::object(members)
        }
        Step::Index(index) => {
            let mut items = value.as_array().map(<[Value]>::to_vec).unwrap_or_default();
            if new.is_none() && rest.is_empty() {
                items.truncate(*index);
                return Value::array(items);
            }
            while items.len() <= *index {
                let more = items.first().cloned().unwrap_or_else(Value::empty_object);
                items.push(more);
            }
            items[*index] = set(&items[*index], rest, new);
            Value::array(items)
        }
        Step::Json => {
            let inner = value.as_str().and_then(|text| Value::parse(text).ok());
            let inner = inner.unwrap_or_else(Value::empty_object);
            Value::from(set(&inner, rest, new).to_json())
        }
    }
}

/// An array with this number of items: the first ones of another, or copies of its first one.
pub(super) fn resized(items: Option<&Value>, length: usize) -> Value {
    let mut items = items
        .and_then(Value::as_array)
        .map(<[Value]>::to_vec)
        .unwrap_or_default();
    items.truncate(length);
    while items.len() < length {
        let more = items.first().cloned().unwrap_or_else(|| Value::from("sample"));
        items.push(more);
    }
    Value::array(items)
}

/// An object with the members of a list.
pub(super) fn object(members: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let members = members.into_iter().map(|(key, value)| (key.into(), value));
    Value::object(members.collect::<Object>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> Steps {
        let steps = text.split('.').filter(|step| !step.is_empty());
        let step = |step: &str| match step.parse() {
            Ok(index) => Step::Index(index),
            Err(_) if step == "json" => Step::Json,
            Err(_) => Step::Key(step.into()),
        };
        steps.map(step).collect()
    }

    #[test]
    fn set_creates_missing_containers() {
        for (value, path, new, expected) in [
            ("{}", "a.b", Some("1"), r#"{"a":{"b":1}}"#),
            (r#"{"a":1,"c":2}"#, "a.b", Some("1"), r#"{"a":{"b":1},"c":2}"#),
            (
                r#"{"a":[{"b":0}]}"#,
                "a.1.b",
                Some("1"),
                r#"{"a":[{"b":0},{"b":1}]}"#,
            ),
            (r#"{"a":{"b":1}}"#, "a.b", None, r#"{"a":{}}"#),
            (r#"{"a":{"b":1}}"#, "x.b", None, r#"{"a":{"b":1}}"#),
            (
                r#"{"a":"{\"b\":0}"}"#,
                "a.json.b",
                Some("1"),
                r#"{"a":"{\"b\":1}"}"#,
            ),
        ] {
            let new = new.map(|text| Value::parse(text).unwrap());
            let changed = set(&Value::parse(value).unwrap(), &steps(path), new.clone());
            assert_eq!(changed.to_json(), expected);
            assert_eq!(get(&changed, &steps(path)), new);
        }
    }
}
