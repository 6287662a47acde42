//! Tasks and the services they call.

use crate::lint::Rule;

/// The family's rules.
pub const RULES: &[&Rule] = &[];
