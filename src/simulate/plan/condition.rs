//! Compiled conditions of Choice rules.

use crate::asl::state::choice::Operator;
use crate::expr::EvalError;
use crate::expr::jsonata;
use crate::expr::jsonpath::Path;
use crate::value::Value;
use std::rc::Rc;

/// The condition of a rule.
#[derive(Debug)]
pub enum Condition {
    /// All conditions are true; evaluation stops at the first that is false.
    And(Vec<Condition>),
    /// At least one condition is true; evaluation stops at the first that is true.
    Or(Vec<Condition>),
    /// The negation of a condition.
    Not(Box<Condition>),
    /// A comparison.
    Test(Box<Test>),
    /// A literal boolean.
    Constant(bool),
    /// An expression that returns a boolean.
    Jsonata {
        /// The expression.
        expression: jsonata::Expression,
        /// `Choices[0]/Condition`
        location: Rc<str>,
    },
    /// The condition is invalid.
    Invalid(EvalError),
}

/// `Variable` and a comparison.
#[derive(Debug)]
pub struct Test {
    /// `Variable`
    pub variable: Path,
    /// The operator.
    pub operator: &'static Operator,
    /// The right-hand side.
    pub operand: Operand,
}

/// The right-hand side of a comparison.
#[derive(Debug)]
pub enum Operand {
    /// A literal.
    Value(Value),
    /// A literal timestamp, as nanoseconds since the Unix epoch.
    Timestamp(i128),
    /// The value at a path.
    Path(Path),
}
