//! The data that recommendations are computed from.

use crate::asl::{Machine, State};
use crate::cost::assumptions::Assumptions;
use crate::cost::bill::Metered;
use crate::cost::usage::StateUsage;
use crate::cost::{Estimate, Terms};
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// A state machine with its estimate.
pub(super) struct Context<'a, 'd> {
    pub(super) machine: &'a Machine<'d>,
    pub(super) estimate: &'a Estimate,
    pub(super) assumptions: &'a Assumptions,
    pub(super) terms: &'a Terms<'a>,
    pub(super) by_name: HashMap<&'a str, &'a StateUsage>,
}

impl Context<'_, '_> {
    pub(super) fn usage_of(&self, state: &State<'_>) -> Option<&StateUsage> {
        self.by_name.get(state.name.as_str()).copied()
    }

    /// The monthly saving if the usage of each execution changes, as the type of the state machine.
    pub(super) fn saving(&self, removed: Metered, added: Metered) -> Decimal {
        let own = self.estimate.own();
        let n = self.estimate.executions;
        let (removed, added) = (removed.times(n), added.times(n));
        let after = Metered {
            transitions: own.metered.transitions - removed.transitions + added.transitions,
            requests: own.metered.requests - removed.requests + added.requests,
            gb_seconds: own.metered.gb_seconds - removed.gb_seconds + added.gb_seconds,
        };
        own.per_month - after.cost(&self.terms.tariff)
    }

    /// The monthly saving if each execution has fewer transitions. Express workflows are not billed by transitions.
    pub(super) fn transition_saving(&self, transitions: Decimal) -> Decimal {
        if self.estimate.workflow == WorkflowType::Express {
            return Decimal::ZERO;
        }
        let removed = Metered {
            transitions,
            ..Metered::default()
        };
        self.saving(removed, Metered::default())
    }
}
