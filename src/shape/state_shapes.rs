//! The shapes at one state.

use super::scenario::join_variables;
use super::scope::Variables;
use super::types::Shape;
use std::rc::Rc;

/// The shapes at one state.
#[derive(Debug, Clone)]
pub struct StateShapes {
    /// Its input, before `InputPath`.
    pub input: Shape,
    /// Its `Arguments` or `Parameters`; the effective input if it has neither.
    pub arguments: Shape,
    /// Its raw result.
    pub result: Shape,
    /// Its output, if it succeeds.
    pub output: Shape,
    /// The variables with which it is entered.
    pub variables: Rc<Variables>,
}

impl StateShapes {
    /// What is true of both.
    pub(super) fn join(&self, other: &Self) -> Self {
        Self {
            input: self.input.join(&other.input),
            arguments: self.arguments.join(&other.arguments),
            result: self.result.join(&other.result),
            output: self.output.join(&other.output),
            variables: Rc::new(join_variables(&self.variables, &other.variables)),
        }
    }
}
