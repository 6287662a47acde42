//! Choice rules.

use crate::lint::rule::Rule;

mod atoms;
mod cases;
mod choice_without_default;
mod constant_condition;
mod decision;
mod formula;
mod invalid_string_pattern;
mod jsonata;
mod outcome;
mod pattern;
mod predicate;
mod read;
mod shadowed_choice_rule;
mod space;
mod unreachable_default;

pub use choice_without_default::CHOICE_WITHOUT_DEFAULT;
pub use constant_condition::CONSTANT_CONDITION;
pub use invalid_string_pattern::INVALID_STRING_PATTERN;
pub use shadowed_choice_rule::SHADOWED_CHOICE_RULE;
pub use unreachable_default::UNREACHABLE_DEFAULT;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &CHOICE_WITHOUT_DEFAULT,
    &CONSTANT_CONDITION,
    &INVALID_STRING_PATTERN,
    &SHADOWED_CHOICE_RULE,
    &UNREACHABLE_DEFAULT,
];
