//! The state of the analysis: the assumptions that are given, and those that it used.

use crate::asl::State;
use crate::cost::assumptions::{Assumptions, Setting};
use crate::cost::usage::{Assumption, Basis};
use indexmap::IndexMap;

/// The assumptions during the analysis of one state machine.
pub(super) struct Analysis<'a> {
    pub(super) assumptions: &'a Assumptions,
    /// The states to which each assumption applies, by subject, value, and basis.
    used: IndexMap<(&'static str, String, Basis), Vec<String>>,
}

impl<'a> Analysis<'a> {
    pub(super) fn new(assumptions: &'a Assumptions) -> Self {
        Self {
            assumptions,
            used: IndexMap::new(),
        }
    }

    /// Records that an assumption was used for a state, and returns its value.
    pub(super) fn assume<T>(
        &mut self,
        subject: &'static str,
        value: String,
        setting: Setting<T>,
        state: &State<'_>,
    ) -> T {
        let states = self.used.entry((subject, value, setting.basis)).or_default();
        states.push(state.name.as_str().to_owned());
        setting.value
    }

    /// Records that an assumption was used for the whole execution.
    pub(super) fn assume_globally(&mut self, subject: &'static str, value: &str, basis: Basis) {
        self.used.entry((subject, value.to_owned(), basis)).or_default();
    }

    /// The assumptions that were used, in order.
    pub(super) fn into_used(self) -> Vec<Assumption> {
        let assumption = |((subject, value, basis), states)| Assumption {
            subject,
            value,
            basis,
            states,
        };
        self.used.into_iter().map(assumption).collect()
    }
}
