//! What an expression can see.

use crate::expr::jsonata::{Conversions, Limits};
use crate::value::{Object, Value};

/// The workflow variables in reach; an implementation walks the enclosing scopes outwards.
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

/// What the names of an expression stand for. One for all languages: JSONPath sees `$`, `$$` and `$name`,
/// JSONata `$states` and `$name`.
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
    /// What bare names, `$` and `$$` of JSONata read. Step Functions has nothing there.
    pub root: Option<&'a Value>,
    /// Remembers values already converted for JSONata.
    pub conversions: Option<&'a Conversions>,
    /// The time of `$now()` and `$millis()`, in milliseconds since 1970.
    pub now: i64,
    /// What a JSONata expression may use up.
    pub limits: Limits,
}

impl<'a> Scope<'a> {
    /// A scope with these and nothing else.
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

    /// With `$states.result`.
    #[must_use]
    pub const fn with_result(self, result: &'a Value) -> Self {
        Self {
            result: Some(result),
            ..self
        }
    }

    /// With `$states.errorOutput`.
    #[must_use]
    pub const fn with_error_output(self, error_output: &'a Value) -> Self {
        Self {
            error_output: Some(error_output),
            ..self
        }
    }

    /// With a value for JSONata's `$`.
    #[must_use]
    pub const fn with_root(self, root: &'a Value) -> Self {
        Self {
            root: Some(root),
            ..self
        }
    }

    /// With a memory of conversions. Worth it where several JSONata expressions see the same input.
    #[must_use]
    pub const fn with_conversions(self, conversions: &'a Conversions) -> Self {
        Self {
            conversions: Some(conversions),
            ..self
        }
    }

    /// With the time of the evaluation, in milliseconds since 1970.
    #[must_use]
    pub const fn at(self, now: i64) -> Self {
        Self { now, ..self }
    }

    /// With other limits than Step Functions'.
    #[must_use]
    pub const fn with_limits(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }
}
