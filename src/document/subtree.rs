//! Reading one array or object of a source text again, in the syntaxes in which it can be read without what is around it.

use super::change::Change;
use super::node::{Member, Node, NodeKind};
use super::parsed::Document;
use super::splice::{Elements, Splice};
use super::syntax::Syntax;
use super::{hcl, yaml};
use crate::source::{SourceFile, to_offset};

/// The maximum length of what is read, in bytes: beyond it, reading everything takes not much longer.
const MAX_LENGTH: usize = 64 * 1024;

/// How many of the arrays and objects around a change are tried, the innermost first.
const MAX_TRIES: usize = 3;

/// The maximum nesting around a change. Below it, the limit on the nesting is checked in the part alone.
const MAX_AROUND: usize = 64;

/// A value around a change.
struct Step<'n> {
    node: &'n Node,
    /// Where it is in the value around it.
    at: usize,
    /// Where the next value starts; beyond the end of the text, if none follows.
    next: usize,
}

/// What a change of the text does to the tree of a document without errors. `None` if the text has to be read as a whole.
pub(super) fn read(document: &Document, text: &str, change: Change) -> Option<Splice> {
    let [root] = document.roots.as_slice() else {
        return None;
    };
    let old = document.source.text();
    let scalars = match document.syntax {
        Syntax::Hcl => None,
        Syntax::Yaml => Some(yaml::Scalars::Core),
        Syntax::Yaml11 => Some(yaml::Scalars::Yaml11),
        _ => return None,
    };
    // The copies of a value that aliases make are not at the places of the copied text.
    if scalars.is_some() && (has_alias(old) || has_alias(text)) {
        return None;
    }
    let change = leftmost(change, old, text);
    let path = path(root, old, change, scalars.is_some());
    if path.len() > MAX_AROUND {
        return None;
    }
    let tries = (1..path.len()).rev().filter(|i| {
        let is_expression = || {
            let around = path[..*i].iter();
            around
                .map(|step| step.node)
                .any(|node| node.as_tagged().is_some())
        };
        // A block of HCL looks like an object, but only objects in expressions are read like one.
        !matches!(path[i - 1].node.kind, NodeKind::Tagged(_)) && (scalars.is_some() || is_expression())
    });
    let (last, node) = tries.take(MAX_TRIES).find_map(|i| {
        let node = match scalars {
            None => read_hcl(text, path[i].node, change),
            Some(scalars) => read_yaml(old, text, &path[i], change, scalars),
        };
        Some((i, node?))
    })?;
    let Step {
        node: replaced, at, ..
    } = path[last];
    let elements = match &path[last - 1].node.kind {
        NodeKind::Object(members) => {
            let Member { key, key_span, .. } = members.get(at)?;
            Elements::Members(vec![Member {
                key: key.clone(),
                key_span: *key_span,
                value: node,
            }])
        }
        _ => Elements::Items(vec![node]),
    };
    let new_end = match &elements {
        Elements::Members(members) => members.first()?.value.span.end,
        Elements::Items(items) => items.first()?.span.end,
    };
    Some(Splice {
        path: path[1..last].iter().map(|step| step.at).collect(),
        replaced: at..at + 1,
        elements,
        end: change.old_end,
        shift: change.shift(),
        last: Some((replaced.span.end, new_end)),
    })
}

/// The same change as early as possible in the text: a line that was added may begin like the next one, but belongs to what
/// is before it.
fn leftmost(mut change: Change, old: &str, new: &str) -> Change {
    let (text, end) = if change.start == change.old_end {
        (new.as_bytes(), change.new_end)
    } else if change.start == change.new_end {
        (old.as_bytes(), change.old_end)
    } else {
        return change;
    };
    let pairs = (0..change.start).rev().zip((0..end).rev());
    let same = pairs.take_while(|(before, last)| text[*before as usize] == text[*last as usize]);
    let by = to_offset(same.count());
    change.start -= by;
    change.old_end -= by;
    change.new_end -= by;
    change
}

/// The values that contain a change, outer before inner. A block of YAML reaches up to the line of what follows it.
fn path<'n>(root: &'n Node, text: &str, change: Change, is_yaml: bool) -> Vec<Step<'n>> {
    let is_around = |node: &Node, next: usize| {
        let end = change.old_end as usize;
        let is_in_lines = || is_yaml && end < next && end < end_of_lines(text, next);
        node.span.start < change.start && (change.old_end < node.span.end || is_in_lines())
    };
    let mut path = Vec::new();
    let mut next = Some(Step {
        node: root,
        at: 0,
        next: text.len() + 1,
    });
    while let Some(step) = next {
        let (node, end) = (step.node, step.next);
        path.push(step);
        let parts: Vec<(u32, &Node)> = match &node.kind {
            NodeKind::Array(items) => items.iter().map(|item| (item.span.start, item)).collect(),
            NodeKind::Object(members) => {
                let part = |member: &'n Member| (member.key_span.start, &member.value);
                members.iter().map(part).collect()
            }
            NodeKind::Tagged(tagged) => vec![(tagged.value.span.start, &tagged.value)],
            _ => Vec::new(),
        };
        let next_of = |at: usize| parts.get(at + 1).map_or(end, |(start, _)| *start as usize);
        let found = (0..parts.len()).find(|at| is_around(parts[*at].1, next_of(*at)));
        next = found.map(|at| Step {
            node: parts[at].1,
            at,
            next: next_of(at),
        });
    }
    path
}

/// Reads an object or a list of HCL again, whose brackets the change leaves.
fn read_hcl(text: &str, node: &Node, change: Change) -> Option<Node> {
    let start = node.span.start as usize;
    let end = node.span.end.wrapping_add(change.shift()) as usize;
    if !is_collection(node) || end - start > MAX_LENGTH {
        return None;
    }
    hcl::read_value(text, start..end).filter(|value| value.span.end as usize == end)
}

/// Reads a block of YAML again, of whose lines no other value has a part.
fn read_yaml(old: &str, text: &str, step: &Step<'_>, change: Change, scalars: yaml::Scalars) -> Option<Node> {
    let span = step.node.span;
    let line = line_start(old, span.start as usize);
    let old_end = end_of_lines(old, step.next);
    if !is_collection(step.node) || old_end < span.end as usize || old_end <= change.old_end as usize {
        return None;
    }
    let old_end = to_offset(old_end.min(old.len()));
    let end = old_end.wrapping_add(change.shift()) as usize;
    let before = text.get(line..span.start as usize)?;
    if end - line > MAX_LENGTH || !before.is_ascii() {
        return None;
    }
    // What precedes the block on its line belongs to something else, but its columns count.
    let mut part = " ".repeat(before.len());
    part.push_str(text.get(span.start as usize..end)?);
    let mut reading = yaml::read(&SourceFile::new("", part), scalars, false);
    let mut node = reading.roots.pop()?;
    let is_one = reading.roots.is_empty() && reading.errors.is_empty() && reading.is_whole;
    let is_same = node.span.start as usize == before.len() && is_collection(&node);
    node.shift(to_offset(line));
    (is_one && is_same).then_some(node)
}

/// Whether a value is an array or object.
const fn is_collection(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Array(_) | NodeKind::Object(_))
}

/// Where the lines of a value end, given where the next value starts; beyond the end of the text, if none follows.
fn end_of_lines(text: &str, next: usize) -> usize {
    if next > text.len() {
        next
    } else {
        line_start(text, next)
    }
}

/// The start of the line that contains an offset.
fn line_start(text: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &text.as_bytes()[..at.min(text.len())]).map_or(0, |newline| newline + 1)
}

/// Whether a source text may contain an alias: a star before a name, where a value may start.
fn has_alias(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'*', bytes).any(|at| {
        let is_name = bytes
            .get(at + 1)
            .is_some_and(|next| !next.is_ascii_whitespace() && *next != b'*');
        let before = at.checked_sub(1).map(|before| bytes[before]);
        is_name && before.is_none_or(|before| before.is_ascii_whitespace() || b"[{,".contains(&before))
    })
}
