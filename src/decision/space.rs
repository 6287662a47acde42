//! Every combination of values that the atoms of some conditions can distinguish.

use super::atoms::{Atoms, Subject};
use super::cases::{self, Row};
use super::formula::Formula;
use super::predicate::{Predicate, Truth};

/// The maximum number of combinations.
const MAX_COMBINATIONS: usize = 4_096;

/// The maximum number of atoms evaluated, over all combinations.
const MAX_ANSWERS: usize = 4_000_000;

/// Every combination of truths of the atoms of some formulas.
pub(super) struct Space {
    /// For each subject, the numbers of its atoms and the rows of their truths.
    subjects: Vec<(Vec<usize>, Vec<Row>)>,
    atoms: usize,
}

impl Space {
    /// The combinations; `None` if there are too many.
    pub(super) fn new(formulas: &[&Formula], atoms: &Atoms) -> Option<Self> {
        let mut is_used = vec![false; atoms.all.len()];
        let mut times = 0;
        for formula in formulas {
            formula.for_each_atom(&mut |number| {
                is_used[number] = true;
                times += 1;
            });
        }
        let mut groups: Vec<(&Subject, Vec<usize>)> = Vec::new();
        for (number, (subject, _)) in atoms.all.iter().enumerate().filter(|(n, _)| is_used[*n]) {
            match groups.iter_mut().find(|(s, _)| *s == subject) {
                Some((_, numbers)) => numbers.push(number),
                None => groups.push((subject, vec![number])),
            }
        }
        let mut combinations = 1;
        let mut subjects = Vec::with_capacity(groups.len());
        for (_, numbers) in groups {
            let predicates: Vec<&Predicate> = numbers.iter().map(|n| &atoms.all[*n].1).collect();
            let rows = cases::rows(&predicates)?;
            combinations *= rows.len();
            if combinations > MAX_COMBINATIONS || combinations * times > MAX_ANSWERS {
                return None;
            }
            subjects.push((numbers, rows));
        }
        Some(Self {
            subjects,
            atoms: atoms.all.len(),
        })
    }

    /// Calls `f` with every combination, and whether the atoms are meant for all its values.
    pub(super) fn for_each(&self, f: &mut dyn FnMut(&[Truth], bool)) {
        let mut truths = vec![Truth::Fails; self.atoms];
        let mut at = vec![0; self.subjects.len()];
        loop {
            let mut is_expected = true;
            for ((numbers, rows), i) in self.subjects.iter().zip(&at) {
                let row = &rows[*i];
                is_expected &= row.is_expected;
                for (number, truth) in numbers.iter().zip(&row.truths) {
                    truths[*number] = *truth;
                }
            }
            f(&truths, is_expected);
            let Some(next) = (0..at.len()).find(|i| at[*i] + 1 < self.subjects[*i].1.len()) else {
                return;
            };
            at[next] += 1;
            at[..next].fill(0);
        }
    }
}
