//! Redriven executions.

use super::event::{Event, EventKind, History};
use super::trace::{Trace, Visit, VisitId};
use std::collections::{HashMap, HashSet};

/// The history that an execution would have without its redrives: each state that a redrive repeats has only its last
/// attempts. The ids of the remaining events do not change, so that some are missing.
pub fn without_redrives(mut history: History) -> History {
    let is_redrive = |event: &Event| matches!(event.kind, EventKind::ExecutionRedriven { .. });
    while let Some(at) = history.iter().position(is_redrive) {
        history = without_redrive(history, at);
    }
    history
}

/// Removes the redrive at an index, the end of the execution before it, and the attempts that it repeats.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the history is replaced by the result"
)]
fn without_redrive(history: History, at: usize) -> History {
    let redrive = history[at].id;
    let trace = Trace::new(&history);
    let (before, places) = (&history[..at], &trace.places[..at]);
    let exits = before
        .iter()
        .zip(places)
        .filter_map(|(event, place)| match event.kind {
            EventKind::StateExited { .. } => place.visit,
            _ => None,
        });
    let exited: HashSet<VisitId> = exits.collect();
    let mut removed = HashSet::from([redrive]);
    removed.extend(
        before
            .iter()
            .rev()
            .find(|event| ends_execution(&event.kind))
            .map(|event| event.id),
    );
    for (id, visit) in trace.visits.iter().enumerate() {
        if visit.id < redrive && !exited.contains(&id) {
            removed.extend(repeated(visit, redrive));
        }
    }
    let previous: HashMap<u64, u64> = history.iter().map(|event| (event.id, event.previous)).collect();
    let kept = |mut id: u64| {
        while removed.contains(&id) {
            id = previous.get(&id).copied().unwrap_or(0);
        }
        id
    };
    let remaining = history.iter().filter(|event| !removed.contains(&event.id));
    remaining
        .map(|event| Event {
            previous: kept(event.previous),
            ..event.clone()
        })
        .collect()
}

const fn ends_execution(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::ExecutionFailed(_) | EventKind::ExecutionTimedOut(_) | EventKind::ExecutionAborted(_)
    )
}

/// The events of an unsuccessful visit that a redrive makes obsolete. Branches and iterations that succeeded are not
/// repeated, so that a Parallel or a Map loses only its failure. A Map Run continues as if it had not failed.
fn repeated(visit: &Visit<'_>, redrive: u64) -> Vec<u64> {
    let own = || visit.own_events().filter(|event| event.id < redrive);
    if visit.contains_states() {
        let failures = own().filter(|event| {
            matches!(
                event.kind,
                EventKind::ParallelStateFailed
                    | EventKind::MapStateFailed
                    | EventKind::MapIterationFailed { .. }
                    | EventKind::MapIterationAborted { .. }
                    | EventKind::MapRunFailed(_)
                    | EventKind::StateAborted { .. }
            )
        });
        let redriven = visit
            .own_events()
            .filter(|event| matches!(event.kind, EventKind::MapRunRedriven { .. }));
        return failures.chain(redriven).map(|event| event.id).collect();
    }
    let continues = visit.exit.is_some() || visit.own_events().any(|event| event.id > redrive);
    let entered = (!continues).then_some(visit.id);
    own().map(|event| event.id).chain(entered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::history::read_history;

    /// `id<previous Type`, where a state's entry and exit have its name.
    fn events(lines: &[(u64, u64, &str, &str)]) -> History {
        let events: Vec<String> = lines
            .iter()
            .map(|(id, previous, kind, name)| {
                format!(
                    r#"{{"timestamp": {id}, "id": {id}, "previousEventId": {previous}, "type": "{kind}", "xEventDetails": {{"name": "{name}"}}}}"#
                )
            })
            .collect();
        read_history(&format!("[{}]", events.join(","))).unwrap().events
    }

    fn shown(history: &[Event]) -> Vec<String> {
        let shown = |event: &Event| format!("{}<{} {}", event.id, event.previous, event.kind.type_name());
        history.iter().map(shown).collect()
    }

    #[test]
    fn a_redriven_task_has_only_its_last_attempts() {
        let history = events(&[
            (1, 0, "ExecutionStarted", ""),
            (2, 0, "TaskStateEntered", "A"),
            (3, 2, "TaskScheduled", ""),
            (4, 3, "TaskSucceeded", ""),
            (5, 4, "TaskStateExited", "A"),
            (6, 5, "TaskStateEntered", "B"),
            (7, 6, "TaskScheduled", ""),
            (8, 7, "TaskFailed", ""),
            (9, 8, "ExecutionFailed", ""),
            (10, 9, "ExecutionRedriven", ""),
            (11, 10, "TaskScheduled", ""),
            (12, 11, "TaskFailed", ""),
            (13, 12, "ExecutionFailed", ""),
            (14, 13, "ExecutionRedriven", ""),
            (15, 14, "TaskScheduled", ""),
            (16, 15, "TaskSucceeded", ""),
            (17, 16, "TaskStateExited", "B"),
            (18, 17, "ExecutionSucceeded", ""),
        ]);
        assert_eq!(
            shown(&without_redrives(history)),
            [
                "1<0 ExecutionStarted",
                "2<0 TaskStateEntered",
                "3<2 TaskScheduled",
                "4<3 TaskSucceeded",
                "5<4 TaskStateExited",
                "6<5 TaskStateEntered",
                "15<6 TaskScheduled",
                "16<15 TaskSucceeded",
                "17<16 TaskStateExited",
                "18<17 ExecutionSucceeded",
            ]
        );
    }

    #[test]
    fn a_state_that_is_entered_again_was_not_entered_before() {
        let history = events(&[
            (1, 0, "ExecutionStarted", ""),
            (2, 0, "PassStateEntered", "A"),
            (3, 2, "ExecutionFailed", ""),
            (4, 3, "ExecutionRedriven", ""),
            (5, 4, "PassStateEntered", "A"),
            (6, 5, "PassStateExited", "A"),
            (7, 6, "ExecutionSucceeded", ""),
        ]);
        assert_eq!(
            shown(&without_redrives(history)),
            [
                "1<0 ExecutionStarted",
                "5<0 PassStateEntered",
                "6<5 PassStateExited",
                "7<6 ExecutionSucceeded",
            ]
        );
    }

    #[test]
    fn branches_that_succeeded_are_not_repeated() {
        let history = events(&[
            (1, 0, "ExecutionStarted", ""),
            (2, 0, "ParallelStateEntered", "P"),
            (3, 2, "ParallelStateStarted", ""),
            (4, 3, "PassStateEntered", "A"),
            (5, 4, "PassStateExited", "A"),
            (6, 3, "TaskStateEntered", "B"),
            (7, 6, "TaskScheduled", ""),
            (8, 7, "TaskFailed", ""),
            (9, 8, "ParallelStateFailed", ""),
            (10, 9, "ExecutionFailed", ""),
            (11, 10, "ExecutionRedriven", ""),
            (12, 8, "TaskScheduled", ""),
            (13, 12, "TaskSucceeded", ""),
            (14, 13, "TaskStateExited", "B"),
            (15, 14, "ParallelStateSucceeded", ""),
            (16, 14, "ParallelStateExited", "P"),
            (17, 16, "ExecutionSucceeded", ""),
        ]);
        let kept = without_redrives(history);
        let ids: Vec<u64> = kept.iter().map(|event| event.id).collect();
        assert_eq!(ids, [1, 2, 3, 4, 5, 6, 12, 13, 14, 15, 16, 17]);
        assert_eq!(kept[6].previous, 6);
        let trace = Trace::new(&kept);
        assert_eq!(trace.threads.len(), 3);
        assert!(trace.visits.iter().all(|visit| visit.exit.is_some()));
    }

    #[test]
    fn a_redriven_map_run_has_not_failed() {
        let history = events(&[
            (1, 0, "ExecutionStarted", ""),
            (2, 0, "MapStateEntered", "M"),
            (3, 2, "MapStateStarted", ""),
            (4, 3, "MapRunStarted", ""),
            (5, 4, "MapRunFailed", ""),
            (6, 5, "MapStateFailed", ""),
            (7, 6, "ExecutionFailed", ""),
            (8, 7, "ExecutionRedriven", ""),
            (9, 8, "MapRunRedriven", ""),
            (10, 9, "MapRunSucceeded", ""),
            (11, 10, "MapStateSucceeded", ""),
            (12, 11, "MapStateExited", "M"),
            (13, 12, "ExecutionSucceeded", ""),
        ]);
        assert_eq!(
            shown(&without_redrives(history)),
            [
                "1<0 ExecutionStarted",
                "2<0 MapStateEntered",
                "3<2 MapStateStarted",
                "4<3 MapRunStarted",
                "10<4 MapRunSucceeded",
                "11<10 MapStateSucceeded",
                "12<11 MapStateExited",
                "13<12 ExecutionSucceeded",
            ]
        );
    }
}
