//! Names of members of log events. `id` and `type` are named as in histories.

pub(super) const ID: &str = "id";
pub(super) const TYPE: &str = "type";
pub(super) const DETAILS: &str = "details";
pub(super) const PREVIOUS: &str = "previous_event_id";
pub(super) const TIMESTAMP: &str = "event_timestamp";
pub(super) const EXECUTION: &str = "execution_arn";
pub(super) const REDRIVES: &str = "redrive_count";
