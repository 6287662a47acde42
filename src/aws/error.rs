//! Error names: suggestions for reserved names, and the names that a task can fail with.
//!
//! Source: Amazon States Language specification, "Errors"; Step Functions developer guide,
//! concepts-error-handling, bp-lambda-serviceexception; recordings of AWS where they differ.

mod task;

pub use task::{Verdict, can_fail_with, is_of_every_task};

use crate::prose;
use crate::spec::error_name::{RESERVED, RESERVED_PREFIX, is_reserved};

/// The error of a call that Lambda rejects for any other reason, such as a missing permission.
pub const LAMBDA_SERVICE_ERROR: &str = "Lambda.AWSLambdaException";

/// Transient errors of Lambda, all of which AWS recommends to retry.
pub const LAMBDA_TRANSIENT: [&str; 4] = [
    LAMBDA_SERVICE_ERROR,
    "Lambda.SdkClientException",
    "Lambda.ServiceException",
    "Lambda.TooManyRequestsException",
];

/// The reserved name that is most similar to `name`; `None` if it is a reserved name itself or not similar to any.
pub fn suggest(name: &str) -> Option<&'static str> {
    if is_reserved(name) {
        return None;
    }
    let names = RESERVED.iter().map(|reserved| reserved.name);
    // Names such as `ALL` and `TaskFailed`, without their prefix.
    let bare = names.clone().find(|reserved| {
        reserved
            .strip_prefix(RESERVED_PREFIX)
            .is_some_and(|tail| tail.eq_ignore_ascii_case(name))
    });
    let near =
        || prose::closest(name, names.clone()).filter(|_| name.to_ascii_lowercase().starts_with("state"));
    bare.or_else(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_reserved_names() {
        assert_eq!(suggest("States.TaskFailled"), Some("States.TaskFailed"));
        assert_eq!(suggest("states.ALL"), Some("States.ALL"));
        assert_eq!(suggest("State.Timeout"), Some("States.Timeout"));
        assert_eq!(suggest("ALL"), Some("States.ALL"));
        assert_eq!(suggest("TaskFailed"), Some("States.TaskFailed"));
        assert_eq!(suggest("States.ALL"), None);
        assert_eq!(suggest("Lambda.Unknown"), None);
        assert_eq!(suggest("States.SomethingElseAltogether"), None);
    }
}
