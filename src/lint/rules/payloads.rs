//! Payload templates and literal data.

use crate::lint::Rule;

/// The family's rules.
pub const RULES: &[&Rule] = &[];
