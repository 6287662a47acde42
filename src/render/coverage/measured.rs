//! A state machine and its coverage.

use crate::asl::Machine;
use crate::coverage::Coverage;

/// The coverage of a machine, and the machine itself.
#[derive(Debug, Clone, Copy)]
pub struct Measured<'a> {
    /// The coverage.
    pub coverage: &'a Coverage,
    /// The machine.
    pub machine: &'a Machine<'a>,
}
