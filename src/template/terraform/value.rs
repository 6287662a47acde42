//! Values of expressions.
//!
//! A value is a tree without operations. What is unknown until the configuration is applied is an unknown value or a
//! `${…}` in a string. Two tags have a meaning in values: `|` is one of several alternatives, of which a condition selects
//! one, and `json` is the JSON text of a value, which is written only when a function needs the text.

use crate::document::{JoinedText, Member, Node, NodeKind, Tagged, Text};
use crate::source::Span;
use crate::template::read_budget::MAX_OUTCOMES;
use std::borrow::Cow;

/// The maximum number of iterations of one expression.
pub(super) const MAX_ITERATIONS: usize = 4096;

const ALTERNATIVES: &str = "|";
const JSON: &str = "json";

pub(super) const fn unknown(span: Span) -> Node {
    Node::new(NodeKind::Unknown, span)
}

/// A source text that represents the bytes of a span.
pub(super) fn text_at(text: &str, span: Span) -> Text {
    let mut joined = JoinedText::default();
    joined.push_replacement(text, span);
    joined.into_text()
}

pub(super) fn text(text: &str, span: Span) -> Node {
    Node::new(NodeKind::String(text_at(text, span)), span)
}

pub(super) fn number(number: f64, span: Span) -> Node {
    if !number.is_finite() {
        return unknown(span);
    }
    Node::new(NodeKind::Number(format!("{number}").into()), span)
}

pub(super) const fn boolean(value: bool, span: Span) -> Node {
    Node::new(NodeKind::Bool(value), span)
}

pub(super) fn array(items: Vec<Node>, span: Span) -> Node {
    Node::new(NodeKind::Array(items), span)
}

pub(super) fn object(members: Vec<Member>, span: Span) -> Node {
    Node::new(NodeKind::Object(members), span)
}

pub(super) fn member(key: &str, value: Node) -> Member {
    let span = value.span;
    Member {
        key: text_at(key, span),
        key_span: span,
        value,
    }
}

/// Adds a member, which replaces one with the same key.
pub(super) fn insert(members: &mut Vec<Member>, member: Member) {
    members.retain(|m| m.key.as_str() != member.key.as_str());
    members.push(member);
}

/// One of several values; equal parts of the source count once.
pub(super) fn either(values: Vec<Node>, span: Span) -> Node {
    let mut all: Vec<Node> = Vec::new();
    for value in values {
        let more = match value.kind {
            NodeKind::Tagged(tagged) if tagged.tag == ALTERNATIVES => match tagged.value.kind {
                NodeKind::Array(items) => items,
                _ => Vec::new(),
            },
            kind => vec![Node::new(kind, value.span)],
        };
        for value in more {
            let is_same = |other: &Node| other.span == value.span && other.kind_name() == value.kind_name();
            if all.len() <= MAX_OUTCOMES && (!all.iter().any(is_same) || value.is_null()) {
                all.push(value);
            }
        }
    }
    match all.pop() {
        Some(only) if all.is_empty() => only,
        last => {
            all.extend(last);
            tagged(ALTERNATIVES, array(all, span))
        }
    }
}

fn tagged(tag: &str, value: Node) -> Node {
    let span = value.span;
    let tagged = Tagged {
        tag: tag.into(),
        tag_span: Span::new(span.start, span.start),
        value,
    };
    Node::new(NodeKind::Tagged(Box::new(tagged)), span)
}

/// The maximum number of items of a collection that is indexed by an unknown key.
const MAX_CHOICES: usize = 32;

/// One of the items of a collection.
pub(super) fn any_of(collection: &Node) -> Option<Node> {
    let items: Vec<Node> = match &collection.kind {
        NodeKind::Array(items) => items.clone(),
        NodeKind::Object(members) => members.iter().map(|m| m.value.clone()).collect(),
        _ => return None,
    };
    let is_choice = (1..=MAX_CHOICES).contains(&items.len());
    is_choice.then(|| either(items, collection.span))
}

/// The alternatives, if it is one of several values.
pub(super) fn alternatives(value: &Node) -> Option<&[Node]> {
    value
        .as_tagged()
        .filter(|t| t.tag == ALTERNATIVES)?
        .value
        .as_array()
}

/// The JSON text of a value.
pub(super) fn encoded(value: Node) -> Node {
    tagged(JSON, value)
}

/// The value whose JSON text it is.
pub(super) fn decoded(value: &Node) -> Option<&Node> {
    Some(&value.as_tagged().filter(|t| t.tag == JSON)?.value)
}

/// Whether a part of a text is unknown. The placeholders of other languages, such as `{{NAME}}`, are text here.
fn has_unknown_part(text: &str) -> bool {
    text.contains("${")
}

/// The text of a value that is known completely.
pub(super) fn known_text(value: &Node) -> Option<Cow<'_, str>> {
    Some(match &value.kind {
        NodeKind::String(text) if !has_unknown_part(text) => Cow::Borrowed(text.as_str()),
        NodeKind::Number(number) => Cow::Borrowed(number.as_str()),
        NodeKind::Bool(value) => Cow::Borrowed(if *value { "true" } else { "false" }),
        _ => return None,
    })
}

pub(super) fn known_number(value: &Node) -> Option<f64> {
    known_text(value)?.trim().parse().ok()
}

pub(super) fn known_bool(value: &Node) -> Option<bool> {
    match known_text(value)?.as_ref() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Whether two values are equal, if that is known.
pub(super) fn equal(a: &Node, b: &Node) -> Option<bool> {
    if !is_known(a) || !is_known(b) {
        // An object is not null, even if its members are unknown.
        let has_value = |n: &Node| n.as_object().is_some() || n.as_array().is_some() || n.as_text().is_some();
        return (a.is_null() && has_value(b) || b.is_null() && has_value(a)).then_some(false);
    }
    if let (Some(a), Some(b)) = (known_text(a), known_text(b)) {
        return Some(match (a.parse::<f64>(), b.parse::<f64>()) {
            (Ok(a), Ok(b)) => a.total_cmp(&b).is_eq(),
            _ => a == b,
        });
    }
    Some(a.is_like(b, &[]))
}

/// Whether all of a value is known.
pub(super) fn is_known(value: &Node) -> bool {
    match &value.kind {
        NodeKind::Unknown => false,
        NodeKind::Tagged(_) => decoded(value).is_some_and(is_known),
        NodeKind::String(text) => !has_unknown_part(text),
        NodeKind::Array(items) => items.iter().all(is_known),
        NodeKind::Object(members) => members
            .iter()
            .all(|m| !has_unknown_part(&m.key) && is_known(&m.value)),
        _ => true,
    }
}

/// One of several values at the same place.
pub(super) fn distinct(values: &mut Vec<Node>, span: Span) -> Node {
    let mut all = Vec::new();
    for value in values.drain(..) {
        match alternatives(&value) {
            Some(values) => all.extend_from_slice(values),
            None => all.push(value),
        }
    }
    tagged(ALTERNATIVES, array(all, span))
}

/// The items of a known collection with their keys.
pub(super) fn items(collection: &Node) -> Option<Vec<(Node, &Node)>> {
    let span = collection.span;
    Some(match &collection.kind {
        NodeKind::Array(items) => {
            let key = |i: usize| Node::new(NodeKind::Number(i.to_string().into()), span);
            items.iter().enumerate().map(|(i, item)| (key(i), item)).collect()
        }
        NodeKind::Object(members) => {
            let mut sorted: Vec<&Member> = members.iter().collect();
            sorted.sort_by(|a, b| a.key.as_str().cmp(b.key.as_str()));
            let key = |m: &Member| Node::new(NodeKind::String(m.key.clone()), m.key_span);
            sorted.into_iter().map(|m| (key(m), &m.value)).collect()
        }
        NodeKind::Null => Vec::new(),
        _ => return None,
    })
}
