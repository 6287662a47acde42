//! Traversal of the machines, states, and expressions of a definition.

use super::expression::Expression;
use super::field::{Payload, Scalar};
use super::machine::{Machine, State};
use super::part::{Part, Walk};

impl<'d> Machine<'d> {
    /// Calls `f` with this machine and every machine inside it, outer before inner.
    pub fn for_each_machine<'a>(&'a self, f: &mut dyn FnMut(&'a Self)) {
        f(self);
        for state in &self.states {
            state.machines.iter().for_each(|m| m.for_each_machine(f));
        }
    }

    /// Calls `f` with every state at every depth and the machine that contains it.
    pub fn for_each_state<'a>(&'a self, f: &mut dyn FnMut(&'a Self, &'a State<'d>)) {
        for state in &self.states {
            f(self, state);
            state.machines.iter().for_each(|m| m.for_each_state(f));
        }
    }
}

impl<'d> State<'d> {
    /// Calls `f` with every part of the state, its rules and its catchers; not of machines inside it.
    pub fn for_each_part<'a>(&'a self, f: &mut dyn FnMut(Part<'a, 'd>)) {
        self.data.walk(f);
        self.kind.walk(f);
    }

    /// Calls `f` with every payload template of the state, its rules and its catchers; not of machines inside it.
    pub fn for_each_payload<'a>(&'a self, f: &mut dyn FnMut(&'a Payload<'d>)) {
        self.for_each_part(&mut |part| {
            if let Part::Payload(payload) = part {
                f(payload);
            }
        });
    }

    /// Calls `f` with every setting of the state that may be computed.
    pub fn for_each_scalar<'a>(&'a self, f: &mut dyn FnMut(&'a Scalar<'d>)) {
        self.for_each_part(&mut |part| {
            if let Part::Scalar(scalar) = part {
                f(scalar);
            }
        });
    }

    /// Calls `f` with every expression of the state, its rules and its catchers; not of machines inside it.
    pub fn for_each_expression<'a>(&'a self, f: &mut dyn FnMut(&'a Expression<'d>)) {
        self.for_each_part(&mut |part| part.for_each_expression(f));
    }
}
