//! What single values must be for a rule of a Choice to be taken.

use super::atoms::{Atoms, Subject};
use super::formula::Formula;
use super::predicate::{Case, Literal, Predicate, Truth};
use super::read::read;
use super::witness;
use crate::asl::state::Choice;
use crate::asl::state::choice::Comparison;
use crate::value::Value;

/// A requirement on the value of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// The path as written.
    pub path: String,
    /// What its value must pass.
    pub test: Test,
}

/// A predicate that must be true, or must not be true.
#[derive(Debug, Clone, PartialEq)]
pub struct Test {
    predicate: Predicate,
    is_wanted: bool,
}

impl Test {
    /// The value equals a literal. Arrays and objects cannot be tested.
    pub fn equals(value: &Value, is_wanted: bool) -> Option<Self> {
        let literal = match value {
            Value::Null => Literal::Null,
            Value::Bool(truth) => Literal::Bool(*truth),
            Value::Number(number) => Literal::Number(number.as_f64()),
            Value::String(text) => Literal::Text(text.to_string()),
            Value::Array(_) | Value::Object(_) => return None,
        };
        let predicate = Predicate::Equals(literal);
        Some(Self { predicate, is_wanted })
    }

    /// The value compares with a number.
    pub const fn compares(comparison: Comparison, number: f64) -> Self {
        Self {
            predicate: Predicate::Number(comparison, number),
            is_wanted: true,
        }
    }

    /// Whether a value passes.
    pub fn accepts(&self, value: Option<&Value>) -> bool {
        let truths = self.predicate.truths(&case_of(value));
        truths.contains(&Truth::from(self.is_wanted))
    }

    /// Whether only a missing value passes.
    pub fn wants_missing(&self) -> bool {
        match self.predicate {
            Predicate::Is(Comparison::IsPresent, asks_present) => asks_present != self.is_wanted,
            Predicate::Exists => !self.is_wanted,
            _ => false,
        }
    }

    /// Values that pass, the most likely first.
    pub fn examples(&self) -> Vec<Value> {
        let cases = witness::candidates(&[&self.predicate]).into_iter();
        let values = cases.filter_map(|case| witness::value(&case));
        values.filter(|value| self.accepts(Some(value))).collect()
    }
}

fn case_of(value: Option<&Value>) -> Case {
    match value {
        None => Case::Missing,
        Some(Value::Null) => Case::Null,
        Some(Value::Bool(truth)) => Case::Bool(*truth),
        Some(Value::Number(number)) => Case::Number(number.as_f64()),
        Some(Value::String(text)) => Case::Text(text.to_string()),
        Some(Value::Array(_) | Value::Object(_)) => Case::Structure,
    }
}

/// One way to make a Choice take a rule, or no rule if there is none at this index, as requirements on single values. Those
/// of the rule itself come first. Unlike [`Solver`](super::Solver), it does not look for values that meet all of them.
pub fn requirements(choice: &Choice<'_>, rule: usize) -> Vec<Requirement> {
    let mut atoms = Atoms {
        has_constant_placeholders: true,
        ..Atoms::default()
    };
    let rules = choice.rules.iter().take(rule + 1);
    let formulas: Vec<Option<Formula>> = rules.map(|rule| read(&rule.condition, &mut atoms)).collect();
    let mut wanted = Vec::new();
    let (earlier, taken) = formulas.split_at(rule.min(formulas.len()));
    for (formulas, is_wanted) in [(taken, true), (earlier, false)] {
        for formula in formulas.iter().flatten() {
            require(formula, is_wanted, &mut wanted);
        }
    }
    let requirement = |(atom, is_wanted): (usize, bool)| {
        let (subject, predicate) = atoms.all.get(atom)?;
        match (subject, predicate) {
            (_, Predicate::Opaque) | (Subject::Unique(_), _) => None,
            (Subject::Path(path), predicate) => Some(Requirement {
                path: path.clone(),
                test: Test {
                    predicate: predicate.clone(),
                    is_wanted,
                },
            }),
        }
    };
    wanted.into_iter().filter_map(requirement).collect()
}

/// Adds the atoms that give a formula the wanted truth.
fn require(formula: &Formula, is_wanted: bool, wanted: &mut Vec<(usize, bool)>) {
    match formula {
        Formula::Constant(_) => {}
        Formula::Atom(atom) => wanted.push((*atom, is_wanted)),
        Formula::Not(inner) => require(inner, !is_wanted, wanted),
        Formula::And(all) if is_wanted => all.iter().for_each(|inner| require(inner, true, wanted)),
        Formula::Or(any) if !is_wanted => any.iter().for_each(|inner| require(inner, false, wanted)),
        // The first conditions often test whether the value exists, so the last one is made false.
        Formula::And(all) => all
            .last()
            .into_iter()
            .for_each(|last| require(last, false, wanted)),
        Formula::Or(any) => any
            .first()
            .into_iter()
            .for_each(|first| require(first, true, wanted)),
    }
}
