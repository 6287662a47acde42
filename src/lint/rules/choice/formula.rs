//! Conditions as formulas over questions, whichever language they are written in.

use super::condition;
use super::pattern::Pattern;
use super::question::{Test, Truth, instant};
use crate::asl::state::choice::{self, Comparison, Condition};
use crate::asl::{Expression, Parsed};
use std::collections::HashSet;

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Formula {
    /// All hold; the first that does not ends it.
    And(Vec<Formula>),
    /// One holds; the first that does ends it.
    Or(Vec<Formula>),
    /// The opposite.
    Not(Box<Formula>),
    /// The question of this number.
    Question(usize),
    /// As written.
    Constant(bool),
}

/// Every question that the rules of a state ask, each once.
#[derive(Debug, Default)]
pub(super) struct Questions {
    /// Whom it is about, and what is asked.
    pub all: Vec<(Subject, Test)>,
}

/// A Choice that asks more is not gone through.
const MAX_QUESTIONS: usize = 1_024;

/// Whom a question is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    /// What this path finds.
    Path(String),
    /// Itself alone.
    Alone(usize),
}

impl Questions {
    /// Whether there are more than can be gone through.
    fn are_too_many(&self) -> bool {
        self.all.len() > MAX_QUESTIONS
    }

    /// A question about what a path finds.
    pub(super) fn about(&mut self, path: String, test: Test) -> Formula {
        let question = (Subject::Path(path), test);
        let known = self.all.iter().position(|q| *q == question);
        Formula::Question(known.unwrap_or_else(|| {
            self.all.push(question);
            self.all.len() - 1
        }))
    }

    /// A question that is not looked into; the same text is the same question.
    pub(super) fn opaque(&mut self, text: String) -> Formula {
        self.about(text, Test::Opaque)
    }

    /// A question that is like no other.
    fn unknown(&mut self) -> Formula {
        let number = self.all.len();
        self.all.push((Subject::Alone(number), Test::Opaque));
        Formula::Question(number)
    }

    /// Whom a formula asks about.
    pub(super) fn subjects(&self, formula: &Formula) -> HashSet<&Subject> {
        let mut subjects = HashSet::new();
        formula.for_each_question(&mut |number| {
            subjects.extend(self.all.get(number).map(|(subject, _)| subject));
        });
        subjects
    }

    /// A rule's condition; `None` where it is malformed, which other rules report, or asks too much.
    pub(super) fn read(&mut self, condition: &Condition<'_>) -> Option<Formula> {
        Some(match condition {
            _ if self.are_too_many() => return None,
            Condition::Malformed => return None,
            Condition::And(all) => Formula::And(self.read_all(all)?),
            Condition::Or(any) => Formula::Or(self.read_all(any)?),
            Condition::Not(inner) => Formula::Not(Box::new(self.read(inner)?)),
            Condition::Constant(value) => Formula::Constant(*value),
            Condition::Jsonata(expression) => match &expression.parsed {
                Parsed::Jsonata(parsed) => condition::read(parsed, self).unwrap_or_else(|| self.unknown()),
                _ => self.unknown(),
            },
            Condition::Test(test) => self.read_test(test)?,
        })
    }

    fn read_all(&mut self, conditions: &[Condition<'_>]) -> Option<Vec<Formula>> {
        let formulas: Option<Vec<_>> = conditions.iter().map(|c| self.read(c)).collect();
        formulas.filter(|all| !all.is_empty())
    }

    fn read_test(&mut self, test: &choice::Test<'_>) -> Option<Formula> {
        let variable = test.variable.as_ref()?;
        if !is_read(variable) {
            return Some(self.unknown());
        }
        let path: String = variable.text.as_str().to_owned();
        if test.operator.is_path {
            let operand = test.operand_path.as_ref()?;
            return Some(if is_read(operand) {
                self.opaque(format!("{path} {} {}", test.operator.name, operand.text.as_str()))
            } else {
                self.unknown()
            });
        }
        Some(match literal_test(test) {
            Some(question) => self.about(path, question),
            None => self.unknown(),
        })
    }
}

fn is_read(expression: &Expression<'_>) -> bool {
    matches!(expression.parsed, Parsed::Path(_))
}

/// What an operator with a literal operand asks; `None` where the operand is hidden or of the wrong type.
fn literal_test(test: &choice::Test<'_>) -> Option<Test> {
    use choice::operator::Operand;
    let operand = &test.member.value;
    let comparison = test.operator.comparison;
    let written = || {
        operand
            .as_text()
            .filter(|t| !t.has_placeholder())
            .map(crate::document::Text::as_str)
    };
    if test.operator.is_type_test() {
        return Some(Test::Is(comparison, operand.as_bool()?));
    }
    Some(match test.operator.operand {
        Operand::String if comparison == Comparison::Matches => {
            Test::Matches(Pattern::parse(written()?).ok()?)
        }
        Operand::String => Test::Text(comparison, written()?.to_owned()),
        Operand::Numeric => Test::Number(comparison, operand.as_f64()?),
        Operand::Boolean => Test::Boolean(operand.as_bool()?),
        Operand::Timestamp => Test::Time(comparison, instant(written()?)?),
    })
}

impl Formula {
    /// Whether it holds, given the answers to all questions.
    pub(super) fn eval(&self, truths: &[Truth]) -> Truth {
        match self {
            Self::Constant(value) => (*value).into(),
            Self::Question(number) => truths.get(*number).copied().unwrap_or(Truth::Fails),
            Self::Not(inner) => match inner.eval(truths) {
                Truth::True => Truth::False,
                Truth::False => Truth::True,
                other => other,
            },
            Self::And(all) => chain(all, truths, Truth::False),
            Self::Or(any) => chain(any, truths, Truth::True),
        }
    }

    /// How many questions it asks, the same one counted each time.
    pub(super) fn count_questions(&self) -> usize {
        let mut count = 0;
        self.for_each_question(&mut |_| count += 1);
        count
    }

    /// Calls `f` with the number of every question it asks.
    pub(super) fn for_each_question(&self, f: &mut dyn FnMut(usize)) {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().for_each(|inner| inner.for_each_question(f)),
            Self::Not(inner) => inner.for_each_question(f),
            Self::Question(number) => f(*number),
            Self::Constant(_) => {}
        }
    }
}

/// One after the other, until one gives the answer that settles it.
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
