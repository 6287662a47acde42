//! Rules about Choice states.

use crate::lint::rule::rules;

rules! {
    choice_without_default,
    constant_condition,
    invalid_string_pattern,
    shadowed_choice_rule,
    unreachable_default,
}
