//! The contents of a file.

use super::machine::EmbeddedMachine;
use super::resource::Resource;

/// The state machines and resources in a file.
#[derive(Debug, Default)]
pub struct Contents<'d> {
    /// The state machines, in source order.
    pub machines: Vec<EmbeddedMachine<'d>>,
    /// The state machine resources of a template, in source order, including those whose definition cannot be read.
    pub resources: Vec<Resource>,
}
