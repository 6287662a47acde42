//! Which errors a name in `ErrorEquals` matches.
//!
//! Names are compared exactly; `States.ALL` and `States.TaskFailed` are the only wildcards.
//! Source: Amazon States Language specification, "Errors"; recordings of AWS.

use crate::spec::error_name::{self, ALL, HEARTBEAT_TIMEOUT, Matched, TASK_FAILED, TIMEOUT};

/// Whether the name `pattern` in `ErrorEquals` matches the error `error`.
///
/// `States.Timeout` also matches the documented name of a missed heartbeat, since AWS reports that as
/// `States.Timeout`.
pub fn matches(pattern: &str, error: &str) -> bool {
    let matched = matched(error);
    if matched == Matched::Never {
        return false;
    }
    match pattern {
        ALL => true,
        TASK_FAILED => matches!(matched, Matched::ByTaskFailed | Matched::PresumablyByTaskFailed),
        TIMEOUT => error == TIMEOUT || error == HEARTBEAT_TIMEOUT,
        name => name == error,
    }
}

/// Whether every error that `name` matches is certainly matched by `earlier` too, so that a handler for `name`
/// after one for `earlier` never applies. Repeated wildcards do not count.
pub fn covers(earlier: &str, name: &str) -> bool {
    if earlier == name {
        return name != ALL;
    }
    if earlier != TASK_FAILED {
        return false;
    }
    match error_name::find(name) {
        Some(reserved) => reserved.matched == Matched::ByTaskFailed,
        None => !name.starts_with(error_name::RESERVED_PREFIX),
    }
}

/// Names that are not reserved are errors of tasks.
fn matched(error: &str) -> Matched {
    match error_name::find(error) {
        // A Fail state may use a wildcard as the name of its error.
        Some(reserved) if reserved.matched == Matched::Wildcard => Matched::ByTaskFailed,
        Some(reserved) => reserved.matched,
        None => Matched::ByTaskFailed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::error_name::{DATA_LIMIT_EXCEEDED, QUERY_EVALUATION_ERROR, RUNTIME};

    #[test]
    fn names_and_wildcards_match_errors() {
        for (pattern, error, is_match) in [
            (ALL, "Payment.Declined", true),
            (ALL, TIMEOUT, true),
            (ALL, DATA_LIMIT_EXCEEDED, true),
            (ALL, RUNTIME, false),
            (RUNTIME, RUNTIME, false),
            (TASK_FAILED, "Payment.Declined", true),
            (TASK_FAILED, DATA_LIMIT_EXCEEDED, true),
            (TASK_FAILED, QUERY_EVALUATION_ERROR, false),
            (TASK_FAILED, TIMEOUT, false),
            (TASK_FAILED, HEARTBEAT_TIMEOUT, false),
            (TIMEOUT, HEARTBEAT_TIMEOUT, true),
            (HEARTBEAT_TIMEOUT, TIMEOUT, false),
            ("A", "A", true),
            ("A", "a", false),
        ] {
            assert_eq!(matches(pattern, error), is_match, "{pattern} {error}");
        }
    }

    #[test]
    fn task_failed_covers_every_error_of_a_task_except_its_timeout() {
        for (earlier, name, is_covered) in [
            ("A", "A", true),
            ("A", "B", false),
            (TASK_FAILED, "Lambda.Unknown", true),
            (TASK_FAILED, "States.Permissions", true),
            (TASK_FAILED, TIMEOUT, false),
            (TASK_FAILED, ALL, false),
            (ALL, ALL, false),
            ("Lambda.Unknown", TASK_FAILED, false),
        ] {
            assert_eq!(covers(earlier, name), is_covered, "{earlier} {name}");
        }
    }
}
