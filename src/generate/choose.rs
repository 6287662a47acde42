//! Scripts with which a Choice takes a certain exit.

use super::lookup::Lookup;
use super::origin::{Base, FieldContext, Origins};
use super::reference;
use super::script::Change;
use crate::asl::state::choice::operator::{Comparison, Operand, Operator};
use crate::decision::{Relation, Solver};
use crate::prose;
use crate::spec::QueryLanguage;
use crate::value::{Number, Value};

/// The maximum number of solutions of the conditions that are tried.
const SOLUTIONS: usize = 12;

/// A mutation of a script: its changes, and what they change, in words.
pub(super) struct Mutation {
    pub(super) changes: Vec<Change>,
    pub(super) reason: Option<String>,
}

/// Whether an operator tests whether there is a value.
pub(super) fn tests_presence(operator: &Operator) -> bool {
    operator.comparison == Comparison::IsPresent
}

impl Origins<'_> {
    /// Mutations of the script that take a rule of a visited Choice; `None` is its default.
    pub(super) fn mutations(&self, visit: usize, solver: &Solver, rule: Option<usize>) -> Vec<Mutation> {
        let solutions = solver.solutions(rule);
        let mut mutations: Vec<Mutation> = Vec::new();
        for solution in solutions.iter().take(SOLUTIONS) {
            let mut changes = Vec::new();
            let mut reasons: Vec<String> = Vec::new();
            let mut is_stuck = false;
            for (path, candidates) in &solution.values {
                match self.assign(visit, path, candidates) {
                    Assigned::Already => {}
                    Assigned::By(found, value) => {
                        reasons.push(reason(path, value.as_ref()));
                        changes.extend(found);
                    }
                    Assigned::Never => is_stuck = true,
                }
            }
            for relation in &solution.relations {
                match self.relate(visit, relation) {
                    Some(found) => {
                        let not = if relation.is_wanted { "" } else { "not " };
                        reasons.push(format!(
                            "{not}{} {} {}",
                            relation.left, relation.operator.name, relation.right
                        ));
                        changes.extend(found);
                    }
                    None => is_stuck = true,
                }
            }
            // A value that cannot be changed may be as wanted, or may not matter: that is seen in the run.
            if changes.is_empty() && is_stuck {
                continue;
            }
            let reason = reasons.into_iter().next();
            mutations.push(Mutation { changes, reason });
        }
        mutations
    }

    fn assign(&self, visit: usize, path: &str, candidates: &[Option<Value>]) -> Assigned {
        let is_jsonata = self.state(visit).language == QueryLanguage::Jsonata;
        let Some(reference) = reference::from_text(path, is_jsonata) else {
            return Assigned::Never;
        };
        let at = FieldContext::new(visit, Base::Effective);
        let now = match self.look(at, &reference) {
            Lookup::Found(value) => Some(Some(value)),
            Lookup::Missing => Some(None),
            Lookup::Unknown => None,
        };
        if let Some(now) = now
            && candidates.contains(&now)
        {
            return Assigned::Already;
        }
        for candidate in candidates {
            if let Some(changes) = self.changes_for(at, &reference, candidate) {
                return Assigned::By(changes, candidate.clone());
            }
        }
        Assigned::Never
    }

    /// The changes with which two values are related as wanted.
    fn relate(&self, visit: usize, relation: &Relation) -> Option<Vec<Change>> {
        let left = reference::from_text(&relation.left, false)?;
        let right = reference::from_text(&relation.right, false)?;
        let at = FieldContext::new(visit, Base::Effective);
        let found = |reference| match self.look(at, reference) {
            Lookup::Found(value) => Some(value),
            _ => None,
        };
        let of_type = |value: &Value| match relation.operator.operand {
            Operand::Numeric => value.as_number().is_some(),
            Operand::Boolean => value.as_bool().is_some(),
            Operand::String | Operand::Timestamp => value.as_str().is_some(),
        };
        let default = match relation.operator.operand {
            Operand::Numeric => Value::from(1),
            Operand::Boolean => Value::Bool(true),
            Operand::String => Value::from("sample"),
            Operand::Timestamp => Value::from("2030-01-01T00:00:00Z"),
        };
        let (left_now, right_now) = (found(&left), found(&right));
        let mut changes = Vec::new();
        let other = match right_now.filter(&of_type) {
            Some(value) => value,
            None => {
                changes.extend(self.changes_for(at, &right, &Some(default.clone()))?);
                default
            }
        };
        let wanted = related(&other, relation.operator.comparison, relation.is_wanted)?;
        if left_now.as_ref() == Some(&wanted) {
            return Some(changes);
        }
        if let Some(found) = self.changes_for(at, &left, &Some(wanted)) {
            changes.extend(found);
            return Some(changes);
        }
        let mirrored = match relation.operator.comparison {
            Comparison::Less => Comparison::Greater,
            Comparison::LessOrEqual => Comparison::GreaterOrEqual,
            Comparison::Greater => Comparison::Less,
            Comparison::GreaterOrEqual => Comparison::LessOrEqual,
            same => same,
        };
        let wanted = related(&left_now.filter(of_type)?, mirrored, relation.is_wanted)?;
        self.changes_for(at, &right, &Some(wanted))
    }
}

enum Assigned {
    /// The value is already one of the wanted ones.
    Already,
    By(Vec<Change>, Option<Value>),
    Never,
}

/// What is special about the values with which a rule is taken: `$.status is "paid"`.
fn reason(path: &str, value: Option<&Value>) -> String {
    match value {
        Some(value) => format!("{path} is {}", prose::truncate(&value.to_json(), 40)),
        None => format!("{path} is missing"),
    }
}

/// A value that is related to another one as wanted.
fn related(other: &Value, comparison: Comparison, is_wanted: bool) -> Option<Value> {
    // The distance from the other value: -1, 0, or 1.
    let distance: i64 = match (comparison, is_wanted) {
        (Comparison::Equal | Comparison::LessOrEqual | Comparison::GreaterOrEqual, true)
        | (Comparison::Less | Comparison::Greater, false) => 0,
        (Comparison::Equal | Comparison::LessOrEqual, false) | (Comparison::Greater, true) => 1,
        (Comparison::Less, true) | (Comparison::GreaterOrEqual, false) => -1,
        _ => return None,
    };
    Some(match other {
        Value::Number(number) => match number.as_i64() {
            Some(integer) => Value::from(integer.checked_add(distance)?),
            None => {
                #[expect(clippy::cast_precision_loss, reason = "-1, 0, or 1")]
                let moved = number.as_f64() + distance as f64;
                Value::Number(Number::from_f64(moved)?)
            }
        },
        Value::Bool(truth) => Value::Bool(if distance == 0 { *truth } else { !truth }),
        Value::String(text) if crate::asl::semantics::timestamp::instant(text).is_some() => match distance {
            0 => other.clone(),
            1 => Value::from("2999-12-31T00:00:00Z"),
            _ => Value::from("1971-01-01T00:00:00Z"),
        },
        Value::String(text) => match distance {
            0 => other.clone(),
            1 => Value::from(format!("{text}-other")),
            _ => Value::from(""),
        },
        _ => return None,
    })
}
