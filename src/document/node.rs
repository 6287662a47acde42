//! The syntax tree, the same for every syntax.

use super::text::Text;
use crate::source::Span;
use compact_str::CompactString;

/// A value and its location.
#[derive(Debug, Clone)]
pub struct Node {
    /// The bytes of the value, quotes and brackets included.
    pub span: Span,
    /// The value.
    pub kind: NodeKind,
}

/// The kinds of [`Node`].
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as written, which is valid JSON.
    Number(CompactString),
    /// A string.
    String(Text),
    /// An array.
    Array(Vec<Node>),
    /// An object, its members in source order, duplicates included.
    Object(Vec<Member>),
    /// A value unknown until a template is rendered: a bare `${Name}`, or one that could not be read.
    Unknown,
    /// A value with a nonstandard YAML tag, such as a CloudFormation intrinsic, or a call in HCL: unknown too.
    Tagged(Box<Tagged>),
}

/// A YAML value with a tag: `!Ref Queue`.
#[derive(Debug, Clone)]
pub struct Tagged {
    /// The tag as written: `!Ref`.
    pub tag: CompactString,
    /// The tag's bytes.
    pub tag_span: Span,
    /// The value the tag applies to, read as if untagged.
    pub value: Node,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Member {
    /// The key, decoded.
    pub key: Text,
    /// The key's bytes, quotes included.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

impl Node {
    /// Creates a node.
    pub const fn new(kind: NodeKind, span: Span) -> Self {
        Self { span, kind }
    }

    /// The string, if it is one.
    pub const fn as_text(&self) -> Option<&Text> {
        match &self.kind {
            NodeKind::String(t) => Some(t),
            _ => None,
        }
    }

    /// The string's text, if it is one.
    pub fn as_str(&self) -> Option<&str> {
        self.as_text().map(Text::as_str)
    }

    /// The boolean, if it is one.
    pub const fn as_bool(&self) -> Option<bool> {
        match self.kind {
            NodeKind::Bool(b) => Some(b),
            _ => None,
        }
    }

    /// The number's text, if it is one.
    pub fn as_number(&self) -> Option<&str> {
        match &self.kind {
            NodeKind::Number(n) => Some(n),
            _ => None,
        }
    }

    /// The number as an integer, if it is written as an integer (`1`, not `1.0`) that fits.
    pub fn as_i64(&self) -> Option<i64> {
        self.as_number()?.parse().ok()
    }

    /// The number as a float.
    pub fn as_f64(&self) -> Option<f64> {
        let number = self.as_number()?;
        // Most numbers are small integers, which are parsed faster as such.
        match number.parse::<u16>() {
            Ok(integer) => Some(integer.into()),
            Err(_) => number.parse().ok(),
        }
    }

    /// The items, if it is an array.
    pub fn as_array(&self) -> Option<&[Self]> {
        match &self.kind {
            NodeKind::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The members, if it is an object.
    pub fn as_object(&self) -> Option<&[Member]> {
        match &self.kind {
            NodeKind::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Whether the value is unknown until a template is rendered.
    pub const fn is_unknown(&self) -> bool {
        matches!(self.kind, NodeKind::Unknown | NodeKind::Tagged(_))
    }

    /// The tag and its value, if it has a nonstandard tag.
    pub const fn as_tagged(&self) -> Option<&Tagged> {
        match &self.kind {
            NodeKind::Tagged(t) => Some(t),
            _ => None,
        }
    }

    /// Whether it is `null`.
    pub const fn is_null(&self) -> bool {
        matches!(self.kind, NodeKind::Null)
    }

    /// The member with a key; the last one if there are duplicates, as in other JSON readers.
    pub fn member(&self, key: &str) -> Option<&Member> {
        self.as_object()?.iter().rev().find(|m| m.key == *key)
    }

    /// The value of a key.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.member(key).map(|m| &m.value)
    }

    /// The type for messages: "string", "object", …
    pub const fn kind_name(&self) -> &'static str {
        match self.kind {
            NodeKind::Null => "null",
            NodeKind::Bool(_) => "boolean",
            NodeKind::Number(_) => "number",
            NodeKind::String(_) => "string",
            NodeKind::Array(_) => "array",
            NodeKind::Object(_) => "object",
            NodeKind::Unknown | NodeKind::Tagged(_) => "unknown",
        }
    }

    /// Whether two values are equal regardless of member order, syntax, and location. Members named in `but` are ignored at
    /// the top level.
    pub fn is_like(&self, other: &Self, but: &[&str]) -> bool {
        match (&self.kind, &other.kind) {
            (NodeKind::Null, NodeKind::Null) | (NodeKind::Unknown, NodeKind::Unknown) => true,
            (NodeKind::Bool(a), NodeKind::Bool(b)) => a == b,
            (NodeKind::Number(a), NodeKind::Number(b)) => a == b,
            (NodeKind::String(a), NodeKind::String(b)) => a.as_str() == b.as_str(),
            (NodeKind::Array(a), NodeKind::Array(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_like(b, &[]))
            }
            (NodeKind::Object(a), NodeKind::Object(b)) => {
                let counted = |members: &[Member]| {
                    let counts = |m: &&Member| !but.contains(&m.key.as_str());
                    members.iter().filter(counts).count()
                };
                let is_there = |m: &Member| {
                    but.contains(&m.key.as_str())
                        || other
                            .get(m.key.as_str())
                            .is_some_and(|value| m.value.is_like(value, &[]))
                };
                counted(a) == counted(b) && a.iter().all(is_there)
            }
            (NodeKind::Tagged(a), NodeKind::Tagged(b)) => a.tag == b.tag && a.value.is_like(&b.value, &[]),
            _ => false,
        }
    }

    /// The JSON pointer from this node to the innermost node whose value or key contains `span`.
    pub fn pointer_to(&self, span: Span) -> String {
        let mut pointer = String::with_capacity(32);
        let mut node = self;
        loop {
            match &node.kind {
                NodeKind::Array(items) => {
                    let contains = |item: &Self| item.span.contains(span);
                    let Some((i, item)) = find_in_order(items, span, |item| item.span, contains) else {
                        return pointer;
                    };
                    push_pointer_key(&mut pointer, &i.to_string());
                    node = item;
                }
                NodeKind::Object(members) => {
                    let contains = |m: &Member| m.key_span.contains(span) || m.value.span.contains(span);
                    let Some((_, member)) = find_in_order(members, span, |m| m.value.span, contains) else {
                        return pointer;
                    };
                    push_pointer_key(&mut pointer, member.key.as_str());
                    if member.key_span.contains(span) {
                        return pointer;
                    }
                    node = &member.value;
                }
                _ => return pointer,
            }
        }
    }
}

/// The part that contains `span`, and its index. Parts are in source order except where aliases and joined strings bring
/// them from elsewhere, so a binary search precedes the linear one.
fn find_in_order<T>(
    parts: &[T],
    span: Span,
    place: impl Fn(&T) -> Span,
    contains: impl Fn(&T) -> bool,
) -> Option<(usize, &T)> {
    let candidate = parts.partition_point(|part| place(part).end < span.end);
    let found = match parts.get(candidate) {
        Some(part) if contains(part) => candidate,
        _ => parts.iter().position(contains)?,
    };
    Some((found, &parts[found]))
}

/// Adds `/key` to a JSON pointer, escaped by RFC 6901.
pub fn push_pointer_key(pointer: &mut String, key: &str) {
    pointer.reserve(key.len() + 1);
    pointer.push('/');
    if key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
    } else {
        pointer.push_str(key);
    }
}
