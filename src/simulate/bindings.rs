//! The inputs of an expression, and the output of a state.

use super::item::Item;
use crate::value::{Object, Value};
use std::rc::Rc;

/// What an expression can read besides variables and the context object.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bindings<'a> {
    /// `$`, `$states.input`
    pub(super) input: &'a Value,
    /// `$states.result`
    pub(super) result: Option<&'a Value>,
    /// `$states.errorOutput`
    pub(super) error_output: Option<&'a Value>,
    /// `$$.Map.Item` of an `ItemSelector`
    pub(super) item: Option<&'a Item>,
}

impl<'a> Bindings<'a> {
    /// Only the input.
    pub(super) const fn from_input(input: &'a Value) -> Self {
        Self {
            input,
            result: None,
            error_output: None,
            item: None,
        }
    }
}

/// The result of leaving a state.
#[derive(Debug)]
pub(super) struct StateOutput {
    /// Its output.
    pub(super) output: Value,
    /// The variables it assigns.
    pub(super) assigned: Option<Rc<Object>>,
}
