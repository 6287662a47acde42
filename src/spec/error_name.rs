//! The error names that the language reserves, and what may match each in `ErrorEquals`.
//!
//! How a name in `ErrorEquals` matches an error is in `asl::semantics::error_match`.

use super::StateType;

/// Where the facts come from.
pub const SOURCE: &str =
    "Amazon States Language specification; Step Functions developer guide, error handling; recordings of AWS";

/// When they were read.
pub const RETRIEVED: &str = "2026-11-20";

/// The prefix of reserved names; custom names must not have it.
pub const RESERVED_PREFIX: &str = "States.";

/// The prefix of the errors of HTTP Tasks.
pub const HTTP_PREFIX: &str = "States.Http.";

/// The prefix of the error of an HTTP Task whose endpoint answered with an error; the status code follows it.
pub const HTTP_STATUS_PREFIX: &str = "States.Http.StatusCode.";

/// Wildcard that matches every error except [`RUNTIME`].
pub const ALL: &str = "States.ALL";

/// A branch of a Parallel failed. Recordings show the branch's own error instead.
pub const BRANCH_FAILED: &str = "States.BranchFailed";

/// A payload is larger than the quota.
pub const DATA_LIMIT_EXCEEDED: &str = "States.DataLimitExceeded";

/// More items of a Distributed Map failed than it tolerates.
pub const EXCEED_TOLERATED_FAILURE_THRESHOLD: &str = "States.ExceedToleratedFailureThreshold";

/// The documented name of a missed heartbeat. Recordings show [`TIMEOUT`] instead; either name catches it.
pub const HEARTBEAT_TIMEOUT: &str = "States.HeartbeatTimeout";

/// The endpoint of an HTTP Task could not be reached.
pub const HTTP_SOCKET: &str = "States.Http.Socket";

/// An intrinsic function failed on its arguments.
pub const INTRINSIC_FAILURE: &str = "States.IntrinsicFailure";

/// A Map could not read its items.
pub const ITEM_READER_FAILED: &str = "States.ItemReaderFailed";

/// No rule of a Choice matched. Recordings show [`RUNTIME`] instead.
pub const NO_CHOICE_MATCHED: &str = "States.NoChoiceMatched";

/// A path in a payload template selected nothing.
pub const PARAMETER_PATH_FAILURE: &str = "States.ParameterPathFailure";

/// The execution role lacks a permission.
pub const PERMISSIONS: &str = "States.Permissions";

/// A JSONata expression failed, returned nothing, or returned a value of the wrong type.
pub const QUERY_EVALUATION_ERROR: &str = "States.QueryEvaluationError";

/// `ResultPath` cannot be applied to the input: the name in recordings.
pub const REFERENCE_PATH_CONFLICT: &str = "States.ReferencePathConflict";

/// `ResultPath` cannot be applied to the input: the name in the specification.
pub const RESULT_PATH_MATCH_FAILURE: &str = "States.ResultPathMatchFailure";

/// A Map could not write its results.
pub const RESULT_WRITER_FAILED: &str = "States.ResultWriterFailed";

/// The interpreter could not continue, for example because of an invalid path. Nothing matches it, not even its
/// own name.
pub const RUNTIME: &str = "States.Runtime";

/// As a wildcard, matches the errors of [`Matched::ByTaskFailed`] and custom names; as an error, a task that
/// failed without a specific error name.
pub const TASK_FAILED: &str = "States.TaskFailed";

/// A task or an execution exceeded its timeout, or a task missed a heartbeat.
pub const TIMEOUT: &str = "States.Timeout";

/// A name that the language reserves.
#[derive(Debug, PartialEq, Eq)]
pub struct Reserved {
    /// The name.
    pub name: &'static str,
    /// The types of states that raise it themselves. A Parallel or a Map also fails with the errors of its states.
    pub raised_by: &'static [StateType],
    /// Which names in `ErrorEquals` match it.
    pub matched: Matched,
}

/// Which names in `ErrorEquals` match an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Matched {
    /// Its own name, `States.ALL`, or `States.TaskFailed`.
    ByTaskFailed,
    /// Its own name or `States.ALL`; `States.TaskFailed` too by the documents, but no recording confirms it.
    PresumablyByTaskFailed,
    /// Its own name or `States.ALL`.
    ByAll,
    /// None; the execution fails.
    Never,
    /// The name is a wildcard rather than an error.
    Wildcard,
}

use Matched::{ByAll, ByTaskFailed, Never, PresumablyByTaskFailed, Wildcard};
use StateType::{Choice, Fail, Map, Parallel, Pass, Succeed, Task, Wait};

const WITH_PATHS: &[StateType] = &[Map, Parallel, Pass, Task];

/// The reserved names in alphabetical order. Names with the prefix [`HTTP_STATUS_PREFIX`] are reserved too.
///
/// `States.TaskFailed` does not match `States.QueryEvaluationError`: measured on AWS in September 2026, for the
/// Arguments, Assign, and Output of a Task and the Output of a Map.
pub const RESERVED: &[Reserved] = &[
    reserved(ALL, &[], Wildcard),
    reserved(BRANCH_FAILED, &[Parallel], PresumablyByTaskFailed),
    reserved(
        DATA_LIMIT_EXCEEDED,
        &[Choice, Map, Parallel, Pass, Succeed, Task, Wait],
        PresumablyByTaskFailed,
    ),
    reserved(EXCEED_TOLERATED_FAILURE_THRESHOLD, &[Map], PresumablyByTaskFailed),
    reserved(HEARTBEAT_TIMEOUT, &[Task], ByAll),
    reserved(HTTP_SOCKET, &[Task], ByTaskFailed),
    reserved(
        INTRINSIC_FAILURE,
        &[Fail, Map, Parallel, Pass, Task],
        PresumablyByTaskFailed,
    ),
    reserved(ITEM_READER_FAILED, &[Map], PresumablyByTaskFailed),
    reserved(NO_CHOICE_MATCHED, &[Choice], PresumablyByTaskFailed),
    reserved(PARAMETER_PATH_FAILURE, WITH_PATHS, PresumablyByTaskFailed),
    reserved(PERMISSIONS, &[Map, Task], ByTaskFailed),
    reserved(QUERY_EVALUATION_ERROR, &StateType::ALL, ByAll),
    reserved(REFERENCE_PATH_CONFLICT, WITH_PATHS, PresumablyByTaskFailed),
    reserved(RESULT_PATH_MATCH_FAILURE, WITH_PATHS, PresumablyByTaskFailed),
    reserved(RESULT_WRITER_FAILED, &[Map], PresumablyByTaskFailed),
    reserved(RUNTIME, &StateType::ALL, Never),
    reserved(TASK_FAILED, &[Task], ByTaskFailed),
    reserved(TIMEOUT, &[Task], ByAll),
];

const fn reserved(name: &'static str, raised_by: &'static [StateType], matched: Matched) -> Reserved {
    Reserved {
        name,
        raised_by,
        matched,
    }
}

/// The reserved error with this name.
pub fn find(name: &str) -> Option<&'static Reserved> {
    // Most names differ in their lengths, which are compared first.
    RESERVED.iter().find(|reserved| reserved.name == name)
}

/// Whether `name` is reserved: one of [`RESERVED`], or [`HTTP_STATUS_PREFIX`] followed by three digits.
pub fn is_reserved(name: &str) -> bool {
    let is_http_status = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    find(name).is_some() || name.strip_prefix(HTTP_STATUS_PREFIX).is_some_and(is_http_status)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_names_are_sorted_and_found() {
        assert!(RESERVED.is_sorted_by(|a, b| a.name < b.name));
        assert!(RESERVED.iter().all(|reserved| is_reserved(reserved.name)));
        assert!(
            RESERVED
                .iter()
                .all(|reserved| reserved.name.starts_with(RESERVED_PREFIX))
        );
        assert!(is_reserved("States.Http.StatusCode.503"));
        assert!(!is_reserved("States.Http.StatusCode.5xx") && !is_reserved("States.Foo"));
        assert_eq!(find(RUNTIME).map(|reserved| reserved.matched), Some(Never));
        assert_eq!(find(TIMEOUT).map(|reserved| reserved.matched), Some(ByAll));
    }
}
