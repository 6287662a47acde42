//! Builds trees from the parser's events.

use super::parser::{Event, EventKind, Parser};
use super::patched_source::{PatchedSource, syntax_error};
use super::scalar::{self, Scalars};
use super::token::{Fault, Scalar};
use crate::document::duplicates;
use crate::document::limits::{MAX_DEPTH, MAX_VALUES, too_deep, too_many};
use crate::document::node::{Member, Node, NodeKind, Tagged};
use crate::document::parsed::Reading;
use crate::document::parts::Encoding;
use crate::document::syntax_error::SyntaxError;
use crate::document::text::Text;
use crate::source::Span;
use compact_str::CompactString;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// A sequence or mapping whose end has not been read yet.
struct Frame<'t> {
    start: usize,
    is_object: bool,
    is_flow: bool,
    /// The index of its first child in the builder's `items` or `members`.
    first: usize,
    /// Whether a mapping's next node is a value.
    has_key: bool,
    /// The key of that value; `None` if the value is dropped.
    key: Option<(Text, Span)>,
    anchor: Option<&'t str>,
    tag: Option<(CompactString, Span)>,
}

/// An anchored node that aliases copy.
struct Anchored {
    node: Node,
    size: usize,
    depth: usize,
}

pub(super) struct Builder<'t> {
    source: &'t str,
    patched: &'t PatchedSource<'t>,
    scalars: Scalars,
    frames: Vec<Frame<'t>>,
    items: Vec<Node>,
    members: Vec<Member>,
    roots: Vec<Node>,
    errors: Vec<SyntaxError>,
    anchors: HashMap<&'t str, Anchored>,
    /// The cost of the copies made for aliases: one per value and per 64 bytes of text.
    copied: usize,
    /// How many values have been added.
    values: usize,
    /// The end of the last token.
    end: usize,
    /// Whether nothing has been dropped.
    is_whole: bool,
    /// Whether to ignore all further events.
    stopped: bool,
}

impl<'t> Builder<'t> {
    pub(super) fn new(source: &'t str, patched: &'t PatchedSource<'t>, scalars: Scalars) -> Self {
        Self {
            source,
            patched,
            scalars,
            frames: Vec::new(),
            items: Vec::new(),
            members: Vec::new(),
            roots: Vec::new(),
            errors: Vec::new(),
            anchors: HashMap::new(),
            copied: 0,
            values: 0,
            end: 0,
            is_whole: true,
            stopped: false,
        }
    }

    /// Processes all events up to the first error.
    pub(super) fn stream(&mut self) -> Result<(), Fault> {
        let mut parser = Parser::new(self.patched.text());
        while !self.stopped {
            let event = parser.next()?;
            if matches!(event.kind, EventKind::StreamEnd) {
                break;
            }
            self.event(event);
        }
        Ok(())
    }

    /// Closes everything that is open. Returns the trees, the errors, and the start of each open flow collection.
    pub(super) fn finish(mut self) -> (Reading, Vec<usize>) {
        let open = self
            .frames
            .iter()
            .filter(|f| f.is_flow)
            .map(|f| f.start)
            .collect();
        while !self.frames.is_empty() && !self.stopped {
            self.close(self.end);
        }
        let is_void = |n: &Node| n.is_null() && n.span.is_empty();
        self.roots.retain(|n| !is_void(n) && !self.stopped);
        let reading = Reading {
            roots: self.roots,
            errors: self.errors,
            is_whole: self.is_whole && !self.stopped,
        };
        (reading, open)
    }

    fn event(&mut self, event: Event<'t>) {
        let Event {
            kind,
            place,
            anchor,
            tag,
        } = event;
        match kind {
            EventKind::Scalar(scalar) => self.scalar(scalar, anchor, tag, place),
            EventKind::SequenceStart { is_flow } => self.open(false, is_flow, anchor, tag, place.start),
            EventKind::MappingStart { is_flow } => self.open(true, is_flow, anchor, tag, place.start),
            EventKind::CollectionEnd => {
                if self.frames.last().is_some_and(|f| f.is_flow) {
                    self.end = place.end;
                }
                self.close(self.end);
            }
            EventKind::Alias(name) => {
                self.end = place.end;
                let node = self.copy_of(name, place);
                self.place(node, None);
            }
            EventKind::DocumentEnd => self.anchors.clear(),
            EventKind::StreamEnd => {}
        }
    }

    fn scalar(
        &mut self,
        scalar: Option<Scalar<'t>>,
        anchor: Option<&'t str>,
        tag: Option<Range<usize>>,
        place: Range<usize>,
    ) {
        let Some(Scalar {
            text: decoded,
            is_plain,
            encoding,
        }) = scalar
        else {
            return self.absent(anchor, tag);
        };
        self.end = place.end;
        let text = match self.patched.restored(&place, &decoded, &encoding) {
            Some(restored) => unquoted(restored, self.patched.encoding(encoding)),
            None => Text::new(decoded, self.patched.encoding(encoding)),
        };
        let span = self.patched.span(&place);
        if self.expects_key() {
            return self.key(text, span, anchor);
        }
        let tag = tag.unwrap_or_default();
        let kind = if self.patched.has_forgotten_type(span) {
            NodeKind::Unknown
        } else if !is_plain || is_string_tag(&self.patched.text()[tag.clone()]) {
            NodeKind::String(text)
        } else {
            let resolved = scalar::resolve(text.as_str(), self.scalars);
            resolved.unwrap_or(NodeKind::String(text))
        };
        let tag = self.kept_tag(tag);
        self.place(tagged(Node::new(kind, span), tag), anchor);
    }

    /// A key or value that is not written. It is located after what precedes it, since the next token may be far away.
    fn absent(&mut self, anchor: Option<&'t str>, tag: Option<Range<usize>>) {
        self.end = tag.as_ref().map_or(self.end, |tag| tag.end);
        let span = self.patched.span(&(self.end..self.end));
        if self.expects_key() {
            let start = span.start;
            return self.key(Text::new("", Encoding::Verbatim { start }), span, anchor);
        }
        let tag = tag.unwrap_or_default();
        let kind = if is_string_tag(&self.patched.text()[tag.clone()]) {
            let start = span.start;
            NodeKind::String(Text::new("", Encoding::Verbatim { start }))
        } else {
            NodeKind::Null
        };
        let tag = self.kept_tag(tag);
        self.place(tagged(Node::new(kind, span), tag), anchor);
    }

    fn key(&mut self, text: Text, span: Span, anchor: Option<&'t str>) {
        if let Some(anchor) = anchor {
            self.remember(anchor, &Node::new(NodeKind::String(text.clone()), span));
        }
        if let Some(frame) = self.frames.last_mut() {
            frame.key = Some((text, span));
            frame.has_key = true;
        }
    }

    /// A nonstandard tag, as written.
    fn kept_tag(&self, place: Range<usize>) -> Option<(CompactString, Span)> {
        let tag = &self.patched.text()[place.clone()];
        let is_standard = core_type(tag).is_some() || matches!(tag, "" | "!");
        (!is_standard).then(|| (CompactString::new(tag), self.patched.span(&place)))
    }

    fn expects_key(&self) -> bool {
        self.frames.last().is_some_and(|f| f.is_object && !f.has_key)
    }

    fn open(
        &mut self,
        is_object: bool,
        is_flow: bool,
        anchor: Option<&'t str>,
        tag: Option<Range<usize>>,
        start: usize,
    ) {
        if self.frames.len() == MAX_DEPTH {
            return self.give_up(too_deep(self.patched.span(&(start..start))));
        }
        let tag = self.kept_tag(tag.unwrap_or_default());
        self.end = self.end.max(start + usize::from(is_flow));
        self.frames.push(Frame {
            start,
            is_object,
            is_flow,
            first: if is_object {
                self.members.len()
            } else {
                self.items.len()
            },
            has_key: false,
            key: None,
            anchor,
            tag,
        });
    }

    fn close(&mut self, end: usize) {
        let Some(frame) = self.frames.pop() else { return };
        let kind = if frame.is_object {
            let members: Vec<Member> = self.members.drain(frame.first..).collect();
            duplicates::report(&members, &mut self.errors);
            NodeKind::Object(merged(members, self.source))
        } else {
            NodeKind::Array(self.items.drain(frame.first..).collect())
        };
        let node = Node::new(kind, self.patched.span(&(frame.start..end.max(frame.start))));
        self.place(tagged(node, frame.tag), frame.anchor);
    }

    /// Adds a value to the innermost frame.
    fn place(&mut self, node: Node, anchor: Option<&'t str>) {
        self.values += 1;
        if self.values > MAX_VALUES {
            return self.give_up(too_many(node.span));
        }
        if let Some(anchor) = anchor {
            self.remember(anchor, &node);
        }
        let Some(frame) = self.frames.last_mut() else {
            self.roots.push(node);
            return;
        };
        if !frame.is_object {
            self.items.push(node);
        } else if frame.has_key {
            frame.has_key = false;
            if let Some((key, key_span)) = frame.key.take() {
                self.members.push(Member {
                    key,
                    key_span,
                    value: node,
                });
            }
        } else {
            frame.has_key = true;
            if let NodeKind::String(text) = node.kind {
                frame.key = Some((text, node.span));
                return;
            }
            self.is_whole = false;
            let shown = self.source.get(node.span.range()).unwrap_or_default();
            let help = if shown.starts_with('{') {
                "quote template expressions (`{{ … }}`)"
            } else {
                "write the key as a string"
            };
            self.errors
                .push(syntax_error(node.span, "key must be a string", help));
        }
    }

    fn remember(&mut self, anchor: &'t str, node: &Node) {
        let (size, depth) = measure(node);
        if self.may_copy(size, node.span) {
            let node = node.clone();
            self.anchors.insert(anchor, Anchored { node, size, depth });
        }
    }

    /// A copy of the value that an alias at `place` refers to, with the locations of the original.
    fn copy_of(&mut self, name: &str, place: Range<usize>) -> Node {
        let unknown = Node::new(NodeKind::Unknown, self.patched.span(&place));
        let Some(anchored) = self.anchors.get(name) else {
            let (message, help) = if self.frames.iter().any(|frame| frame.anchor == Some(name)) {
                (
                    "alias refers to the value that contains it".to_owned(),
                    "write the value out",
                )
            } else {
                (
                    format!("undefined alias `*{name}`"),
                    "define its anchor before this line, or quote the text",
                )
            };
            self.errors.push(syntax_error(unknown.span, message, help));
            return unknown;
        };
        let (size, depth) = (anchored.size, anchored.depth);
        if self.frames.len() + depth > MAX_DEPTH {
            self.give_up(too_deep(unknown.span));
            return unknown;
        }
        if !self.may_copy(size, unknown.span) {
            return unknown;
        }
        self.anchors.get(name).map_or(unknown, |a| a.node.clone())
    }

    /// Stops and discards the trees.
    fn give_up(&mut self, error: SyntaxError) {
        if !self.stopped {
            self.errors.push(error);
        }
        self.stopped = true;
    }

    fn may_copy(&mut self, size: usize, span: Span) -> bool {
        self.copied = self.copied.saturating_add(size);
        let may = self.copied <= MAX_VALUES;
        if !may {
            let message = format!("aliases expand to more than {MAX_VALUES} values");
            self.give_up(syntax_error(span, message, "write the values out"));
        }
        may
    }
}

/// Resolves the merge keys (`<<`) of an object: the members they refer to are inserted, except for keys that the object
/// has itself. YAML 1.2 has no merge keys, but every tool that converts definitions for AWS supports them.
fn merged(members: Vec<Member>, source: &str) -> Vec<Member> {
    let is_merge = |m: &Member| {
        m.key.as_str() == "<<" && source.get(m.key_span.range()) == Some("<<") && can_be_merged(&m.value)
    };
    if !members.iter().any(is_merge) {
        return members;
    }
    let mut taken: HashSet<String> = members.iter().map(|m| m.key.as_str().to_owned()).collect();
    let mut result = Vec::with_capacity(members.len());
    for member in members {
        if !is_merge(&member) {
            result.push(member);
            continue;
        }
        let sources = match member.value.kind {
            NodeKind::Array(items) => items,
            kind => vec![Node::new(kind, member.value.span)],
        };
        for source in sources {
            if let NodeKind::Object(members) = source.kind {
                result.extend(
                    members
                        .into_iter()
                        .filter(|m| taken.insert(m.key.as_str().to_owned())),
                );
            }
        }
    }
    result
}

fn can_be_merged(value: &Node) -> bool {
    let is_object = |n: &Node| n.as_object().is_some();
    is_object(value) || value.as_array().is_some_and(|items| items.iter().all(is_object))
}

/// A string whose unbalanced quotes were masked, without these quotes.
fn unquoted(restored: String, encoding: Encoding) -> Text {
    let (Encoding::Verbatim { start }, Some(quote @ ('"' | '\''))) = (&encoding, restored.chars().next())
    else {
        return Text::new(restored, encoding);
    };
    let start = start + 1;
    let inner = &restored[1..];
    // Remove only a quote at the very end, and one in the middle: `"a" b` keeps both.
    let inner = match inner.strip_suffix(quote) {
        Some(inner) => inner,
        None if inner.contains(quote) => return Text::new(restored, encoding),
        None => inner,
    };
    Text::new(inner, Encoding::Verbatim { start })
}

fn tagged(node: Node, tag: Option<(CompactString, Span)>) -> Node {
    let Some((tag, tag_span)) = tag else { return node };
    let span = Span::new(tag_span.start, node.span.end.max(tag_span.end));
    let value = node;
    Node::new(NodeKind::Tagged(Box::new(Tagged { tag, tag_span, value })), span)
}

/// The type that a tag of the core schema names: `str` of `!!str`.
fn core_type(tag: &str) -> Option<&str> {
    let verbatim = tag
        .strip_prefix("!<tag:yaml.org,2002:")
        .and_then(|rest| rest.strip_suffix('>'));
    verbatim.or_else(|| tag.strip_prefix("!!"))
}

/// `!!str`, and `!` alone, make the value a string.
fn is_string_tag(tag: &str) -> bool {
    core_type(tag) == Some("str") || tag == "!"
}

/// The cost of copying the node, and the depth of its nested arrays and objects.
fn measure(node: &Node) -> (usize, usize) {
    let of = |text: &str| 1 + text.len() / 64;
    match &node.kind {
        NodeKind::String(t) => (of(t.as_str()), 0),
        NodeKind::Number(n) => (of(n), 0),
        NodeKind::Tagged(t) => measure(&t.value),
        NodeKind::Array(items) => items
            .iter()
            .map(measure)
            .fold((1, 1), |(size, depth), (s, d)| (size + s, depth.max(d + 1))),
        NodeKind::Object(members) => members
            .iter()
            .map(|m| (m, measure(&m.value)))
            .fold((1, 1), |(size, depth), (m, (s, d))| {
                (size + s + of(m.key.as_str()), depth.max(d + 1))
            }),
        NodeKind::Null | NodeKind::Bool(_) | NodeKind::Unknown => (1, 0),
    }
}
