//! The probabilities of the rules of a Choice.

use crate::asl::state::Choice;
use crate::asl::state::choice::Condition;

/// The probabilities of the rules and of `Default`; they sum to 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Odds {
    /// Of each rule, in order.
    pub(super) rules: Vec<f64>,
    /// Of `Default`.
    pub(super) default: f64,
}

impl Odds {
    /// The same probability for `Default` and each rule, except that a rule with the constant condition `false` is never
    /// taken, and nothing after one with `true`.
    pub(super) fn equal(choice: &Choice<'_>) -> Self {
        let mut rules = vec![0.0; choice.rules.len()];
        let mut outcomes = 0.0;
        let mut is_decided = false;
        for (share, rule) in rules.iter_mut().zip(&choice.rules) {
            if is_decided || matches!(rule.condition, Condition::Constant(false)) {
                continue;
            }
            *share = 1.0;
            outcomes += 1.0;
            is_decided = matches!(rule.condition, Condition::Constant(true));
        }
        let mut default = f64::from(u8::from(choice.default.is_some() && !is_decided));
        outcomes += default;
        if outcomes > 0.0 {
            for share in &mut rules {
                *share /= outcomes;
            }
            default /= outcomes;
        }
        Self { rules, default }
    }

    /// The given probabilities of the rules; the rest is that of `Default`. Rounding errors are distributed over all rules.
    pub(super) fn from_given(choice: &Choice<'_>, given: &[f64]) -> Self {
        let mut rules = given.to_vec();
        rules.resize(choice.rules.len(), 0.0);
        let sum: f64 = rules.iter().sum();
        if sum > 0.0 && (sum > 1.0 || choice.default.is_none()) {
            for share in &mut rules {
                *share /= sum;
            }
        }
        let default = if choice.default.is_some() {
            (1.0 - sum).max(0.0)
        } else {
            0.0
        };
        Self { rules, default }
    }

    /// Whether more than one outcome is possible.
    pub(super) fn is_uncertain(&self) -> bool {
        let certain = |p: f64| p <= 0.0 || p >= 1.0;
        !(self.rules.iter().copied().all(certain) && certain(self.default))
    }
}
