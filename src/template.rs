//! Which state machines a file holds, and where.

use crate::document::{Document, Node};

/// A state machine in a document.
#[derive(Debug, Clone, Copy)]
pub struct Found<'d> {
    /// The tree it stands in.
    pub root: &'d Node,
    /// Its definition.
    pub node: &'d Node,
}

/// How sure the caller is that a file is a definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expectation {
    /// It was asked about as one: whatever its root is, that is the definition.
    Definition,
    /// It may hold one.
    Unsure,
}

/// The state machines of a document, in the order of the text.
pub fn machines(document: &Document, expectation: Expectation) -> Vec<Found<'_>> {
    let is_machine = |root: &Node| match expectation {
        Expectation::Definition => true,
        Expectation::Unsure => looks_like_definition(root),
    };
    document
        .roots
        .iter()
        .filter(|r| is_machine(r))
        .map(|root| Found { root, node: root })
        .collect()
}

/// A root with `StartAt`, or with a `States` object that holds objects. Documents that merely hold the words (JSON
/// schemas, service models) do not pass.
pub fn looks_like_definition(root: &Node) -> bool {
    let start = root
        .get("StartAt")
        .is_some_and(|n| n.as_text().is_some() || n.is_unknown());
    let holds_states = |states: &Node| {
        let members = states.as_object().unwrap_or_default();
        !members.is_empty()
            && members
                .iter()
                .all(|m| m.value.as_object().is_some() || m.value.is_unknown())
    };
    start || root.get("States").is_some_and(holds_states)
}
