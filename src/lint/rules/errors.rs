//! Rules about retriers and catchers.

use crate::lint::rule::rules;

mod handler;
mod shadow;

rules! {
    dead_catcher,
    dead_retrier,
    max_delay_not_above_interval,
    misplaced_states_all,
    retry_of_timeout,
    retry_outlasts_timeout,
    retry_without_effect,
    uncatchable_error,
    unknown_error_name,
    unmatchable_error,
    zero_retry_interval,
}
