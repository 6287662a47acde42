//! The Amazon States Language as types: one struct per concept, named as the specification names it.
//!
//! Everything borrows from the [`Node`] tree it was lowered from, so each part can say where it was written.
//! Lowering ([`lower`]) removes history: `Iterator` is an `ItemProcessor`, a Map's `Parameters` is its
//! `ItemSelector`, `TimeoutSecondsPath` is a `TimeoutSeconds` that is computed, and every state knows its
//! effective query language. What does not have the shape the schema asks for is left out, not reported.

use crate::document::{Node, Text};
use crate::source::Span;
use crate::spec::QueryLanguage;

pub mod expression;
pub mod flow;
pub mod literal;
pub mod lower;
pub mod retry;
pub mod semantics;
pub mod state;
pub mod template;
pub mod walk;

pub use expression::{Demand, Expression, Owner, Parsed, Payload, Scalar};
pub use retry::{Catcher, Retrier};
pub use state::{Kind, State, Transition};

/// A state machine, or the machine inside a Parallel's branch or a Map's processor.
#[derive(Debug)]
pub struct Machine<'d> {
    /// The object.
    pub node: &'d Node,
    /// Its JSON pointer from the outermost machine; empty for that one.
    pub pointer: String,
    /// The outermost machine's language: what every state that names none of its own uses, at any depth.
    pub query_language: QueryLanguage,
    /// `Comment`.
    pub comment: Option<&'d Text>,
    /// `StartAt`, the text and its node.
    pub start_at: Option<Target<'d>>,
    /// `States`, in the order of the text.
    pub states: Vec<State<'d>>,
    /// `TimeoutSeconds` of the whole execution; only the outermost machine has one.
    pub timeout_seconds: Option<&'d Node>,
    /// Some of its states are known only when a template is filled in.
    pub has_unknown_states: bool,
}

/// The name of a state somewhere: in `Next`, `Default` or `StartAt`.
#[derive(Debug, Clone, Copy)]
pub struct Target<'d> {
    /// The name.
    pub name: &'d Text,
    /// Where it stands.
    pub span: Span,
}

impl<'d> Machine<'d> {
    /// The index of a state of this very scope.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.states.iter().position(|s| s.name.as_str() == name)
    }

    /// The state of this very scope that has a name.
    pub fn state(&self, name: &str) -> Option<&State<'d>> {
        self.states.iter().find(|s| s.name.as_str() == name)
    }

    /// Whether it is the outermost machine.
    pub const fn is_outermost(&self) -> bool {
        self.pointer.is_empty()
    }
}
