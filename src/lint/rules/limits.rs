//! Rules about sizes, counts, and durations.

use crate::lint::rule::rules;

mod events;

rules! {
    definition_too_large,
    history_quota,
    timeout_without_effect,
    wait_outlasts_execution,
}
