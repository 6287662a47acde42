//! Map and Parallel.

use crate::lint::rule::Rule;

mod deprecated_iterator;
mod deprecated_map_parameters;
mod duplicate_label;
mod inline_map_with_distributed_field;
mod invalid_label;
mod single_branch_parallel;

pub use deprecated_iterator::DEPRECATED_ITERATOR;
pub use deprecated_map_parameters::DEPRECATED_MAP_PARAMETERS;
pub use duplicate_label::DUPLICATE_LABEL;
pub use inline_map_with_distributed_field::INLINE_MAP_WITH_DISTRIBUTED_FIELD;
pub use invalid_label::INVALID_LABEL;
pub use single_branch_parallel::SINGLE_BRANCH_PARALLEL;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &DEPRECATED_ITERATOR,
    &DEPRECATED_MAP_PARAMETERS,
    &DUPLICATE_LABEL,
    &INLINE_MAP_WITH_DISTRIBUTED_FIELD,
    &INVALID_LABEL,
    &SINGLE_BRANCH_PARALLEL,
];
