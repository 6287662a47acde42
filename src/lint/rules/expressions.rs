//! Paths, intrinsics and JSONata.

use crate::lint::Rule;

/// The family's rules.
pub const RULES: &[&Rule] = &[];
