//! A machine ready to run.

use super::ids::{ScopeId, StateId};
use super::state::State;

/// A machine ready to run.
#[derive(Debug)]
pub struct Plan {
    /// Every state at every depth.
    pub states: Vec<State>,
    /// Every scope; the machine's own is the first.
    pub scopes: Vec<Scope>,
    /// `TimeoutSeconds` of the machine.
    pub timeout_seconds: Option<i64>,
}

/// One `States` object.
#[derive(Debug)]
pub struct Scope {
    /// The state in `StartAt`; `None` if it is undefined.
    pub start: Option<StateId>,
}

impl Plan {
    /// A state.
    pub fn state(&self, id: StateId) -> &State {
        // Ids are created only by `build`, which numbers the states of this plan.
        &self.states[id.0 as usize]
    }

    /// A scope.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        // As for `state`.
        &self.scopes[id.0 as usize]
    }

    /// The machine's own scope.
    pub const ROOT: ScopeId = ScopeId(0);

    /// The first state with this name, at any depth.
    pub fn find(&self, name: &str) -> Option<StateId> {
        let at = self.states.iter().position(|s| s.name.as_ref() == name)?;
        u32::try_from(at).ok().map(StateId)
    }
}
