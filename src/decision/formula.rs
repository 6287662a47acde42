//! Conditions as formulas over numbered atoms, in either query language.

use super::predicate::Truth;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Formula {
    /// All are true; evaluation stops at the first that is not.
    And(Vec<Formula>),
    /// One is true; evaluation stops at the first that is.
    Or(Vec<Formula>),
    /// The opposite.
    Not(Box<Formula>),
    /// The atom of this number.
    Atom(usize),
    /// As written.
    Constant(bool),
}

impl Formula {
    /// Its truth, given the truth of every atom.
    pub(super) fn eval(&self, truths: &[Truth]) -> Truth {
        match self {
            Self::Constant(value) => (*value).into(),
            Self::Atom(number) => truths.get(*number).copied().unwrap_or(Truth::Fails),
            Self::Not(inner) => match inner.eval(truths) {
                Truth::True => Truth::False,
                Truth::False => Truth::True,
                other => other,
            },
            Self::And(all) => chain(all, truths, Truth::False),
            Self::Or(any) => chain(any, truths, Truth::True),
        }
    }

    /// The number of atoms in it, counting repetitions.
    pub(super) fn count_atoms(&self) -> usize {
        let mut count = 0;
        self.for_each_atom(&mut |_| count += 1);
        count
    }

    /// Calls `f` with the number of every atom in it.
    pub(super) fn for_each_atom(&self, f: &mut dyn FnMut(usize)) {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().for_each(|inner| inner.for_each_atom(f)),
            Self::Not(inner) => inner.for_each_atom(f),
            Self::Atom(number) => f(*number),
            Self::Constant(_) => {}
        }
    }
}

/// Evaluates formulas in order until one has the truth that settles the result.
fn chain(formulas: &[Formula], truths: &[Truth], settling: Truth) -> Truth {
    for formula in formulas {
        let truth = match formula.eval(truths) {
            Truth::Undefined => Truth::False,
            truth => truth,
        };
        if truth == settling || truth == Truth::Fails {
            return truth;
        }
    }
    if settling == Truth::True {
        Truth::False
    } else {
        Truth::True
    }
}
