//! Choice rules.

use crate::lint::rule::rules;

mod atoms;
mod cases;
pub mod decision;
mod formula;
mod jsonata;
mod outcome;
mod predicate;
mod read;
mod space;

rules! {
    choice_without_default,
    constant_condition,
    invalid_string_pattern,
    shadowed_choice_rule,
    unreachable_default,
}
