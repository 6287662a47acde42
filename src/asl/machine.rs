//! State machines and their states. A state may contain machines in turn.

use super::retry::{Catcher, Retrier};
use super::state::{DataFlow, Kind};
use super::transition::{Target, Transition};
use crate::document::{Node, Text, push_pointer_key};
use crate::source::Span;
use crate::spec::{QueryLanguage, StateType};
use foldhash::HashMap;
use std::rc::Rc;

/// A state machine, or the machine inside a Parallel's branch or a Map's processor.
#[derive(Debug)]
pub struct Machine<'d> {
    /// The object.
    pub node: &'d Node,
    /// Its JSON pointer from the outermost state machine, for which it is empty.
    pub pointer: Rc<str>,
    /// The language of the outermost machine, used by every state at every depth that does not set its own.
    pub query_language: QueryLanguage,
    /// `Comment`.
    pub comment: Option<&'d Text>,
    /// `StartAt`, the text and its node.
    pub start_at: Option<Target<'d>>,
    /// `States`, in the order of the text.
    pub states: Vec<State<'d>>,
    /// `TimeoutSeconds` of the whole execution; only the outermost machine has one.
    pub timeout_seconds: Option<&'d Node>,
    /// Some of its states are known only when a template is rendered.
    pub has_unknown_states: bool,
    /// The index of each state, by name.
    pub(super) index: HashMap<&'d str, usize>,
}

/// A state.
#[derive(Debug)]
pub struct State<'d> {
    /// Its key in `States`.
    pub name: &'d Text,
    /// The location of the key.
    pub name_span: Span,
    /// The object.
    pub node: &'d Node,
    /// The JSON pointer of the machine that contains it.
    pub scope: Rc<str>,
    /// The effective query language.
    pub language: QueryLanguage,
    /// `Comment`.
    pub comment: Option<&'d Text>,
    /// `Next` and `End`.
    pub transition: Transition<'d>,
    /// The fields that filter and shape its data.
    pub data: DataFlow<'d>,
    /// The fields of its type.
    pub kind: Kind<'d>,
    /// See [`Self::machines`].
    pub(super) machines: Vec<Machine<'d>>,
}

impl<'d> Machine<'d> {
    /// The index of a state of this very scope.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// The state of this very scope that has a name.
    pub fn state(&self, name: &str) -> Option<&State<'d>> {
        self.find(name).map(|at| &self.states[at])
    }

    /// Whether it is the outermost machine.
    pub fn is_outermost(&self) -> bool {
        self.pointer.is_empty()
    }
}

/// The JSON pointer of a state of the machine that `scope` leads to: `/States/Map/ItemProcessor/States/Charge`.
pub fn state_pointer(scope: &str, name: &str) -> String {
    let mut pointer = String::with_capacity(scope.len() + name.len() + 8);
    pointer.push_str(scope);
    pointer.push_str("/States");
    push_pointer_key(&mut pointer, name);
    pointer
}

impl<'d> State<'d> {
    /// Its JSON pointer from the outermost machine.
    pub fn pointer(&self) -> String {
        state_pointer(&self.scope, self.name)
    }

    /// Its type, unless that is missing or unknown.
    pub const fn state_type(&self) -> Option<StateType> {
        Some(match self.kind {
            Kind::Pass(_) => StateType::Pass,
            Kind::Task(_) => StateType::Task,
            Kind::Choice(_) => StateType::Choice,
            Kind::Wait(_) => StateType::Wait,
            Kind::Succeed(_) => StateType::Succeed,
            Kind::Fail(_) => StateType::Fail,
            Kind::Parallel(_) => StateType::Parallel,
            Kind::Map(_) => StateType::Map,
            Kind::Unknown => return None,
        })
    }

    /// Its retriers, in order; none for types that have no `Retry`.
    pub fn retry(&self) -> &[Retrier<'d>] {
        match &self.kind {
            Kind::Task(t) => &t.retry,
            Kind::Parallel(p) => &p.retry,
            Kind::Map(m) => &m.retry,
            _ => &[],
        }
    }

    /// Its catchers, in order; none for types that have no `Catch`.
    pub fn catch(&self) -> &[Catcher<'d>] {
        match &self.kind {
            Kind::Task(t) => &t.catch,
            Kind::Parallel(p) => &p.catch,
            Kind::Map(m) => &m.catch,
            _ => &[],
        }
    }

    /// The machines inside it: a Parallel's branches, a Map's processor.
    pub fn machines(&self) -> &[Machine<'d>] {
        &self.machines
    }
}
