//! A piece of advice.

use rust_decimal::Decimal;

/// A recommendation that reduces the cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Its name, kebab-case.
    pub id: &'static str,
    /// The states it is about; none where it is the whole machine.
    pub states: Vec<String>,
    /// What it saves a month, at most.
    pub saving: Decimal,
    /// What to do and what to mind, one sentence without a full stop.
    pub text: String,
}
