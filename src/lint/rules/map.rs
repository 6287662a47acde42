//! Rules about Map and Parallel states.

use crate::lint::rule::rules;

rules! {
    deprecated_iterator,
    deprecated_map_parameters,
    duplicate_label,
    inline_map_with_distributed_field,
    invalid_label,
    single_branch_parallel,
}
