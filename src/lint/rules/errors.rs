//! Retriers and catchers.

use crate::lint::rule::Rule;

mod backoff;
mod dead_catcher;
mod dead_retrier;
mod handler;
mod max_delay_not_above_interval;
mod misplaced_states_all;
mod retry_of_timeout;
mod retry_outlasts_timeout;
mod retry_without_effect;
mod shadow;
mod uncatchable_error;
mod unknown_error_name;
mod unmatchable_error;
mod zero_retry_interval;

pub use dead_catcher::DEAD_CATCHER;
pub use dead_retrier::DEAD_RETRIER;
pub use max_delay_not_above_interval::MAX_DELAY_NOT_ABOVE_INTERVAL;
pub use misplaced_states_all::MISPLACED_STATES_ALL;
pub use retry_of_timeout::RETRY_OF_TIMEOUT;
pub use retry_outlasts_timeout::RETRY_OUTLASTS_TIMEOUT;
pub use retry_without_effect::RETRY_WITHOUT_EFFECT;
pub use uncatchable_error::UNCATCHABLE_ERROR;
pub use unknown_error_name::UNKNOWN_ERROR_NAME;
pub use unmatchable_error::UNMATCHABLE_ERROR;
pub use zero_retry_interval::ZERO_RETRY_INTERVAL;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &DEAD_CATCHER,
    &DEAD_RETRIER,
    &MAX_DELAY_NOT_ABOVE_INTERVAL,
    &MISPLACED_STATES_ALL,
    &RETRY_OF_TIMEOUT,
    &RETRY_OUTLASTS_TIMEOUT,
    &RETRY_WITHOUT_EFFECT,
    &UNCATCHABLE_ERROR,
    &UNKNOWN_ERROR_NAME,
    &UNMATCHABLE_ERROR,
    &ZERO_RETRY_INTERVAL,
];
