//! A derived role.

use crate::iam::{Composition, Derivation, Environment};

/// The policies of a state machine, and why it needs them.
#[derive(Debug)]
pub struct Derived<'a> {
    /// The name of the state machine.
    pub name: &'a str,
    /// Where it is.
    pub environment: &'a Environment,
    /// Its needs.
    pub derivation: &'a Derivation,
    /// The policy.
    pub composition: &'a Composition,
}
