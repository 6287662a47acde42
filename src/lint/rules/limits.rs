//! Sizes, counts and durations.

use crate::lint::rule::Rule;

mod definition_too_large;
mod events;
mod history_quota;
mod timeout_without_effect;
mod wait_outlasts_execution;

pub use definition_too_large::DEFINITION_TOO_LARGE;
pub use history_quota::HISTORY_QUOTA;
pub use timeout_without_effect::TIMEOUT_WITHOUT_EFFECT;
pub use wait_outlasts_execution::WAIT_OUTLASTS_EXECUTION;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &DEFINITION_TOO_LARGE,
    &HISTORY_QUOTA,
    &TIMEOUT_WITHOUT_EFFECT,
    &WAIT_OUTLASTS_EXECUTION,
];
