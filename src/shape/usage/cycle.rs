//! Cycles of transitions.

/// A strongly connected component of the transitions of a state machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cycle(pub(super) u32);
