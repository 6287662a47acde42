//! A recommendation.

use rust_decimal::Decimal;

/// A recommendation that reduces the cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Its id, in kebab case.
    pub id: &'static str,
    /// The states it applies to; empty if it applies to the state machine as a whole.
    pub states: Vec<String>,
    /// The maximum monthly saving in US dollars.
    pub saving: Decimal,
    /// What to do and what changes, in one sentence without a period.
    pub text: String,
}
