//! How likely each rule of a Choice is taken.

use crate::asl::state::Choice;
use crate::asl::state::choice::Condition;

/// The odds of a Choice's rules and of its Default; they sum to 1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Odds {
    /// By rule, in order.
    pub(super) rules: Vec<f64>,
    /// For `Default`.
    pub(super) default: f64,
}

impl Odds {
    /// Each rule and Default as likely as the others, but for rules whose condition is written down: `false` is never
    /// taken, and nothing comes after `true`.
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

    /// As given for the rules; the rest goes to Default. What rounding left over is spread over all.
    pub(super) fn given(choice: &Choice<'_>, given: &[f64]) -> Self {
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

    /// Whether there was anything to choose between.
    pub(super) fn is_open(&self) -> bool {
        let certain = |p: f64| p <= 0.0 || p >= 1.0;
        !(self.rules.iter().copied().all(certain) && certain(self.default))
    }
}
