//! The atoms of a Choice: the tests of its rules, each test once.

use super::formula::Formula;
use super::predicate::Predicate;
use crate::asl::state::choice::Operator;
use std::collections::HashSet;

/// Every atom of the rules of a state, each once.
#[derive(Debug, Default)]
pub(super) struct Atoms {
    /// The subject and the predicate of each.
    pub all: Vec<(Subject, Predicate)>,
    /// The atoms that compare the values of two paths.
    pub comparisons: Vec<Comparison>,
    /// Placeholders are read as the constants that they are written as, and not as unknown values.
    pub has_constant_placeholders: bool,
}

/// An atom that compares the values of two paths.
#[derive(Debug)]
pub(super) struct Comparison {
    /// The number of the atom.
    pub atom: usize,
    /// The path on the left.
    pub left: String,
    /// The operator, one of `…Path`.
    pub operator: &'static Operator,
    /// The path on the right.
    pub right: String,
}

/// A Choice with more atoms is not analyzed.
const MAX_ATOMS: usize = 1_024;

/// What an atom compares.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    /// The value that this path selects.
    Path(String),
    /// A value that no other atom compares; the number is the atom's.
    Unique(usize),
}

impl Atoms {
    /// Whether there are too many to analyze.
    pub(super) fn are_too_many(&self) -> bool {
        self.all.len() > MAX_ATOMS
    }

    /// The atom for a predicate on the value that a path selects.
    pub(super) fn atom(&mut self, path: String, predicate: Predicate) -> Formula {
        let atom = (Subject::Path(path), predicate);
        let known = self.all.iter().position(|known| *known == atom);
        Formula::Atom(known.unwrap_or_else(|| {
            self.all.push(atom);
            self.all.len() - 1
        }))
    }

    /// An atom that is not analyzed; the same text is the same atom.
    pub(super) fn opaque(&mut self, text: String) -> Formula {
        self.atom(text, Predicate::Opaque)
    }

    /// An atom that compares the values of two paths, which is not analyzed.
    pub(super) fn compare(&mut self, left: String, operator: &'static Operator, right: String) -> Formula {
        let formula = self.opaque(format!("{left} {} {right}", operator.name));
        if let Formula::Atom(atom) = formula {
            self.comparisons.push(Comparison {
                atom,
                left,
                operator,
                right,
            });
        }
        formula
    }

    /// An atom that differs from every other.
    pub(super) fn unknown(&mut self) -> Formula {
        let number = self.all.len();
        self.all.push((Subject::Unique(number), Predicate::Opaque));
        Formula::Atom(number)
    }

    /// What the atoms of a formula compare.
    pub(super) fn subjects(&self, formula: &Formula) -> HashSet<&Subject> {
        let mut subjects = HashSet::new();
        formula.for_each_atom(&mut |number| {
            subjects.extend(self.all.get(number).map(|(subject, _)| subject));
        });
        subjects
    }
}
