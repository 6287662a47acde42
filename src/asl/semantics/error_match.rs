//! Which errors a name in `ErrorEquals` matches.
//!
//! Names are compared exactly; `States.ALL` and `States.TaskFailed` are the only wildcards.
//! Source: Amazon States Language specification, "Errors"; recordings of AWS.

use crate::spec::error_name::{self, ALL, HEARTBEAT_TIMEOUT, Matched, TASK_FAILED, TIMEOUT};
use foldhash::HashMap;

/// Whether the name `pattern` in `ErrorEquals` matches the error `error`.
///
/// `States.Timeout` also matches the documented name of a missed heartbeat, since AWS reports that as
/// `States.Timeout`.
pub fn matches(pattern: &str, error: &str) -> bool {
    match pattern {
        ALL => matched(error) != Matched::Never,
        TASK_FAILED => matches!(
            matched(error),
            Matched::ByTaskFailed | Matched::PresumablyByTaskFailed
        ),
        TIMEOUT => error == TIMEOUT || error == HEARTBEAT_TIMEOUT,
        // Nearly all names differ, so that is checked first.
        name => name == error && matched(error) != Matched::Never,
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

/// The handlers in a `Retry` or `Catch`, by the names in their `ErrorEquals`. Finding the one that applies does not take longer
/// if there are many names.
#[derive(Debug, Clone, Default)]
pub struct Handlers<'n> {
    /// The first handler with each name.
    first: HashMap<&'n str, usize>,
}

impl<'n> Handlers<'n> {
    /// Handlers with these names, in order.
    pub fn new<N: IntoIterator<Item = &'n str>>(handlers: impl IntoIterator<Item = N>) -> Self {
        let mut first = HashMap::default();
        for (index, names) in handlers.into_iter().enumerate() {
            for name in names {
                first.entry(name).or_insert(index);
            }
        }
        Self { first }
    }

    /// The first handler that matches an error.
    pub fn matching(&self, error: &str) -> Option<usize> {
        self.first_of([error, ALL, TASK_FAILED, TIMEOUT], |pattern| {
            matches(pattern, error)
        })
    }

    /// The first handler that certainly handles every error that `name` matches.
    pub fn covering(&self, name: &str) -> Option<usize> {
        self.first_of([name, ALL, TASK_FAILED], |earlier| {
            earlier == ALL || covers(earlier, name)
        })
    }

    fn first_of<const N: usize>(&self, names: [&str; N], applies: impl Fn(&str) -> bool) -> Option<usize> {
        let found = names.into_iter().filter(|name| applies(name));
        found.filter_map(|name| self.first.get(name).copied()).min()
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
    fn the_first_handler_that_applies_is_found() {
        let handlers = Handlers::new([vec!["A", "B"], vec![TIMEOUT], vec![TASK_FAILED, "A"], vec![ALL]]);
        for (error, matching, covering) in [
            ("A", Some(0), Some(0)),
            ("C", Some(2), Some(2)),
            (TIMEOUT, Some(1), Some(1)),
            (HEARTBEAT_TIMEOUT, Some(1), Some(3)),
            (QUERY_EVALUATION_ERROR, Some(3), Some(3)),
            (RUNTIME, None, Some(3)),
        ] {
            assert_eq!(handlers.matching(error), matching, "{error}");
            assert_eq!(handlers.covering(error), covering, "{error}");
        }
        assert_eq!(Handlers::default().matching("A"), None);
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
