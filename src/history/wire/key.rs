//! The names of members, each once for reading and for writing.

use crate::history::{EventKind, TaskResource};

// Of an event.
pub(super) const TIMESTAMP: &str = "timestamp";
pub(super) const TYPE: &str = "type";
pub(super) const ID: &str = "id";
pub(super) const PREVIOUS: &str = "previousEventId";

// Of its details.
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
pub(super) const REGION: &str = "region";
pub(super) const RESOURCE: &str = "resource";
pub(super) const RESOURCE_TYPE: &str = "resourceType";
pub(super) const ROLE: &str = "roleArn";
pub(super) const STATE: &str = "state";
pub(super) const TIMEOUT: &str = "timeoutInSeconds";
pub(super) const TRUNCATED: &str = "truncated";
pub(super) const WORKER: &str = "workerName";

/// What the name of the member ends with that the details of an event are under.
pub(super) const DETAILS: &str = "EventDetails";

/// The name of the member that the details of an event are under: `taskScheduledEventDetails`. Those of entries and
/// exits are the same for all types of states.
pub(super) fn details(kind: &EventKind) -> String {
    let (prefix, rest) = kind.type_parts();
    let prefix = match kind {
        EventKind::StateEntered { .. } | EventKind::StateExited { .. } => "",
        _ => prefix,
    };
    let mut key = [prefix, rest, DETAILS].concat();
    if let Some(first) = key.get_mut(..1) {
        first.make_ascii_lowercase();
    }
    key
}

/// Where a task's arguments are.
pub(super) const fn arguments(resource: &TaskResource) -> &'static str {
    match resource {
        TaskResource::Service { .. } => PARAMETERS,
        TaskResource::Lambda { .. } | TaskResource::Activity { .. } => INPUT,
    }
}
