//! How many events executions and states add to the history.
//!
//! Source: Step Functions developer guide; recordings of AWS.

use crate::asl::Kind;

/// Events of an execution itself: its start and its end.
pub const EXECUTION: u32 = 2;

/// Events of a state that is only entered and exited: Pass, Choice, Wait, Succeed.
pub const PLAIN_STATE: u32 = 2;

/// Events of a task that succeeds at once: entered, scheduled, started, succeeded, exited.
pub const TASK: u32 = 5;

/// Events of a task that waits for a job or a token: those of [`TASK`], and submitted.
pub const WAITING_TASK: u32 = 6;

/// Events of each retry of a task.
pub const RETRY: u32 = 3;

/// Events of a Parallel or an inline Map without those of its branches or iterations.
pub const BRANCHING: u32 = 4;

/// Events of each iteration of an inline Map without those of its states.
pub const ITERATION: u32 = 2;

/// Events of a Distributed Map; the histories of its child workflows are separate.
pub const DISTRIBUTED_MAP: u32 = 6;

/// Events of a Fail state, which is entered but not exited.
pub const FAIL: u32 = 1;

/// The events of a state that succeeds at the first attempt, without those of the states inside it.
///
/// `waits` says whether a Task waits for a job or a token.
pub const fn state_events(kind: &Kind<'_>, waits: bool) -> u32 {
    match kind {
        Kind::Task(_) if waits => WAITING_TASK,
        Kind::Task(_) => TASK,
        Kind::Map(map) if map.is_distributed => DISTRIBUTED_MAP,
        Kind::Parallel(_) | Kind::Map(_) => BRANCHING,
        Kind::Fail(_) => FAIL,
        Kind::Pass(_) | Kind::Choice(_) | Kind::Wait(_) | Kind::Succeed(_) | Kind::Unknown => PLAIN_STATE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::lower;
    use crate::document::{self, Syntax};
    use crate::source::SourceFile;
    use std::sync::Arc;

    /// The events of a state with these fields.
    fn events(fields: &str, waits: bool) -> u32 {
        let text = format!(r#"{{"StartAt": "A", "States": {{"A": {{{fields}}}}}}}"#);
        let document = document::read(Arc::new(SourceFile::new("a", text)), Syntax::Json);
        let machine = lower::machine(&document.roots[0]);
        state_events(&machine.states[0].kind, waits)
    }

    #[test]
    fn counts_the_events_of_each_state_type() {
        let map = |mode: &str| {
            format!(
                r#""Type": "Map", "ItemProcessor": {{"ProcessorConfig": {{"Mode": "{mode}"}}, "StartAt": "B", "States": {{}}}}"#
            )
        };
        let cases = [
            (r#""Type": "Pass""#.to_owned(), 2),
            (r#""Type": "Choice""#.to_owned(), 2),
            (r#""Type": "Wait", "Seconds": 1"#.to_owned(), 2),
            (r#""Type": "Succeed""#.to_owned(), 2),
            (r#""Type": "Fail""#.to_owned(), 1),
            (r#""Type": "Task""#.to_owned(), 5),
            (r#""Type": "Parallel", "Branches": []"#.to_owned(), 4),
            (map("INLINE"), 4),
            (map("DISTRIBUTED"), 6),
            (r#""Type": "Unknown""#.to_owned(), 2),
        ];
        for (fields, count) in cases {
            assert_eq!(events(&fields, false), count, "{fields}");
        }
    }

    #[test]
    fn only_a_task_has_an_event_for_waiting() {
        assert_eq!(events(r#""Type": "Task""#, true), 6);
        assert_eq!(events(r#""Type": "Wait""#, true), 2);
    }
}
