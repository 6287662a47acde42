//! Names of errors, and what a name in `ErrorEquals` matches.
//!
//! States Language, "Errors"; developer guide, "Handling errors in Step Functions workflows".

/// Matches every error but `States.Runtime` (recordings show that it does match `States.DataLimitExceeded`).
pub const ALL: &str = "States.ALL";
/// As a wildcard, matches every error but `States.Timeout`; as a name, a task's failure without one of its own.
pub const TASK_FAILED: &str = "States.TaskFailed";
/// A task or an execution took longer than it may, or a heartbeat was missed.
pub const TIMEOUT: &str = "States.Timeout";
/// What the documents call a missed heartbeat. AWS was seen to report `States.Timeout`; either name catches it.
pub const HEARTBEAT_TIMEOUT: &str = "States.HeartbeatTimeout";
/// Paths, values and intrinsics that fail when the state runs. Nothing matches it, not even its own name.
pub const RUNTIME: &str = "States.Runtime";
/// A payload larger than 256 KiB, or more history than AWS keeps.
pub const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";
/// A JSONata expression that fails, returns nothing or the wrong type.
pub const QUERY_EVALUATION_ERROR: &str = "States.QueryEvaluationError";

/// Whether a name in `ErrorEquals` matches an error that occurred.
pub fn matches(pattern: &str, error: &str) -> bool {
    if error == RUNTIME {
        return false;
    }
    match pattern {
        ALL => true,
        TASK_FAILED => error != TIMEOUT && error != HEARTBEAT_TIMEOUT,
        TIMEOUT => error == TIMEOUT || error == HEARTBEAT_TIMEOUT,
        name => name == error,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_match_as_aws_has_it() {
        assert!(matches(ALL, "Payment.Declined") && matches(ALL, TIMEOUT) && !matches(ALL, RUNTIME));
        assert!(matches(TASK_FAILED, "Payment.Declined") && !matches(TASK_FAILED, TIMEOUT));
        assert!(matches(TIMEOUT, HEARTBEAT_TIMEOUT) && !matches(HEARTBEAT_TIMEOUT, TIMEOUT));
        assert!(!matches(RUNTIME, RUNTIME) && matches("A", "A") && !matches("A", "a"));
    }
}
