//! The shapes at one state.

use super::scenario::{Scenario, join_variables};
use super::scope::Variables;
use super::types::{Object, Shape};
use std::rc::Rc;

/// The shapes at one state.
#[derive(Debug, Clone)]
pub struct StateShapes {
    /// Its input, before `InputPath`.
    pub input: Shape,
    /// Its `Arguments` or `Parameters`; the effective input if it has neither.
    pub arguments: Shape,
    /// Its raw result; never if it certainly fails before it has one.
    pub result: Shape,
    /// Its output, also where a catcher handles an error; never if it certainly fails.
    pub output: Shape,
    /// The variables with which it is entered.
    pub variables: Rc<Variables>,
}

impl StateShapes {
    /// The shapes of a state that is entered with a scenario and does nothing that succeeds.
    pub(super) fn entered(scenario: &Scenario) -> Self {
        Self {
            input: scenario.payload.clone(),
            arguments: Shape::never(),
            result: Shape::never(),
            output: Shape::never(),
            variables: Rc::clone(&scenario.variables),
        }
    }

    /// The shapes of a state of which nothing is known.
    pub(super) fn unknown() -> Self {
        Self {
            input: Shape::Any,
            arguments: Shape::Any,
            result: Shape::Any,
            output: Shape::Any,
            variables: Rc::default(),
        }
    }

    /// The variables with which it is entered, as the fields of an object.
    pub fn variables(&self) -> Shape {
        let object = Object {
            fields: (*self.variables).clone(),
            ..Object::closed()
        };
        object.into()
    }

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
