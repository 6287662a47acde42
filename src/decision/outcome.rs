//! What happens to the rules of a Choice, one combination of values at a time.

use super::formula::Formula;
use super::predicate::Truth;

/// Whether a rule can be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reachability {
    /// Some values reach it, or it is not known whether any do.
    Reachable,
    /// Its condition is true for every value that does not make the execution fail.
    Always,
    /// Its condition is true for no value.
    Never,
    /// Whenever its condition is true, an earlier rule is taken: this one, or several of them.
    Shadowed(Option<usize>),
    /// Whenever its condition is true, this earlier rule has made the execution fail, or an earlier one is taken.
    Preempted(usize),
}

/// The result of trying the rules with one combination of values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// This rule is taken.
    Taken(usize),
    /// No rule is taken.
    NoMatch,
    /// This rule makes the execution fail.
    Fails(usize),
}

/// Tries rules in order up to the first that is taken or fails.
pub(super) fn first_match(formulas: &[Formula], truths: &[Truth]) -> Outcome {
    for (i, formula) in formulas.iter().enumerate() {
        match formula.eval(truths) {
            Truth::True => return Outcome::Taken(i),
            Truth::False => {}
            Truth::Undefined | Truth::Fails => return Outcome::Fails(i),
        }
    }
    Outcome::NoMatch
}

/// The rules that were taken while another rule's condition was true.
#[derive(Debug, Default, Clone, Copy)]
enum TakenInstead {
    #[default]
    None,
    One(usize),
    Several,
}

/// What was observed of a rule over all combinations of values.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct RuleStats {
    /// Its condition was true.
    was_true: bool,
    /// Its condition was false.
    was_false: bool,
    /// It was taken.
    is_taken: bool,
    /// The rules taken while its condition was true.
    instead: TakenInstead,
    /// The first rule that failed while its condition was true.
    failing: Option<usize>,
}

impl RuleStats {
    /// Counts one combination: the truth of the rule's condition, and the outcome of all rules.
    pub(super) fn count(&mut self, rule: usize, truth: Truth, outcome: Outcome) {
        self.was_true |= truth == Truth::True;
        self.was_false |= truth == Truth::False;
        if truth != Truth::True {
            return;
        }
        match outcome {
            Outcome::Taken(taken) => {
                self.is_taken |= taken == rule;
                self.instead = match self.instead {
                    TakenInstead::None => TakenInstead::One(taken),
                    TakenInstead::One(other) if other == taken => TakenInstead::One(taken),
                    _ => TakenInstead::Several,
                };
            }
            Outcome::Fails(failing) => self.failing = self.failing.or(Some(failing)),
            Outcome::NoMatch => {}
        }
    }

    /// The rule's reachability.
    pub(super) const fn reachability(&self) -> Reachability {
        if !self.was_true {
            Reachability::Never
        } else if let (false, Some(failing)) = (self.is_taken, self.failing) {
            Reachability::Preempted(failing)
        } else if !self.is_taken {
            Reachability::Shadowed(match self.instead {
                TakenInstead::One(earlier) => Some(earlier),
                TakenInstead::None | TakenInstead::Several => None,
            })
        } else if !self.was_false {
            Reachability::Always
        } else {
            Reachability::Reachable
        }
    }
}
