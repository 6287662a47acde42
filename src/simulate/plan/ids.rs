//! The ids of states and scopes, and where a state leads.

/// A state, as an index into [`Plan::states`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateId(pub u32);

/// A `States` object (the machine's, a branch's, a processor's), as an index into [`Plan::scopes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScopeId(pub u32);

/// Where a state goes when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// To another state of its scope.
    Next(StateId),
    /// The scope ends here.
    End,
    /// The definition says nothing that leads anywhere.
    Nowhere,
}
