//! What advice is based on.

use crate::asl::{Machine, State};
use crate::cost::assumptions::Assumptions;
use crate::cost::bill::Metered;
use crate::cost::usage::StateUsage;
use crate::cost::{Estimate, Terms};
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use std::collections::HashMap;

/// What advice is made of.
pub(super) struct Case<'a, 'd> {
    pub(super) machine: &'a Machine<'d>,
    pub(super) estimate: &'a Estimate,
    pub(super) assumptions: &'a Assumptions,
    pub(super) terms: &'a Terms<'a>,
    pub(super) by_name: HashMap<&'a str, &'a StateUsage>,
}

impl Case<'_, '_> {
    pub(super) fn used(&self, state: &State<'_>) -> Option<&StateUsage> {
        self.by_name.get(state.name.as_str()).copied()
    }

    /// What a month costs less when each execution meters so much less, as the machine's own type.
    pub(super) fn saving(&self, less: Metered, more: Metered) -> Decimal {
        let column = self.estimate.own();
        let n = self.estimate.executions;
        let (less, more) = (less.times(n), more.times(n));
        let after = Metered {
            transitions: column.metered.transitions - less.transitions + more.transitions,
            requests: column.metered.requests - less.requests + more.requests,
            gb_seconds: column.metered.gb_seconds - less.gb_seconds + more.gb_seconds,
        };
        column.per_month - after.cost(&self.terms.tariff)
    }

    /// What a month costs less with so many transitions less per execution. Express does not bill transitions.
    pub(super) fn saving_of_transitions(&self, transitions: Decimal) -> Decimal {
        if self.estimate.workflow == WorkflowType::Express {
            return Decimal::ZERO;
        }
        let less = Metered {
            transitions,
            ..Metered::default()
        };
        self.saving(less, Metered::default())
    }
}
