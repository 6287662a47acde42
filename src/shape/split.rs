//! The data on the two sides of a condition.

use super::scenario::Scenario;

/// The data with which a condition is true, and with which it is false; `None` where it never is. Data with which the
/// condition fails is in neither.
#[derive(Debug, Clone)]
pub(super) struct Split {
    /// With which it is true.
    pub yes: Option<Scenario>,
    /// With which it is false.
    pub no: Option<Scenario>,
}

impl Split {
    /// The data of either side.
    pub(super) fn join(a: Option<Scenario>, b: Option<Scenario>) -> Option<Scenario> {
        match (a, b) {
            (Some(a), Some(b)) => Some(a.join(&b)),
            (a, b) => a.or(b),
        }
    }

    /// Nothing is proved.
    pub(super) fn unknown(scenario: &Scenario) -> Self {
        Self {
            yes: Some(scenario.clone()),
            no: Some(scenario.clone()),
        }
    }

    /// The condition fails.
    pub(super) const fn never() -> Self {
        Self { yes: None, no: None }
    }

    /// The condition has the same result for all data.
    pub(super) fn constant(scenario: &Scenario, truth: bool) -> Self {
        let some = Some(scenario.clone());
        if truth {
            Self { yes: some, no: None }
        } else {
            Self { yes: None, no: some }
        }
    }
}
