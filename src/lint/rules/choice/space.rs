//! Every combination of values that the questions of some conditions can tell apart.

use super::cases::{self, Row};
use super::formula::{Formula, Questions, Subject};
use super::question::{Test, Truth};

/// As many combinations are gone through.
const MAX_COMBINATIONS: usize = 4_096;

/// As many answers are looked up, over all combinations.
const MAX_ANSWERS: usize = 4_000_000;

/// Every combination of answers to the questions that some formulas ask.
pub(super) struct Space {
    /// For each subject, the numbers of its questions and the rows of answers.
    subjects: Vec<(Vec<usize>, Vec<Row>)>,
    questions: usize,
}

impl Space {
    /// The combinations; `None` where there are too many.
    pub(super) fn of(formulas: &[&Formula], questions: &Questions) -> Option<Self> {
        let mut asked = vec![false; questions.all.len()];
        let mut times = 0;
        for formula in formulas {
            formula.for_each_question(&mut |number| {
                asked[number] = true;
                times += 1;
            });
        }
        let mut groups: Vec<(&Subject, Vec<usize>)> = Vec::new();
        for (number, (subject, _)) in questions.all.iter().enumerate().filter(|(n, _)| asked[*n]) {
            match groups.iter_mut().find(|(s, _)| *s == subject) {
                Some((_, numbers)) => numbers.push(number),
                None => groups.push((subject, vec![number])),
            }
        }
        let mut combinations = 1;
        let mut subjects = Vec::with_capacity(groups.len());
        for (_, numbers) in groups {
            let tests: Vec<&Test> = numbers.iter().map(|n| &questions.all[*n].1).collect();
            let rows = cases::rows(&tests)?;
            combinations *= rows.len();
            if combinations > MAX_COMBINATIONS || combinations * times > MAX_ANSWERS {
                return None;
            }
            subjects.push((numbers, rows));
        }
        Some(Self {
            subjects,
            questions: questions.all.len(),
        })
    }

    /// Calls `f` with every combination, and whether all its values are such as the questions reckon with.
    pub(super) fn for_each(&self, f: &mut dyn FnMut(&[Truth], bool)) {
        let mut truths = vec![Truth::Fails; self.questions];
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
