//! What is known of a function before it runs.

use super::argument::{Given, Outcome};
use crate::expr::Randomness;

/// What a parameter takes, as far as a literal can be checked against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any JSON value.
    Any,
    /// A string.
    Text,
    /// A number; a fraction is rounded or cut to an integer.
    Integer,
    /// An array; no literal is one.
    Array,
    /// An object; no literal is one.
    Object,
    /// `false`: AWS merges shallowly only, and takes anything but `true` for it.
    Shallow,
}

/// A function: its parameters, what it gives, and how.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// `States.Format`
    pub name: &'static str,
    /// The parameters in order. Arguments past the last are of its kind when `max` allows them.
    pub parameters: &'static [Kind],
    /// Fewest arguments.
    pub min: usize,
    /// Most arguments; `None` for any number.
    pub max: Option<usize>,
    /// Whether the result is always a string, so that a field which wants a string may call it.
    pub gives_text: bool,
    /// Evaluates it; called with as many arguments as it takes.
    pub(super) run: Run,
}

pub(super) type Run = fn(&[Given], &mut dyn Randomness) -> Outcome;

impl Function {
    /// A function with any result, called with `min` to `max` arguments.
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
            gives_text: false,
            run,
        }
    }

    /// The same function, its result always being a string.
    pub(super) const fn giving_text(self) -> Self {
        Self {
            gives_text: true,
            ..self
        }
    }

    /// What the argument `index` should be; `None` for one too many.
    pub fn parameter(&self, index: usize) -> Option<Kind> {
        if self.max.is_some_and(|max| index >= max) {
            return None;
        }
        self.parameters.get(index).or(self.parameters.last()).copied()
    }

    /// Whether `count` arguments are as many as it takes.
    pub fn takes(&self, count: usize) -> bool {
        count >= self.min && self.max.is_none_or(|max| count <= max)
    }
}
