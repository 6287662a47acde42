//! Names of errors: the reserved ones, and which names a task can fail with.
//!
//! Source: Amazon States Language specification, "Errors"; Step Functions developer guide,
//! concepts-error-handling, bp-lambda-serviceexception; recordings of AWS where they differ.

mod task;

pub use task::{Verdict, can_fail_with};

use crate::spelling;

/// Where the facts come from.
pub const SOURCE: &str =
    "Amazon States Language specification; Step Functions developer guide, error handling; recordings of AWS";

/// When they were read.
pub const RETRIEVED: &str = "2026-11-20";

/// What reserved names begin with; names of one's own may not.
pub const RESERVED_PREFIX: &str = "States.";

/// Matches every error but those that nothing catches.
pub const ALL: &str = "States.ALL";

/// Matches every error of a task but [`TIMEOUT`].
pub const TASK_FAILED: &str = "States.TaskFailed";

/// A task took longer than its `TimeoutSeconds`, or sent no heartbeat.
pub const TIMEOUT: &str = "States.Timeout";

/// What follows `States.Http.StatusCode.` is the status an HTTP Task was answered with.
pub const HTTP_STATUS_PREFIX: &str = "States.Http.StatusCode.";

/// Errors of Lambda that pass: AWS advises to retry every one of them.
pub const LAMBDA_TRANSIENT: [&str; 4] = [
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.ServiceException",
    "Lambda.TooManyRequestsException",
];

/// A name that the language reserves.
#[derive(Debug, PartialEq, Eq)]
pub struct Reserved {
    /// The name.
    pub name: &'static str,
    /// When it is raised, in a few words.
    pub meaning: &'static str,
    /// The types of states that raise it themselves. A Parallel or a Map also fails with what its states
    /// raise.
    pub raised_by: &'static [&'static str],
    /// What catches it.
    pub caught: Caught,
}

/// What a retrier or a catcher must name to match an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Caught {
    /// Its own name, `States.ALL` or `States.TaskFailed`.
    ByTaskFailed,
    /// Its own name or `States.ALL`.
    ByAll,
    /// Nothing; the execution fails.
    Never,
    /// It is a wildcard, and no error.
    Wildcard,
}

const TASK: &[&str] = &["Task"];
const MAP: &[&str] = &["Map"];
const WORKING: &[&str] = &["Map", "Parallel", "Pass", "Task"];
const EVERY: &[&str] = &[
    "Choice", "Fail", "Map", "Parallel", "Pass", "Succeed", "Task", "Wait",
];

/// The reserved names, sorted. Names of `States.Http.StatusCode.` are reserved too.
pub const RESERVED: &[Reserved] = &[
    reserved("States.ALL", "every error", &[], Caught::Wildcard),
    reserved(
        "States.BranchFailed",
        "a branch of a Parallel failed",
        &["Parallel"],
        Caught::ByAll,
    ),
    reserved(
        "States.DataLimitExceeded",
        "an input or a result is larger than 256 KiB",
        &["Choice", "Map", "Parallel", "Pass", "Succeed", "Task", "Wait"],
        Caught::ByAll,
    ),
    reserved(
        "States.ExceedToleratedFailureThreshold",
        "more items of a Distributed Map failed than tolerated",
        MAP,
        Caught::ByAll,
    ),
    reserved(
        "States.HeartbeatTimeout",
        "a task sent no heartbeat in time",
        TASK,
        Caught::ByAll,
    ),
    reserved(
        "States.Http.Socket",
        "an HTTP Task's endpoint could not be reached",
        TASK,
        Caught::ByTaskFailed,
    ),
    reserved(
        "States.IntrinsicFailure",
        "an intrinsic function failed",
        &["Fail", "Map", "Parallel", "Pass", "Task"],
        Caught::ByAll,
    ),
    reserved(
        "States.ItemReaderFailed",
        "a Map could not read its items",
        MAP,
        Caught::ByAll,
    ),
    reserved(
        "States.NoChoiceMatched",
        "no rule of a Choice matched",
        &["Choice"],
        Caught::ByAll,
    ),
    reserved(
        "States.ParameterPathFailure",
        "a path found nothing",
        WORKING,
        Caught::ByAll,
    ),
    reserved(
        "States.Permissions",
        "the role may not do it",
        &["Map", "Task"],
        Caught::ByTaskFailed,
    ),
    reserved(
        "States.QueryEvaluationError",
        "a JSONata expression failed",
        EVERY,
        Caught::ByAll,
    ),
    reserved(
        "States.ReferencePathConflict",
        "ResultPath does not fit the input",
        WORKING,
        Caught::ByAll,
    ),
    reserved(
        "States.ResultPathMatchFailure",
        "ResultPath does not fit the input",
        WORKING,
        Caught::ByAll,
    ),
    reserved(
        "States.ResultWriterFailed",
        "a Map could not write its results",
        MAP,
        Caught::ByAll,
    ),
    reserved(
        "States.Runtime",
        "the interpreter could not go on",
        EVERY,
        Caught::Never,
    ),
    reserved("States.TaskFailed", "a task failed", TASK, Caught::ByTaskFailed),
    reserved("States.Timeout", "a task took too long", TASK, Caught::ByAll),
];

const fn reserved(
    name: &'static str,
    meaning: &'static str,
    raised_by: &'static [&'static str],
    caught: Caught,
) -> Reserved {
    Reserved {
        name,
        meaning,
        raised_by,
        caught,
    }
}

/// The reserved error of that name.
pub fn find(name: &str) -> Option<&'static Reserved> {
    let at = RESERVED
        .binary_search_by(|reserved| reserved.name.cmp(name))
        .ok()?;
    RESERVED.get(at)
}

/// Whether `name` is one that AWS knows among those beginning with [`RESERVED_PREFIX`].
pub fn is_reserved(name: &str) -> bool {
    find(name).is_some() || is_http_status(name)
}

/// `States.Http.StatusCode.` and three digits.
fn is_http_status(name: &str) -> bool {
    name.strip_prefix(HTTP_STATUS_PREFIX)
        .is_some_and(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The reserved name that `name` most likely means. None where it is one, or is like none.
pub fn suggest(name: &str) -> Option<&'static str> {
    if is_reserved(name) {
        return None;
    }
    let names = RESERVED.iter().map(|reserved| reserved.name);
    // `ALL` and `TaskFailed` are written without their prefix, too.
    let bare = names.clone().find(|reserved| {
        reserved
            .strip_prefix(RESERVED_PREFIX)
            .is_some_and(|tail| tail.eq_ignore_ascii_case(name))
    });
    let near =
        || spelling::closest(name, names.clone()).filter(|_| name.to_ascii_lowercase().starts_with("state"));
    bare.or_else(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_names_are_sorted_and_found() {
        assert!(RESERVED.is_sorted_by(|a, b| a.name < b.name));
        assert!(RESERVED.iter().all(|reserved| is_reserved(reserved.name)));
        assert!(is_reserved("States.Http.StatusCode.503"));
        assert!(!is_reserved("States.Http.StatusCode.5xx") && !is_reserved("States.Foo"));
        assert_eq!(
            find("States.Runtime").map(|reserved| reserved.caught),
            Some(Caught::Never)
        );
        assert_eq!(
            find("States.Timeout").map(|reserved| reserved.caught),
            Some(Caught::ByAll)
        );
    }

    #[test]
    fn near_misses_of_reserved_names_get_a_suggestion() {
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
