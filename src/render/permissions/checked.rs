//! Checked roles.

use crate::iam::{Derivation, Findings};

/// The state machines of a file with the findings in their roles.
#[derive(Debug)]
pub struct Checked<'a> {
    /// The state machines.
    pub machines: Vec<CheckedMachine<'a>>,
}

/// A state machine with the findings in its role.
#[derive(Debug)]
pub struct CheckedMachine<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its needs.
    pub derivation: &'a Derivation<'a>,
    /// The findings; `None` if its role is unknown.
    pub findings: Option<Findings>,
}
