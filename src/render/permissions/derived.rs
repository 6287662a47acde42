//! A derived role.

use crate::iam::{Composition, Derivation, Environment};
use crate::source::SourceFile;

/// The policies of a state machine, and why it needs them.
#[derive(Debug)]
pub struct Derived<'a> {
    /// The name of the state machine.
    pub name: &'a str,
    /// The text of its definition.
    pub source: &'a SourceFile,
    /// Where it is.
    pub environment: &'a Environment,
    /// Its needs.
    pub derivation: &'a Derivation<'a>,
    /// The policy.
    pub composition: &'a Composition<'a>,
}
