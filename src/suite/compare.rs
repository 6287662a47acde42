//! Comparison of expected values with actual ones.

use super::matcher::{self, Matcher};
use crate::asl::literal;
use crate::document::{Member, Node, NodeKind};
use crate::source::Span;
use crate::value::{Object, Value};

/// How much of a value is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All of it.
    Whole,
    /// A part: objects may have more keys; arrays have the same length.
    Part,
}

/// Two values that differ, prepared for a diff: what a matcher accepts and what a part leaves out is the same in both.
#[derive(Debug)]
pub(super) struct Difference {
    /// The expected value.
    pub(super) expected: Value,
    /// The actual value.
    pub(super) actual: Value,
    /// The first place that differs: `.order.id`, `[2]`; empty for the whole value.
    pub(super) path: String,
    /// Its place in the suite.
    pub(super) span: Span,
}

/// The difference between an expected and an actual value; `None` if the value is as expected.
pub(super) fn difference(expected: &Node, actual: &Value, extent: Extent) -> Option<Difference> {
    if fits(expected, actual, extent) {
        return None;
    }
    let mut path = String::new();
    let span = first(expected, actual, extent, &mut path);
    let (expected, actual) = align(expected, actual, extent);
    Some(Difference {
        expected,
        actual,
        path,
        span,
    })
}

/// Whether a value is as expected.
pub(super) fn fits(expected: &Node, actual: &Value, extent: Extent) -> bool {
    match (&expected.kind, actual) {
        (NodeKind::Object(members), _) => {
            if let Some(matcher) = Matcher::of(expected) {
                return matcher.matches(actual);
            }
            let Some(object) = actual.as_object() else {
                return false;
            };
            (extent == Extent::Part || members.len() == object.len())
                && members.iter().all(|member| {
                    let actual = object.get(matcher::key(member.key.as_str()));
                    actual.is_some_and(|actual| fits(&member.value, actual, extent))
                })
        }
        (NodeKind::Array(items), Value::Array(actual)) => {
            items.len() == actual.len()
                && items
                    .iter()
                    .zip(actual.iter())
                    .all(|(expected, actual)| fits(expected, actual, extent))
        }
        (NodeKind::String(expected), Value::String(actual)) => expected.as_str() == &**actual,
        (NodeKind::Bool(expected), Value::Bool(actual)) => expected == actual,
        (NodeKind::Number(_), Value::Number(_)) => literal::value(expected) == *actual,
        (NodeKind::Null, Value::Null) => true,
        _ => false,
    }
}

/// The value of a node without matchers, with its keys as they are meant.
pub(super) fn expected_value(expected: &Node) -> Value {
    match &expected.kind {
        NodeKind::Object(members) if Matcher::of(expected).is_none() => {
            let member = |m: &Member| (matcher::key(m.key.as_str()).into(), expected_value(&m.value));
            Value::object(members.iter().map(member).collect())
        }
        NodeKind::Array(items) => Value::array(items.iter().map(expected_value).collect()),
        _ => literal::value(expected),
    }
}

/// The place of the first difference in the suite. Its path in the value is appended to `path`.
fn first(expected: &Node, actual: &Value, extent: Extent, path: &mut String) -> Span {
    match (&expected.kind, actual) {
        (NodeKind::Object(members), Value::Object(object)) if Matcher::of(expected).is_none() => {
            for member in members {
                let key = matcher::key(member.key.as_str());
                match object.get(key) {
                    None => {
                        push_key(key, path);
                        return member.key_span;
                    }
                    Some(actual) if !fits(&member.value, actual, extent) => {
                        push_key(key, path);
                        return first(&member.value, actual, extent, path);
                    }
                    Some(_) => {}
                }
            }
            let is_expected = |key: &str| members.iter().any(|m| matcher::key(m.key.as_str()) == key);
            if let Some(key) = object.keys().find(|key| !is_expected(key)) {
                push_key(key, path);
            }
            expected.span
        }
        (NodeKind::Array(items), Value::Array(actual)) => {
            let mut pairs = items.iter().zip(actual.iter()).enumerate();
            match pairs.find(|(_, (expected, actual))| !fits(expected, actual, extent)) {
                Some((at, (expected, actual))) => {
                    push_fmt!(path, "[{at}]");
                    first(expected, actual, extent, path)
                }
                None => expected.span,
            }
        }
        _ => expected.span,
    }
}

fn push_key(key: &str, path: &mut String) {
    let is_name = key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    if is_name && !key.is_empty() {
        push_fmt!(path, ".{key}");
    } else {
        push_fmt!(path, "[{}]", Value::from(key));
    }
}

/// Both values for a diff. Keys are in the order of the suite; those that only the actual value has follow.
fn align(expected: &Node, actual: &Value, extent: Extent) -> (Value, Value) {
    if fits(expected, actual, extent) && extent == Extent::Whole {
        return (actual.clone(), actual.clone());
    }
    if let Some(matcher) = Matcher::of(expected) {
        let wanted = if matcher.matches(actual) {
            actual.clone()
        } else {
            literal::value(expected)
        };
        return (wanted, actual.clone());
    }
    match (&expected.kind, actual) {
        (NodeKind::Object(members), Value::Object(object)) => {
            let (mut left, mut right) = (Object::default(), Object::default());
            for member in members {
                let key = matcher::key(member.key.as_str());
                if let Some(actual) = object.get(key) {
                    let (wanted, found) = align(&member.value, actual, extent);
                    left.insert(key.into(), wanted);
                    right.insert(key.into(), found);
                } else {
                    left.insert(key.into(), expected_value(&member.value));
                }
            }
            if extent == Extent::Whole {
                for (key, value) in object.iter() {
                    if !right.contains_key(key) {
                        right.insert(std::rc::Rc::clone(key), value.clone());
                    }
                }
            }
            (Value::object(left), Value::object(right))
        }
        (NodeKind::Array(items), Value::Array(actual)) => {
            let pairs = items.iter().zip(actual.iter());
            let (mut left, mut right): (Vec<Value>, Vec<Value>) = pairs
                .map(|(expected, actual)| align(expected, actual, extent))
                .unzip();
            left.extend(items.iter().skip(actual.len()).map(expected_value));
            right.extend(actual.iter().skip(items.len()).cloned());
            (Value::array(left), Value::array(right))
        }
        _ => (expected_value(expected), actual.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::suite::tree::node;

    fn value(json: &str) -> Value {
        Value::parse(json).unwrap()
    }

    #[test]
    fn compares_whole_values_and_parts() {
        use Extent::{Part, Whole};
        for (expected, actual, extent, path) in [
            ("{\"a\": 1}", "{\"a\": 1.0}", Whole, None),
            ("{\"a\": 1}", "{\"a\": 1, \"b\": 2}", Whole, Some(".b")),
            ("{\"a\": 1}", "{\"a\": 1, \"b\": 2}", Part, None),
            ("{\"a\": {\"b c\": 1}}", "{\"a\": {}}", Part, Some(".a[\"b c\"]")),
            ("[1, {\"a\": 2}]", "[1, {\"a\": 3}]", Part, Some("[1].a")),
            ("[1]", "[1, 2]", Part, Some("")),
            ("{\"id\": {\"$match\": \"number\"}}", "{\"id\": 7}", Whole, None),
            (
                "{\"id\": {\"$match\": \"string\"}}",
                "{\"id\": 7}",
                Whole,
                Some(".id"),
            ),
            ("{\"$$match\": 7}", "{\"$match\": 7}", Whole, None),
            ("null", "false", Whole, Some("")),
        ] {
            let found = difference(&node(&value(expected)), &value(actual), extent);
            assert_eq!(found.map(|d| d.path).as_deref(), path, "{expected} {actual}");
        }
    }

    #[test]
    fn a_diff_shows_only_differences() {
        let expected = node(&value(
            r#"{"id": {"$match": "uuid"}, "n": {"$match": "number"}, "a": 1}"#,
        ));
        let actual = value(r#"{"a": 2, "n": 5, "id": "x", "more": 1}"#);
        let part = difference(&expected, &actual, Extent::Part).unwrap();
        assert_eq!(part.expected.to_json(), r#"{"id":{"$match":"uuid"},"n":5,"a":1}"#);
        assert_eq!(part.actual.to_json(), r#"{"id":"x","n":5,"a":2}"#);
    }
}
