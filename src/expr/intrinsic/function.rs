//! The signature of an intrinsic function.

use super::argument::{ArgumentValue, Outcome};
use crate::expr::Randomness;

/// The type of a parameter, to the extent that a literal can be checked against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any JSON value.
    Any,
    /// A string.
    Text,
    /// A number; a fraction is rounded or truncated.
    Integer,
    /// An array; never a literal.
    Array,
    /// An object; never a literal.
    Object,
    /// `false`, since AWS supports only shallow merges; it accepts anything but `true`.
    Shallow,
}

/// What a function returns, to the extent that it follows from the types of its arguments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Returns {
    /// Any JSON value.
    Any,
    /// The JSON value that the first argument contains as text.
    Parsed,
    /// A string.
    Text,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// An array of strings.
    Texts,
    /// An array of numbers.
    Numbers,
    /// An array of the arguments.
    Arguments,
    /// An array of items of the first argument.
    Items,
    /// An array of arrays of items of the first argument.
    Batches,
    /// The item of the first argument at the index that is the second one.
    Item,
    /// The object with the fields of both arguments; those of the second take precedence.
    Merged,
}

/// A function with its parameters and implementation.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// `States.Format`
    pub name: &'static str,
    /// The parameters in order. Additional arguments, if `max` allows them, have the type of the last one.
    pub parameters: &'static [Kind],
    /// The minimum number of arguments.
    pub min: usize,
    /// The maximum number of arguments; `None` if unlimited.
    pub max: Option<usize>,
    /// What the result is.
    pub returns: Returns,
    /// The implementation, which is called with a valid number of arguments.
    pub(super) run: Run,
}

pub(super) type Run = fn(&[ArgumentValue], &mut dyn Randomness) -> Outcome;

impl Function {
    /// A function that accepts `min` to `max` arguments.
    pub(super) const fn new(
        name: &'static str,
        parameters: &'static [Kind],
        min: usize,
        max: Option<usize>,
        run: Run,
    ) -> Self {
        Self {
            name,
            parameters,
            min,
            max,
            returns: Returns::Any,
            run,
        }
    }

    /// Declares what the result is.
    pub(super) const fn returning(self, returns: Returns) -> Self {
        Self { returns, ..self }
    }

    /// The type of the argument at `index`; `None` if there are too many.
    pub fn parameter(&self, index: usize) -> Option<Kind> {
        if self.max.is_some_and(|max| index >= max) {
            return None;
        }
        self.parameters.get(index).or(self.parameters.last()).copied()
    }

    /// Whether `count` arguments are accepted.
    pub fn takes(&self, count: usize) -> bool {
        count >= self.min && self.max.is_none_or(|max| count <= max)
    }
}
