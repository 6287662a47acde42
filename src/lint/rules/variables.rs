//! Variables: what `Assign` sets and expressions read as `$name`.

use crate::lint::rule::rules;

mod reaching_assignments;

rules! {
    invalid_variable_name,
    outer_variable_in_distributed_map,
    reserved_variable_name,
    shadowed_variable,
    undefined_variable,
    unused_variable,
}
