//! Conditions of Choice rules, ready to be tested.

use crate::asl::state::choice::Operator;
use crate::expr::EvalError;
use crate::expr::jsonata;
use crate::expr::jsonpath::Path;
use crate::value::Value;
use std::rc::Rc;

/// When a rule is taken.
#[derive(Debug)]
pub enum Condition {
    /// All are true, tried in order until one is not.
    And(Vec<Condition>),
    /// One is true, tried in order until one is.
    Or(Vec<Condition>),
    /// The other way round.
    Not(Box<Condition>),
    /// A comparison.
    Test(Box<Test>),
    /// A boolean as written.
    Constant(bool),
    /// An expression that returns a boolean.
    Jsonata {
        /// The expression.
        expression: jsonata::Expression,
        /// `Choices[0]/Condition`
        location: Rc<str>,
    },
    /// It cannot be tested.
    Invalid(EvalError),
}

/// `Variable` and a comparison.
#[derive(Debug)]
pub struct Test {
    /// `Variable`
    pub variable: Path,
    /// Which comparison.
    pub operator: &'static Operator,
    /// What to compare with.
    pub operand: Operand,
}

/// The right-hand side of a comparison.
#[derive(Debug)]
pub enum Operand {
    /// As written.
    Value(Value),
    /// A timestamp as written, as nanoseconds since the Unix epoch.
    Timestamp(i128),
    /// At the end of a path.
    Path(Path),
}
