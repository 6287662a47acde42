//! Which rule of a Choice is taken, over every combination of values that its atoms can distinguish.

use super::atoms::{Atoms, Subject};
use super::formula::Formula;
use super::outcome::{Outcome, Reachability, RuleStats, first_match};
use super::predicate::Truth;
use super::read::read;
use super::space::Space;
use crate::asl::state::Choice;
use crate::asl::state::choice::ChoiceRule;
use crate::source::Span;
use std::collections::HashSet;

/// The result of the analysis.
#[derive(Debug)]
pub struct Decision {
    /// The reachability of each, in order.
    pub rules: Vec<Reachability>,
    /// Some values match no rule; `None` if there are too many combinations to know.
    pub has_unmatched: Option<bool>,
    /// Some values that the atoms are meant for match no rule.
    pub has_unmatched_expected: Option<bool>,
}

/// What a finding about a rule underlines: the beginning of its condition.
pub fn condition_span(rule: &ChoiceRule<'_>) -> Span {
    if let Some(condition) = rule.node.get("Condition") {
        return condition.span;
    }
    let mut fields = ["And", "Or", "Not", "Variable"].iter();
    let member = fields.find_map(|name| rule.node.member(name));
    member.map_or(rule.node.span, |m| m.key_span)
}

/// Analyzes the rules of a Choice; `None` if one is malformed.
pub fn decide(choice: &Choice<'_>) -> Option<Decision> {
    let mut atoms = Atoms::default();
    let formulas: Option<Vec<Formula>> = choice
        .rules
        .iter()
        .map(|r| read(&r.condition, &mut atoms))
        .collect();
    let formulas = formulas.filter(|all| !all.is_empty())?;
    let everything: Vec<&Formula> = formulas.iter().collect();
    let Some(space) = Space::new(&everything, &atoms) else {
        return Some(Decision {
            rules: pairwise(&formulas, &atoms),
            has_unmatched: None,
            has_unmatched_expected: None,
        });
    };
    let mut has_unmatched = false;
    let mut has_unmatched_expected = false;
    let mut stats = vec![RuleStats::default(); formulas.len()];
    space.for_each(&mut |truths, is_expected| {
        let outcome = first_match(&formulas, truths);
        has_unmatched |= outcome == Outcome::NoMatch;
        has_unmatched_expected |= outcome == Outcome::NoMatch && is_expected;
        for (i, formula) in formulas.iter().enumerate() {
            stats[i].count(i, formula.eval(truths), outcome);
        }
    });
    Some(Decision {
        rules: stats.iter().map(RuleStats::reachability).collect(),
        has_unmatched: Some(has_unmatched),
        has_unmatched_expected: Some(has_unmatched_expected),
    })
}

/// The budget for comparing rules in pairs: a pair costs the square of the number of its atoms.
const PAIR_BUDGET: usize = 100_000;

/// Analyzes each rule by itself and with each earlier one, if there are too many combinations of all.
fn pairwise(formulas: &[Formula], atoms: &Atoms) -> Vec<Reachability> {
    let alone: Vec<Option<Reachability>> = formulas
        .iter()
        .map(|formula| decide_alone(formula, atoms))
        .collect();
    let sizes: Vec<usize> = formulas.iter().map(Formula::count_atoms).collect();
    let subjects: Vec<HashSet<&Subject>> = formulas.iter().map(|f| atoms.subjects(f)).collect();
    let mut spent = 0;
    let mut reachabilities = Vec::with_capacity(formulas.len());
    for (i, formula) in formulas.iter().enumerate() {
        let mut reachability = alone[i].unwrap_or(Reachability::Reachable);
        for earlier in (0..i).filter(|j| {
            alone[i] == Some(Reachability::Reachable) && alone[*j] == Some(Reachability::Reachable)
        }) {
            spent += 1;
            if spent > PAIR_BUDGET {
                break;
            }
            // Rules about different values do not affect each other.
            if subjects[i].is_disjoint(&subjects[earlier]) {
                continue;
            }
            spent += (sizes[i] + sizes[earlier]).pow(2);
            if is_shadowed(formula, &formulas[earlier], atoms) {
                reachability = Reachability::Shadowed(Some(earlier));
                break;
            }
        }
        reachabilities.push(reachability);
    }
    reachabilities
}

/// The reachability of a rule by itself; `None` if it has too many combinations.
fn decide_alone(formula: &Formula, atoms: &Atoms) -> Option<Reachability> {
    let mut stats = RuleStats::default();
    let formulas = std::slice::from_ref(formula);
    Space::new(&[formula], atoms)?.for_each(&mut |truths, _| {
        stats.count(0, formula.eval(truths), first_match(formulas, truths));
    });
    Some(stats.reachability())
}

/// Whether an earlier rule is taken, or fails, whenever a rule's condition is true.
fn is_shadowed(formula: &Formula, earlier: &Formula, atoms: &Atoms) -> bool {
    let Some(space) = Space::new(&[formula, earlier], atoms) else {
        return false;
    };
    let mut escapes = false;
    space.for_each(&mut |truths, _| {
        escapes |= earlier.eval(truths) == Truth::False && formula.eval(truths) == Truth::True;
    });
    !escapes
}

#[cfg(test)]
mod tests;
