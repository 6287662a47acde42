//! `Choice`: a branch by condition.

use crate::asl::{Expression, Payload, Target};
use crate::document::{Member, Node};

pub mod operator;

pub use operator::{Comparison, Operator};

/// The fields of a Choice state.
#[derive(Debug)]
pub struct Choice<'d> {
    /// `Choices`, in order.
    pub rules: Vec<ChoiceRule<'d>>,
    /// `Default`
    pub default: Option<Target<'d>>,
}

/// One element of `Choices`.
#[derive(Debug)]
pub struct ChoiceRule<'d> {
    /// The object.
    pub node: &'d Node,
    /// Its condition.
    pub condition: Condition<'d>,
    /// `Next`
    pub next: Option<Target<'d>>,
    /// `Assign`
    pub assign: Option<Payload<'d>>,
    /// `Output` (JSONata).
    pub output: Option<Payload<'d>>,
}

/// When a rule is taken.
#[derive(Debug)]
pub enum Condition<'d> {
    /// `And`: all are true, tried in order until one is not.
    And(Vec<Condition<'d>>),
    /// `Or`: one is true, tried in order until one is.
    Or(Vec<Condition<'d>>),
    /// `Not`
    Not(Box<Condition<'d>>),
    /// `Variable` and a comparison.
    Test(Test<'d>),
    /// `Condition` (JSONata): a boolean as written.
    Constant(bool),
    /// `Condition` (JSONata): an expression that returns a boolean.
    Jsonata(Expression<'d>),
    /// Nothing that makes a condition.
    Malformed,
}

/// A comparison of a variable with a value.
#[derive(Debug)]
pub struct Test<'d> {
    /// The rule's object.
    pub node: &'d Node,
    /// `Variable`
    pub variable: Option<Expression<'d>>,
    /// Which comparison.
    pub operator: &'static Operator,
    /// The member whose key is the operator.
    pub member: &'d Member,
    /// The path of a `…Path` operator.
    pub operand_path: Option<Expression<'d>>,
}

impl<'d> Condition<'d> {
    /// Calls `f` with every expression in the condition, in order.
    pub fn for_each_expression<'a>(&'a self, f: &mut dyn FnMut(&'a Expression<'d>)) {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().for_each(|c| c.for_each_expression(f)),
            Self::Not(inner) => inner.for_each_expression(f),
            Self::Test(test) => test.variable.iter().chain(&test.operand_path).for_each(f),
            Self::Jsonata(e) => f(e),
            Self::Constant(_) | Self::Malformed => {}
        }
    }

    /// Calls `f` with every test in the condition, in order.
    pub fn for_each_test<'a>(&'a self, f: &mut dyn FnMut(&'a Test<'d>)) {
        match self {
            Self::And(all) | Self::Or(all) => all.iter().for_each(|c| c.for_each_test(f)),
            Self::Not(inner) => inner.for_each_test(f),
            Self::Test(test) => f(test),
            Self::Jsonata(_) | Self::Constant(_) | Self::Malformed => {}
        }
    }
}
