//! Where expressions find their values.

use super::types::{Fields, Shape};

/// The variables of a scope, in the order in which they were assigned.
pub type Variables = Fields;

/// Where an expression finds its values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    /// `$`, `$states.input`: the state's effective input, or the value that a field is applied to.
    pub input: &'a Shape,
    /// `$$`, `$states.context`.
    pub context: &'a Shape,
    /// The workflow's variables.
    pub variables: &'a Variables,
    /// `$states.result`.
    pub result: Option<&'a Shape>,
    /// `$states.errorOutput`.
    pub error_output: Option<&'a Shape>,
}

impl<'a> Scope<'a> {
    /// A scope with a result.
    #[must_use]
    pub(super) const fn with_result(self, result: &'a Shape) -> Self {
        Self {
            result: Some(result),
            ..self
        }
    }
}
