//! Rules about the data that reaches each state.

use crate::lint::rule::rules;

mod failure;
mod reads;

rules! {
    impossible_comparison,
    invalid_argument_shape,
    items_not_array,
    lost_input,
    misspelled_path,
    missing_path,
    possibly_missing_path,
    unmatched_choice,
}
