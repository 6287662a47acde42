//! The shapes of JSONata expressions: an abstract evaluation of the syntax tree. What it does not model is any value.

mod condition;
mod evaluator;
mod function;
mod outcome;
mod sequence;

use super::fault::Evaluation;
use super::scope::Scope;
use super::types::Shape;
use crate::expr::jsonata::Expression;
pub(super) use condition::{by_constant, split};
use evaluator::Evaluator;

/// The shape of a field's value. A field whose expression is undefined fails.
pub(super) fn field(expression: &Expression, scope: Scope<'_>) -> Evaluation {
    let Some(tree) = expression.syntax_tree() else {
        return Ok(Shape::Any);
    };
    Evaluator::new(scope).evaluate(&tree)?.into_field()
}
