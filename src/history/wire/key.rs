//! Names of members, shared by decoding and encoding.

use crate::history::{EventKind, TaskResource};

// Members of an event.
pub(super) const TIMESTAMP: &str = "timestamp";
pub(super) const TYPE: &str = "type";
pub(super) const ID: &str = "id";
pub(super) const PREVIOUS: &str = "previousEventId";

// Members of event details.
pub(super) const ASSIGNED: &str = "assignedVariables";
pub(super) const CAUSE: &str = "cause";
pub(super) const CREDENTIALS: &str = "taskCredentials";
pub(super) const ERROR: &str = "error";
pub(super) const HEARTBEAT: &str = "heartbeatInSeconds";
pub(super) const INDEX: &str = "index";
pub(super) const INPUT: &str = "input";
pub(super) const LENGTH: &str = "length";
pub(super) const LOCATION: &str = "location";
pub(super) const MAP_RUN: &str = "mapRunArn";
pub(super) const NAME: &str = "name";
pub(super) const OUTPUT: &str = "output";
pub(super) const PARAMETERS: &str = "parameters";
pub(super) const REDRIVES: &str = "redriveCount";
pub(super) const REGION: &str = "region";
pub(super) const RESOURCE: &str = "resource";
pub(super) const RESOURCE_TYPE: &str = "resourceType";
pub(super) const ROLE: &str = "roleArn";
pub(super) const STATE: &str = "state";
pub(super) const TIMEOUT: &str = "timeoutInSeconds";
pub(super) const TRUNCATED: &str = "truncated";
pub(super) const WORKER: &str = "workerName";

/// Suffix of the member that contains the details of an event.
pub(super) const DETAILS: &str = "EventDetails";

/// Appends the name of the member that contains the details of an event: `taskScheduledEventDetails`. It is the same for
/// entries and for exits of all state types.
pub(super) fn push_details(kind: &EventKind, out: &mut String) {
    let (prefix, rest) = kind.type_parts();
    let prefix = match kind {
        EventKind::StateEntered { .. } | EventKind::StateExited { .. } => "",
        _ => prefix,
    };
    let start = out.len();
    out.push_str(prefix);
    out.push_str(rest);
    out.push_str(DETAILS);
    if let Some(first) = out.get_mut(start..=start) {
        first.make_ascii_lowercase();
    }
}

/// The member that contains a task's arguments.
pub(super) const fn arguments(resource: &TaskResource) -> &'static str {
    match resource {
        TaskResource::Service { .. } => PARAMETERS,
        TaskResource::Lambda { .. } | TaskResource::Activity { .. } => INPUT,
    }
}
