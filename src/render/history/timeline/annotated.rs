//! The trace of an execution with the notes of the simulator.

use crate::history::{Event, EventKind, ThreadId, Trace, VisitEvent, VisitId};
use crate::simulate::{Note, NoteKind};

/// A trace and the notes of each visit.
#[derive(Debug)]
pub(super) struct AnnotatedTrace<'h> {
    pub(super) trace: Trace<'h>,
    /// By visit, in order.
    notes: Vec<Vec<&'h Note>>,
}

/// Something that happened during a visit.
#[derive(Debug, Clone, Copy)]
pub(super) enum Item<'h> {
    /// An event of the state itself.
    Event(&'h Event),
    /// A branch or an iteration began.
    Thread(ThreadId),
    /// A note of the simulator, for what events do not contain.
    Note(&'h Note),
}

/// How a thread ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Succeeded,
    Failed,
    /// It was stopped by something else.
    Stopped,
}

impl<'h> AnnotatedTrace<'h> {
    /// Combines the events and notes of one execution.
    pub(super) fn new(history: &'h [Event], notes: &'h [Note]) -> Self {
        let trace = Trace::new(history);
        let mut by_visit = vec![Vec::new(); trace.visits.len()];
        for note in notes {
            // Visits are in the order of the events that begin them.
            let visit = trace.visits.binary_search_by_key(&note.entered, |visit| visit.id);
            if let Ok(visit) = visit {
                by_visit[visit].push(note);
            }
        }
        Self {
            trace,
            notes: by_visit,
        }
    }

    /// The items of a visit, in order.
    pub(super) fn items(&self, id: VisitId) -> Vec<Item<'h>> {
        let events = &self.trace.visits[id].events;
        let mut notes = self.notes[id].iter().copied().peekable();
        let mut items = Vec::with_capacity(events.len() + notes.len());
        for event in events {
            match event {
                VisitEvent::Own(event) => {
                    while let Some(note) = notes.next_if(|note| note.after < event.id) {
                        items.push(Item::Note(note));
                    }
                    if is_shown(&event.kind) {
                        items.push(Item::Event(event));
                    }
                }
                VisitEvent::Began(thread) => items.push(Item::Thread(*thread)),
            }
        }
        items.extend(notes.map(Item::Note));
        items
    }

    /// Whether a state failed without being retried or caught.
    pub(super) fn has_failed(&self, id: VisitId) -> bool {
        let is_failure = |note: &&Note| matches!(note.kind, NoteKind::Failed { .. });
        self.notes[id].iter().any(is_failure)
    }

    /// How a thread ended.
    pub(super) fn outcome(&self, thread: ThreadId) -> Outcome {
        match self.trace.threads[thread].visits.last() {
            Some(&visit) if self.has_failed(visit) => Outcome::Failed,
            Some(&visit) if self.trace.visits[visit].exit.is_some() => Outcome::Succeeded,
            _ => Outcome::Stopped,
        }
    }
}

impl Item<'_> {
    /// Whether another attempt follows.
    pub(super) fn is_retry(&self) -> bool {
        matches!(self, Self::Note(note) if matches!(note.kind, NoteKind::Retried { .. }))
    }
}

/// Whether the timeline shows an event.
const fn is_shown(kind: &EventKind) -> bool {
    matches!(
        kind,
        EventKind::TaskScheduled(_)
            | EventKind::TaskSubmitted { .. }
            | EventKind::TaskSucceeded { .. }
            | EventKind::MapStateStarted { .. }
            | EventKind::MapRunStarted { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::lower;
    use crate::document::{Syntax, read};
    use crate::history::Time;
    use crate::simulate::mocks::{MockedWorld, Mocks, Settings, Unmocked};
    use crate::simulate::{Execution, Options, Plan, run};
    use crate::source::SourceFile;
    use crate::value::Value;
    use std::rc::Rc;
    use std::sync::Arc;

    fn execution(definition: &str, input: &str, until: Option<&str>) -> Execution {
        let document = read(Arc::new(SourceFile::new("test", definition)), Syntax::Yaml);
        let plan = Rc::new(Plan::new(&lower::machine(&document.roots[0])));
        let mocks = Mocks::default();
        let settings = Settings {
            seed: 0,
            start: Time::default(),
        };
        let options = Options {
            until: until.and_then(|name| plan.find(name)),
            ..Options::default()
        };
        let mut world = MockedWorld::new(&mocks, settings, Unmocked::Echo);
        run(&plan, Value::parse(input).unwrap(), &mut world, &options).unwrap()
    }

    /// The tree in words: a state's name, `!` after one that failed, `?` after one that was stopped, what runs inside
    /// it in brackets.
    fn words(execution: &Execution) -> String {
        let annotated = AnnotatedTrace::new(&execution.history, &execution.notes);
        let count =
            |is_it: fn(&EventKind) -> bool| execution.history.iter().filter(|e| is_it(&e.kind)).count();
        let entered = count(|kind| matches!(kind, EventKind::StateEntered { .. }));
        let exited = count(|kind| matches!(kind, EventKind::StateExited { .. }));
        let visits = &annotated.trace.visits;
        assert_eq!(visits.len(), entered);
        assert_eq!(visits.iter().filter(|v| v.exit.is_some()).count(), exited);
        thread(&annotated, 0)
    }

    fn thread(annotated: &AnnotatedTrace<'_>, id: ThreadId) -> String {
        let visits = annotated.trace.threads[id].visits.iter().map(|&id| {
            let visit = &annotated.trace.visits[id];
            let items = annotated.items(id);
            let inside = items.iter().filter_map(|item| match item {
                Item::Thread(id) => {
                    let index = annotated.trace.threads[*id].index;
                    Some(format!("{index}:{}", thread(annotated, *id)))
                }
                item if item.is_retry() => Some("again".to_owned()),
                _ => None,
            });
            let inside: Vec<String> = inside.collect();
            let end = match visit.exit {
                Some(_) => "",
                None if annotated.has_failed(id) => "!",
                None => "?",
            };
            let brackets = if inside.is_empty() {
                String::new()
            } else {
                format!("[{}]", inside.join(" "))
            };
            format!("{}{end}{brackets}", visit.name)
        });
        visits.collect::<Vec<_>>().join(" ")
    }

    const NESTED: &str = "
StartAt: P
States:
  P:
    Type: Parallel
    Retry: [{ ErrorEquals: [Bad], MaxAttempts: 1 }]
    Catch: [{ ErrorEquals: [States.ALL], Next: Z }]
    Branches:
      - StartAt: Q
        States:
          Q:
            Type: Parallel
            Branches:
              - StartAt: M
                States:
                  M:
                    Type: Map
                    ItemProcessor:
                      StartAt: C
                      States:
                        C:
                          Type: Choice
                          Choices: [{ Variable: $, NumericGreaterThan: 1, Next: F }]
                          Default: S
                        S: { Type: Succeed }
                        F: { Type: Fail, Error: Bad }
                    End: true
              - StartAt: W
                States:
                  W: { Type: Wait, Seconds: 1, End: true }
            Next: R
          R: { Type: Pass, End: true }
      - StartAt: X
        States:
          X: { Type: Pass, Next: Y }
          Y: { Type: Pass, End: true }
    Next: Z
  Z: { Type: Pass, End: true }
";

    #[test]
    fn threads_are_nested_in_the_state_that_started_them() {
        assert_eq!(
            words(&execution(NESTED, "[0, 1]", None)),
            "P[0:Q[0:M[0:C S 1:C S] 1:W] R 1:X Y] Z"
        );
        assert_eq!(words(&execution(NESTED, "[]", None)), "P[0:Q[0:M 1:W] R 1:X Y] Z");
    }

    #[test]
    fn failures_propagate_to_enclosing_states_until_they_are_caught() {
        assert_eq!(
            words(&execution(NESTED, "[2]", None)),
            "P[0:Q![0:M![0:C F!] 1:W?] 1:X Y again 0:Q![0:M![0:C F!] 1:W?] 1:X Y] Z"
        );
    }

    #[test]
    fn stopping_an_execution_leaves_states_open() {
        assert_eq!(
            words(&execution(NESTED, "[0, 1]", Some("S"))),
            "P?[0:Q?[0:M?[0:C S 1:] 1:W?] 1:X Y]"
        );
    }
}
