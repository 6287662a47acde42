//! Replacing a part of a tree, and moving what follows it.

use super::node::{Member, Node, NodeKind};
use super::shift::shifted;
use crate::source::Span;
use std::ops::Range;

/// Elements of an array or object.
#[derive(Debug)]
pub(super) enum Elements {
    Items(Vec<Node>),
    Members(Vec<Member>),
}

/// Elements of one array or object in place of others, because of a change of the text.
#[derive(Debug)]
pub(super) struct Splice {
    /// The indexes of the elements that lead to the array or object. A tagged value has one.
    pub(super) path: Vec<usize>,
    pub(super) replaced: Range<usize>,
    pub(super) elements: Elements,
    /// The end of the change in the old text.
    pub(super) end: u32,
    /// What is added to the offsets after it; it wraps if the text gets shorter.
    pub(super) shift: u32,
    /// Where the replaced elements end, and where the new ones do, if what contains them has no bracket of its own and may
    /// end there, too.
    pub(super) last: Option<(u32, u32)>,
}

impl Splice {
    /// Replaces the elements, and returns what puts the old ones back. `None` if the tree is not the one that this was made
    /// for.
    pub(super) fn apply(self, root: &mut Node) -> Option<Self> {
        let mut node = root;
        for at in &self.path {
            self.move_parts(node, &(*at..at + 1));
            node = node.element_mut(*at)?;
        }
        self.move_parts(node, &self.replaced);
        let Self {
            path,
            replaced,
            elements,
            end,
            shift,
            last,
        } = self;
        let start = replaced.start;
        let (added, elements) = match (&mut node.kind, elements) {
            (NodeKind::Array(items), Elements::Items(new)) => {
                let added = new.len();
                (added, Elements::Items(items.splice(replaced, new).collect()))
            }
            (NodeKind::Object(members), Elements::Members(new)) => {
                let added = new.len();
                (added, Elements::Members(members.splice(replaced, new).collect()))
            }
            _ => return None,
        };
        Some(Self {
            path,
            replaced: start..start + added,
            elements,
            end: end.wrapping_add(shift),
            shift: shift.wrapping_neg(),
            last: last.map(|(old, new)| (new, old)),
        })
    }

    /// Moves the end of a value that contains the change, and the elements after the change, except those in `skipped`.
    fn move_parts(&self, node: &mut Node, skipped: &Range<usize>) {
        node.span.end = match self.last {
            Some((old, new)) if node.span.end == old => new,
            _ => node.span.end.wrapping_add(self.shift),
        };
        let is_moved = |at: usize, span: Span| span.start >= self.end && !skipped.contains(&at);
        match &mut node.kind {
            NodeKind::Array(items) => {
                for (at, item) in items.iter_mut().enumerate() {
                    if is_moved(at, item.span) {
                        item.shift(self.shift);
                    }
                }
            }
            NodeKind::Object(members) => {
                for (at, member) in members.iter_mut().enumerate() {
                    if is_moved(at, member.key_span) {
                        member.shift(self.shift);
                    }
                }
            }
            // The tag of an operation is between its operands.
            NodeKind::Tagged(tagged) if tagged.tag_span.start >= self.end => {
                tagged.tag_span = shifted(tagged.tag_span, self.shift);
            }
            _ => {}
        }
    }

    /// The array or object whose elements are replaced.
    pub(super) fn container<'n>(&self, root: &'n Node) -> Option<&'n Node> {
        self.path.iter().try_fold(root, |node, at| match &node.kind {
            NodeKind::Array(items) => items.get(*at),
            NodeKind::Object(members) => members.get(*at).map(|member| &member.value),
            NodeKind::Tagged(tagged) => Some(&tagged.value),
            _ => None,
        })
    }
}

impl Node {
    /// The element of an array, or the value of a member, at an index.
    fn element_mut(&mut self, at: usize) -> Option<&mut Self> {
        match &mut self.kind {
            NodeKind::Array(items) => items.get_mut(at),
            NodeKind::Object(members) => members.get_mut(at).map(|member| &mut member.value),
            NodeKind::Tagged(tagged) => Some(&mut tagged.value),
            _ => None,
        }
    }
}
