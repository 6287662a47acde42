//! Variables: assigned, read, named.

use crate::lint::Rule;

/// The family's rules.
pub const RULES: &[&Rule] = &[];
