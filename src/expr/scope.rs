//! The inputs of an evaluation.

use crate::expr::jsonata::{Conversions, Limits};
use crate::value::{Object, Value};

/// The visible workflow variables; an implementation searches the enclosing scopes from the inside out.
pub trait Variables {
    /// The value of `name`, written without its `$`.
    fn get(&self, name: &str) -> Option<&Value>;
}

/// No variables.
impl Variables for () {
    fn get(&self, _: &str) -> Option<&Value> {
        None
    }
}

impl Variables for Object {
    fn get(&self, name: &str) -> Option<&Value> {
        Object::get(self, name)
    }
}

/// The values of the names in an expression, for all languages: JSONPath reads `$`, `$$`, and `$name`, JSONata
/// `$states` and `$name`.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// `$`, `$states.input`
    pub input: &'a Value,
    /// `$$`, `$states.context`
    pub context: &'a Value,
    /// `$name`
    pub variables: &'a dyn Variables,
    /// `$states.result`
    pub result: Option<&'a Value>,
    /// `$states.errorOutput`
    pub error_output: Option<&'a Value>,
    /// The value of bare names, `$`, and `$$` in JSONata. Step Functions has none.
    pub root: Option<&'a Value>,
    /// A cache of values converted for JSONata.
    pub conversions: Option<&'a Conversions>,
    /// The time of `$now()` and `$millis()`, in milliseconds since 1970.
    pub now: i64,
    /// The limits of a JSONata evaluation.
    pub limits: Limits,
}

impl<'a> Scope<'a> {
    /// A scope without optional values.
    pub const fn new(input: &'a Value, context: &'a Value, variables: &'a dyn Variables) -> Self {
        Self {
            input,
            context,
            variables,
            result: None,
            error_output: None,
            root: None,
            conversions: None,
            now: 0,
            limits: Limits::STEP_FUNCTIONS,
        }
    }

    /// Sets the value of JSONata's `$`.
    #[must_use]
    pub const fn with_root(self, root: &'a Value) -> Self {
        Self {
            root: Some(root),
            ..self
        }
    }

    /// Sets a cache of conversions, which helps if several JSONata expressions have the same input.
    #[must_use]
    pub const fn with_conversions(self, conversions: &'a Conversions) -> Self {
        Self {
            conversions: Some(conversions),
            ..self
        }
    }

    /// Sets the time of the evaluation, in milliseconds since 1970.
    #[must_use]
    pub const fn at(self, now: i64) -> Self {
        Self { now, ..self }
    }

    /// Replaces Step Functions' limits.
    #[must_use]
    pub const fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}
