//! The path from a state machine to the value at an offset of a document. Every feature uses it to find what is at the
//! cursor, in every container.

use super::snapshot::{Found, Snapshot};
use super::symbols::is_in_document;
use crate::document::{Document, Member, Node, NodeKind, Text};
use crate::source::Span;
use crate::spec::{QueryLanguage, StateType};

/// The path from a state machine to the innermost value that contains an offset.
#[derive(Debug, Clone)]
pub(super) struct NodePath<'s> {
    pub(super) found: &'s Found,
    /// The document that the spans belong to.
    pub(super) document: &'s Document,
    /// The state machine.
    pub(super) root: &'s Node,
    /// The steps from the state machine to the innermost value that contains the offset.
    pub(super) steps: Vec<Step<'s>>,
    /// Whether the offset is in the key of the last step.
    pub(super) is_key: bool,
}

/// One step from a value to a part of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'s> {
    Member(&'s Member),
    Item(usize, &'s Node),
}

impl<'s> Step<'s> {
    pub(super) const fn node(self) -> &'s Node {
        match self {
            Self::Member(member) => &member.value,
            Self::Item(_, node) => node,
        }
    }

    pub(super) fn key(self) -> Option<&'s str> {
        match self {
            Self::Member(member) => Some(member.key.as_str()),
            Self::Item(..) => None,
        }
    }
}

/// A state on the path to an offset.
#[derive(Debug, Clone, Copy)]
pub(super) struct StateAt<'s> {
    /// The state with its name.
    pub(super) member: &'s Member,
    /// The machine, branch, or processor whose `States` contain it.
    pub(super) scope: &'s Node,
    /// The number of steps from the state machine to the state.
    pub(super) depth: usize,
}

/// The path to an offset, if it is in a state machine of the document.
pub(super) fn node_path(snapshot: &Snapshot, offset: u32) -> Option<NodePath<'_>> {
    let machines = snapshot
        .machines
        .iter()
        .filter(|found| is_in_document(snapshot, found));
    let mut machines = machines.filter_map(|found| Some((found, snapshot.node_of(found)?)));
    let (found, root) = machines.find(|(_, root)| touches(root.span, offset))?;
    let mut node_path = NodePath {
        found,
        document: snapshot.document_of(found),
        root,
        steps: Vec::new(),
        is_key: false,
    };
    let mut node = root;
    let text = node_path.document.source.text();
    while let Some((step, is_key)) = part_at(node, offset, text) {
        node_path.steps.push(step);
        node_path.is_key = is_key;
        if is_key {
            break;
        }
        node = step.node();
    }
    Some(node_path)
}

const fn touches(span: Span, offset: u32) -> bool {
    span.start <= offset && offset <= span.end
}

/// The part of a value that contains an offset, and whether that is in its key.
fn part_at<'s>(node: &'s Node, offset: u32, text: &str) -> Option<(Step<'s>, bool)> {
    // The end of a collection is outside of it, but the end of a scalar may be where the next letter goes.
    let is_in = |node: &Node| match &node.kind {
        NodeKind::Object(_) | NodeKind::Array(_) => {
            let is_at_end = || offset == node.span.end && (is_block(node) || !is_closed(node, text));
            node.span.start <= offset && (offset < node.span.end || is_at_end())
        }
        _ => touches(node.span, offset),
    };
    match &node.kind {
        NodeKind::Array(items) => {
            let near = near(items.len(), |i| items[i].span.start <= offset);
            let found = near.into_iter().find(|i| is_in(&items[*i]));
            let found = found.or_else(|| items.iter().position(is_in))?;
            Some((Step::Item(found, &items[found]), false))
        }
        NodeKind::Object(members) => {
            let contains = |member: &Member| touches(member.key_span, offset) || is_in(&member.value);
            let near = near(members.len(), |i| members[i].key_span.start <= offset);
            let found = near.into_iter().find(|i| contains(&members[*i]));
            let found = found.or_else(|| members.iter().position(contains))?;
            let member = &members[found];
            Some((Step::Member(member), touches(member.key_span, offset)))
        }
        _ => None,
    }
}

/// Whether a collection has no brackets of its own, as a block of YAML. Such a collection ends with its last value.
fn is_block(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Object(members) => members
            .first()
            .is_some_and(|m| m.key_span.start == node.span.start),
        _ => false,
    }
}

/// Whether a collection has its closing bracket, which may be missing in a source text that is being typed.
fn is_closed(node: &Node, text: &str) -> bool {
    let written = text.get(node.span.range()).unwrap_or_default();
    written.len() > 1 && written.ends_with(['}', ']'])
}

/// The part that most likely contains an offset: parts are in the order of the text, with few exceptions.
fn near(count: usize, starts_before: impl Fn(usize) -> bool) -> Option<usize> {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low.midpoint(high);
        if starts_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low.checked_sub(1)
}

impl<'s> NodePath<'s> {
    /// The states that contain the offset, outer before inner.
    pub(super) fn states(&self) -> Vec<StateAt<'s>> {
        let mut states = Vec::new();
        let (mut scope, mut at) = (self.root, 0);
        while let [states_step, Step::Member(member), rest @ ..] = &self.steps[at..] {
            if states_step.key() != Some("States") {
                break;
            }
            at += 2;
            states.push(StateAt {
                member,
                scope,
                depth: at,
            });
            // A branch, or a processor, has states of its own.
            match rest {
                [branches, branch, ..] if branches.key() == Some("Branches") => {
                    scope = branch.node();
                    at += 2;
                }
                [processor, ..] if matches!(processor.key(), Some("ItemProcessor" | "Iterator")) => {
                    scope = processor.node();
                    at += 1;
                }
                _ => break,
            }
        }
        states
    }

    /// The innermost state that contains the offset.
    pub(super) fn state(&self) -> Option<StateAt<'s>> {
        self.states().pop()
    }

    /// The innermost machine, branch, or processor that contains the offset.
    pub(super) fn scope(&self) -> &'s Node {
        let Some(state) = self.state() else {
            return self.root;
        };
        match &self.steps[state.depth..] {
            [branches, branch, ..] if branches.key() == Some("Branches") => branch.node(),
            [processor, ..] if matches!(processor.key(), Some("ItemProcessor" | "Iterator")) => {
                processor.node()
            }
            _ => state.scope,
        }
    }

    /// The innermost value that contains the offset.
    pub(super) fn node(&self) -> &'s Node {
        self.steps.last().map_or(self.root, |step| step.node())
    }

    /// The innermost member that contains the offset.
    pub(super) fn member(&self) -> Option<&'s Member> {
        self.steps.iter().rev().find_map(|step| match step {
            Step::Member(member) => Some(*member),
            Step::Item(..) => None,
        })
    }

    /// The keys from the innermost state to the value, without the indexes of items.
    pub(super) fn keys(&self) -> Vec<&'s str> {
        let depth = self.state().map_or(0, |state| state.depth);
        self.steps[depth..].iter().filter_map(|step| step.key()).collect()
    }

    /// The query language of the whole state machine.
    pub(super) fn machine_language(&self) -> QueryLanguage {
        language_of(self.root).unwrap_or(QueryLanguage::JsonPath)
    }
}

impl<'s> StateAt<'s> {
    pub(super) fn name(&self) -> &'s str {
        self.member.key.as_str()
    }

    pub(super) fn node(&self) -> &'s Node {
        &self.member.value
    }

    pub(super) fn state_type(&self) -> Option<StateType> {
        StateType::from_name(self.node().get("Type")?.as_str()?)
    }

    /// Its effective query language.
    pub(super) fn language(&self, node_path: &NodePath<'_>) -> QueryLanguage {
        language_of(self.node()).unwrap_or_else(|| node_path.machine_language())
    }

    /// Its `Resource`.
    pub(super) fn resource(&self) -> Option<&'s str> {
        self.node().get("Resource")?.as_str()
    }
}

fn language_of(node: &Node) -> Option<QueryLanguage> {
    let text = node.get("QueryLanguage")?.as_str()?;
    [QueryLanguage::JsonPath, QueryLanguage::Jsonata]
        .into_iter()
        .find(|language| language.as_str() == text)
}

/// The offset in a decoded string of an offset in the file.
pub(super) fn decoded_offset(document: &Document, text: &Text, offset: u32) -> usize {
    let source = document.source.text();
    let boundaries: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    let before = boundaries.partition_point(|at| text.source_offset(source, *at) <= offset);
    boundaries.get(before.saturating_sub(1)).copied().unwrap_or(0)
}
