//! A change of a source text, and where it is in the tree of the old text.

use super::node::{Node, NodeKind};
use crate::source::to_offset;

/// One replaced part of a source text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Change {
    /// The first byte that differs.
    pub(super) start: u32,
    /// The end of the replaced bytes in the old text.
    pub(super) old_end: u32,
    /// The end of the new bytes in the new text.
    pub(super) new_end: u32,
}

impl Change {
    pub(super) fn between(old: &str, new: &str) -> Self {
        let (old, new) = (old.as_bytes(), new.as_bytes());
        let start = common(old.chunks(BLOCK), new.chunks(BLOCK), |a, b| {
            a.iter().zip(b).take_while(|(a, b)| a == b).count()
        });
        let (old_rest, new_rest) = (&old[start..], &new[start..]);
        let same = common(old_rest.rchunks(BLOCK), new_rest.rchunks(BLOCK), |a, b| {
            let pairs = a.iter().rev().zip(b.iter().rev());
            pairs.take_while(|(a, b)| a == b).count()
        });
        Self {
            start: to_offset(start),
            old_end: to_offset(old.len() - same),
            new_end: to_offset(new.len() - same),
        }
    }

    /// The number to add to an offset after the change. It wraps if the text gets shorter.
    pub(super) const fn shift(self) -> u32 {
        self.new_end.wrapping_sub(self.old_end)
    }
}

/// How many bytes are compared at once.
const BLOCK: usize = 4096;

/// The number of bytes that two texts have in common, given their blocks, and how many bytes two blocks have in common.
fn common<'t>(
    a: impl Iterator<Item = &'t [u8]>,
    b: impl Iterator<Item = &'t [u8]>,
    in_block: impl Fn(&[u8], &[u8]) -> usize,
) -> usize {
    let mut same = 0;
    for (a, b) in a.zip(b) {
        if a != b {
            return same + in_block(a, b);
        }
        same += a.len();
    }
    same
}

/// A step on the path to a change.
#[derive(Debug)]
pub(super) struct Step<'n> {
    /// An array or object with the change between its brackets.
    pub(super) node: &'n Node,
    /// The index of its first element that ends after the start of the change.
    pub(super) at: usize,
}

/// The arrays and objects with a change between their brackets, outer before inner; `None` if there are none.
pub(super) fn path(root: &Node, change: Change) -> Option<Vec<Step<'_>>> {
    let is_around = |node: &&Node| {
        let is_collection = matches!(node.kind, NodeKind::Array(_) | NodeKind::Object(_));
        is_collection && node.span.start < change.start && change.old_end < node.span.end
    };
    let mut path = Vec::new();
    let mut next = Some(root).filter(is_around);
    while let Some(node) = next {
        let (at, inner) = match &node.kind {
            NodeKind::Array(items) => {
                let at = items.partition_point(|item| item.span.end <= change.start);
                (at, items.get(at))
            }
            NodeKind::Object(members) => {
                let at = members.partition_point(|member| member.value.span.end <= change.start);
                (at, members.get(at).map(|member| &member.value))
            }
            _ => (0, None),
        };
        path.push(Step { node, at });
        next = inner.filter(is_around);
    }
    (!path.is_empty()).then_some(path)
}
