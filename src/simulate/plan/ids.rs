//! The ids of states and scopes, and the exits of states.

/// A state, as an index into `Plan::states`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateId(pub u32);

/// A `States` object (the machine's, a branch's, a processor's), as an index into `Plan::scopes`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScopeId(pub u32);

/// The exit of a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// To another state of its scope.
    Next(StateId),
    /// The end of the scope.
    End,
    /// There is no valid next state.
    Nowhere,
}
