//! Why an expression certainly fails.

use super::types::Shape;
use std::borrow::Cow;

/// The shape of an expression's value; the reason if it certainly has none.
pub(super) type Evaluation = Result<Shape, Fault>;

/// Why an expression has no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A path selects nothing.
    MissingPath(MissingPath),
    /// A function does not accept an argument.
    InvalidArgument {
        /// The function as written: `States.ArrayLength`, `$sum`.
        function: String,
        /// The index of the argument.
        index: usize,
        /// What the function accepts: `an array`.
        expected: &'static str,
        /// The shape of the argument.
        found: Shape,
    },
    /// The operands of an operator have types that it does not accept.
    InvalidOperands {
        /// The operator.
        operator: &'static str,
        /// The shape of the left operand.
        left: Shape,
        /// The shape of the right operand.
        right: Shape,
    },
    /// The value has a type that the field does not accept.
    UnexpectedType {
        /// What the field accepts: `an array`.
        expected: &'static str,
        /// The shape of the value.
        found: Shape,
    },
    /// The value has the right type, but is not one of those that are accepted.
    UnexpectedValue {
        /// The function and the index of its argument; `None` for the value of a field.
        argument: Option<(String, usize)>,
        /// What is accepted: `a timestamp`.
        expected: Cow<'static, str>,
        /// The shape of the value.
        found: Shape,
    },
    /// `ResultPath` leads through a value that is not an object.
    PathConflict(MissingPath),
    /// A comparison is false for every value of this shape.
    NeverTrue {
        /// The operator as written: `NumericLessThan`, `=`.
        operator: String,
        /// What the operator compares: `a number`.
        expected: String,
        /// The shape of the value.
        found: Shape,
    },
    /// No rule of a Choice without `Default` matches.
    UnmatchedChoice {
        /// The shape of the input.
        input: Shape,
    },
}

/// A path that selects nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPath {
    /// The path as written: `$.order.id`, `$states.input.order.id`.
    pub path: String,
    /// The leading part of the path that has a value.
    pub parent_path: String,
    /// The shape of that value.
    pub parent: Shape,
    /// The field that it does not have; `None` for an index.
    pub field: Option<String>,
    /// Where the path starts.
    pub root: PathRoot,
}

/// Where a path starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathRoot {
    /// The state's input.
    Input,
    /// The state's result.
    Result,
    /// The error that a catcher handles.
    ErrorOutput,
    /// A variable.
    Variable,
    /// The context object.
    Context,
    /// A value inside the expression.
    Inner,
}
