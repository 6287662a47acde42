//! Our tree as the `jsonschema` crate reads instances: no copy is made.

use crate::document::{Member, Node, NodeKind, Text};
use crate::source::Span;
use jsonschema::JsonType;
use jsonschema::json::{self, Json, JsonNumber, NodeIdentity};
use serde_json::Value;
use std::borrow::Cow;

/// The representation whose nodes are [`Node`]s.
#[derive(Debug)]
pub(super) struct Tree;

impl Json for Tree {
    type Node<'a> = &'a Node;
    type PreparedKey = String;
    type StringBuffer = Option<Node>;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(buffer: &mut Option<Node>, string: &str, f: impl FnOnce(&Node) -> T) -> T {
        let text = Text::new(string, crate::document::Encoding::Verbatim { start: 0 });
        f(buffer.insert(Node::new(NodeKind::String(text), Span::default())))
    }
}

/// A number's text.
#[derive(Debug)]
pub(super) struct Number<'a>(&'a str);

impl JsonNumber for Number<'_> {
    fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    fn as_f64(&self) -> Option<f64> {
        self.0.parse().ok()
    }

    fn as_str(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.0)
    }

    fn to_number(&self) -> Cow<'_, serde_json::Number> {
        let exact = self
            .as_u64()
            .map(serde_json::Number::from)
            .or_else(|| self.as_i64().map(Into::into));
        let float = || self.as_f64().and_then(serde_json::Number::from_f64);
        Cow::Owned(exact.or_else(float).unwrap_or_else(|| i64::MAX.into()))
    }
}

impl<'a> json::Node<'a, Tree> for &'a Node {
    type Object = &'a [Member];
    type Array = &'a [Node];
    type Number = Number<'a>;

    fn as_object(&self) -> Option<&'a [Member]> {
        Node::as_object(self)
    }

    fn as_array(&self) -> Option<&'a [Node]> {
        Node::as_array(self)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.as_str().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Number<'a>> {
        Node::as_number(self).map(Number)
    }

    fn as_boolean(&self) -> Option<bool> {
        self.as_bool()
    }

    fn is_null(&self) -> bool {
        Node::is_null(self)
    }

    fn json_type(&self) -> JsonType {
        if Node::as_object(self).is_some() {
            JsonType::Object
        } else if Node::as_array(self).is_some() {
            JsonType::Array
        } else if self.as_str().is_some() {
            JsonType::String
        } else if Node::as_number(self).is_some() {
            // Whether it is whole, the validator asks the number itself.
            JsonType::Number
        } else if self.as_bool().is_some() {
            JsonType::Boolean
        } else {
            // Errors at or below an unknown value are dropped, so what it passes for is of no account.
            JsonType::Null
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (expected, self.as_str()) {
            (Value::String(expected), Some(text)) => expected == text,
            (Value::String(_), None) => false,
            (Value::Bool(expected), _) => self.as_bool() == Some(*expected),
            _ => *self.to_value() == *expected,
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(if let Some(members) = Node::as_object(self) {
            members
                .iter()
                .map(|m| (m.key.as_str().to_owned(), (&m.value).to_value().into_owned()))
                .collect()
        } else if let Some(items) = Node::as_array(self) {
            items.iter().map(|item| item.to_value().into_owned()).collect()
        } else if let Some(text) = self.as_str() {
            Value::String(text.to_owned())
        } else if let Some(number) = Node::as_number(self) {
            Value::Number(Number(number).to_number().into_owned())
        } else {
            self.as_bool().map_or(Value::Null, Value::Bool)
        })
    }

    /// Errors name places; nobody asks for the value beside them.
    fn identity(&self) -> Option<NodeIdentity> {
        Some(NodeIdentity::new(std::ptr::from_ref::<Node>(self).addr()))
    }
}

impl<'a> json::Object<'a, Tree> for &'a [Member] {
    type Node = &'a Node;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        <[Member]>::len(self)
    }

    fn get(&self, key: &String) -> Option<&'a Node> {
        self.iter()
            .rev()
            .find(|m| m.key.as_str() == key)
            .map(|m| &m.value)
    }

    fn members(&self) -> Members<'a> {
        Members(self.iter())
    }
}

/// The members of an object, in order.
#[derive(Debug)]
pub(super) struct Members<'a>(std::slice::Iter<'a, Member>);

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, &'a Node);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|m| (m.key.as_str(), &m.value))
    }
}

impl<'a> json::Array<'a, Tree> for &'a [Node] {
    type Node = &'a Node;
    type ElementsIter = std::slice::Iter<'a, Node>;

    fn len(&self) -> usize {
        <[Node]>::len(self)
    }

    fn elements(&self) -> std::slice::Iter<'a, Node> {
        self.iter()
    }
}
