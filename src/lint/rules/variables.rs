//! Variables: what `Assign` sets and expressions read as `$name`.

use crate::lint::rule::Rule;

pub(super) mod assignment;
mod invalid_variable_name;
mod outer_variable_in_distributed_map;
mod reach;
mod reserved_variable_name;
mod shadowed_variable;
mod undefined_variable;
mod unused_variable;

pub use invalid_variable_name::INVALID_VARIABLE_NAME;
pub use outer_variable_in_distributed_map::OUTER_VARIABLE_IN_DISTRIBUTED_MAP;
pub use reserved_variable_name::RESERVED_VARIABLE_NAME;
pub use shadowed_variable::SHADOWED_VARIABLE;
pub use undefined_variable::UNDEFINED_VARIABLE;
pub use unused_variable::UNUSED_VARIABLE;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &INVALID_VARIABLE_NAME,
    &OUTER_VARIABLE_IN_DISTRIBUTED_MAP,
    &RESERVED_VARIABLE_NAME,
    &SHADOWED_VARIABLE,
    &UNDEFINED_VARIABLE,
    &UNUSED_VARIABLE,
];
