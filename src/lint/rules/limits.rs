//! Sizes, counts and durations.

mod events;

super::rules! {
    definition_too_large,
    history_quota,
    timeout_without_effect,
    wait_outlasts_execution,
}
