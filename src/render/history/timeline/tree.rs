//! From events in the order of time to visits of states, each with what happened in it and inside it.

use crate::history::{Event, EventKind, Scheduled, Time};
use crate::simulate::{Note, NoteKind};
use crate::spec::StateType;
use crate::value::{Object, Value};
use std::collections::HashMap;
use std::rc::Rc;

/// A lane, as an index into [`Tree::lanes`].
pub(super) type LaneId = usize;

/// A visit, as an index into [`Tree::visits`].
pub(super) type VisitId = usize;

/// The visits of an execution. Lane 0 is its top level.
#[derive(Debug)]
pub(super) struct Tree<'h> {
    pub(super) lanes: Vec<Lane>,
    pub(super) visits: Vec<Visit<'h>>,
}

/// One thread of control: the top level, a branch, an iteration.
#[derive(Debug, Default)]
pub(super) struct Lane {
    /// Which branch or iteration it is, from 0.
    pub(super) index: usize,
    /// Its visits, in order.
    pub(super) visits: Vec<VisitId>,
    /// The Parallel or Map it is inside of.
    parent: Option<VisitId>,
    /// The state it is in.
    open: Option<VisitId>,
}

/// A state, from its entry to its exit.
#[derive(Debug)]
pub(super) struct Visit<'h> {
    lane: LaneId,
    pub(super) name: &'h Rc<str>,
    pub(super) state_type: StateType,
    pub(super) entered: Time,
    pub(super) input: &'h Value,
    pub(super) exit: Option<Exit<'h>>,
    pub(super) happenings: Vec<Happening<'h>>,
}

/// How a state was left.
#[derive(Debug)]
pub(super) struct Exit<'h> {
    pub(super) time: Time,
    pub(super) output: &'h Value,
    pub(super) assigned: Option<&'h Object>,
}

/// What happened inside a state.
#[derive(Debug)]
pub(super) enum Happening<'h> {
    /// A task was called.
    Called(Time, &'h Scheduled),
    /// A job or a callback task was submitted.
    Submitted(Time, &'h Value),
    /// A task answered.
    Answered(Time, &'h Value),
    /// A Map found so many items.
    Items(usize),
    /// A branch or an iteration began.
    Began(LaneId),
    /// A Map Run with this ARN began.
    MapRun(&'h Rc<str>),
    /// What events do not tell.
    Noted(&'h Note),
}

/// How a lane ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    Succeeded,
    Failed,
    /// It was still under way when something else ended it.
    Stopped,
}

impl<'h> Tree<'h> {
    /// Sorts the events of one execution.
    pub(super) fn new(history: &'h [Event], notes: &'h [Note]) -> Self {
        let mut sorting = Sorting {
            tree: Self {
                lanes: vec![Lane::default()],
                visits: Vec::new(),
            },
            lane_of: vec![0; history.len() + 1],
            entered: HashMap::new(),
            forks: HashMap::new(),
        };
        let mut notes = notes.iter().peekable();
        for event in history {
            while let Some(note) = notes.next_if(|note| note.after < event.id) {
                sorting.note(note);
            }
            sorting.event(event);
        }
        notes.for_each(|note| sorting.note(note));
        sorting.tree
    }

    /// How a lane ended.
    pub(super) fn outcome(&self, lane: LaneId) -> Outcome {
        let last = self.lanes[lane].visits.last().map(|v| &self.visits[*v]);
        match last {
            Some(visit) if visit.has_failed() => Outcome::Failed,
            Some(Visit { exit: Some(_), .. }) => Outcome::Succeeded,
            _ => Outcome::Stopped,
        }
    }
}

impl Happening<'_> {
    /// Whether another attempt follows.
    pub(super) fn is_retry(&self) -> bool {
        matches!(self, Self::Noted(note) if matches!(note.kind, NoteKind::Retried { .. }))
    }
}

impl Visit<'_> {
    /// Whether it failed for good.
    pub(super) fn has_failed(&self) -> bool {
        let is_failure = |h: &Happening<'_>| matches!(h, Happening::Noted(note) if matches!(note.kind, NoteKind::Failed { .. }));
        self.happenings.iter().any(is_failure)
    }
}

struct Sorting<'h> {
    tree: Tree<'h>,
    /// The lane of each event, by its number.
    lane_of: Vec<LaneId>,
    /// The visits by the events that began them.
    entered: HashMap<u64, VisitId>,
    /// By the event that split a lane: the Parallel's visit and the branches so far, or the iteration's lane.
    forks: HashMap<u64, Fork>,
}

enum Fork {
    Branches(VisitId, usize),
    Iteration(LaneId),
}

impl<'h> Sorting<'h> {
    fn note(&mut self, note: &'h Note) {
        let Some(&visit) = self.entered.get(&note.entered) else {
            return;
        };
        self.tree.visits[visit].happenings.push(Happening::Noted(note));
        let lane = self.tree.visits[visit].lane;
        if matches!(note.kind, NoteKind::Failed { .. }) && self.tree.lanes[lane].open == Some(visit) {
            self.tree.lanes[lane].open = None;
        }
    }

    fn event(&mut self, event: &'h Event) {
        let near = self.lane(event.previous);
        let lane = match &event.kind {
            EventKind::StateEntered {
                state_type,
                name,
                input,
            } => self.enter(event, *state_type, name, input, near),
            EventKind::StateExited {
                name,
                output,
                assigned,
                ..
            } => {
                let lane = self.up(near, |visit| visit.name == name);
                if let Some(visit) = self.tree.lanes[lane].open.take() {
                    self.tree.visits[visit].exit = Some(Exit {
                        time: event.time,
                        output,
                        assigned: assigned.as_deref(),
                    });
                }
                lane
            }
            EventKind::ParallelStateStarted => {
                let lane = self.up(near, |visit| visit.state_type == StateType::Parallel);
                if let Some(visit) = self.tree.lanes[lane].open {
                    self.forks.insert(event.id, Fork::Branches(visit, 0));
                }
                lane
            }
            EventKind::MapStateStarted { length } => {
                let lane = self.up(near, |visit| visit.state_type == StateType::Map);
                self.happens(lane, Happening::Items(*length));
                lane
            }
            EventKind::MapIterationStarted { name, index } => {
                let outer = self.up(near, |visit| visit.name == name);
                match self.tree.lanes[outer].open {
                    Some(visit) => {
                        let lane = self.begin(visit, *index);
                        self.forks.insert(event.id, Fork::Iteration(lane));
                        lane
                    }
                    None => outer,
                }
            }
            EventKind::ParallelStateSucceeded | EventKind::ParallelStateFailed => {
                self.up(near, |visit| visit.state_type == StateType::Parallel)
            }
            EventKind::MapStateSucceeded | EventKind::MapStateFailed => {
                self.up(near, |visit| visit.state_type == StateType::Map)
            }
            kind => {
                if let Some(happening) = happening(event.time, kind) {
                    self.happens(near, happening);
                }
                near
            }
        };
        if let Some(place) = usize::try_from(event.id)
            .ok()
            .and_then(|id| self.lane_of.get_mut(id))
        {
            *place = lane;
        }
    }

    fn enter(
        &mut self,
        event: &'h Event,
        state_type: StateType,
        name: &'h Rc<str>,
        input: &'h Value,
        near: LaneId,
    ) -> LaneId {
        let lane = match self.forks.get_mut(&event.previous) {
            Some(Fork::Branches(visit, begun)) => {
                let (visit, index) = (*visit, *begun);
                *begun += 1;
                self.begin(visit, index)
            }
            Some(Fork::Iteration(lane)) => *lane,
            None => near,
        };
        let visit = self.tree.visits.len();
        self.tree.visits.push(Visit {
            lane,
            name,
            state_type,
            entered: event.time,
            input,
            exit: None,
            happenings: Vec::new(),
        });
        self.tree.lanes[lane].visits.push(visit);
        self.tree.lanes[lane].open = Some(visit);
        self.entered.insert(event.id, visit);
        lane
    }

    /// A new lane inside a visit.
    fn begin(&mut self, visit: VisitId, index: usize) -> LaneId {
        let lane = self.tree.lanes.len();
        self.tree.lanes.push(Lane {
            index,
            parent: Some(visit),
            ..Lane::default()
        });
        self.tree.visits[visit].happenings.push(Happening::Began(lane));
        lane
    }

    fn happens(&mut self, lane: LaneId, happening: Happening<'h>) {
        if let Some(visit) = self.tree.lanes[lane].open {
            self.tree.visits[visit].happenings.push(happening);
        }
    }

    fn lane(&self, event: u64) -> LaneId {
        let id = usize::try_from(event).ok();
        id.and_then(|id| self.lane_of.get(id)).copied().unwrap_or(0)
    }

    /// The lane, this one or one around it, that is in a state of this kind; this one where there is none.
    fn up(&self, lane: LaneId, is_it: impl Fn(&Visit<'h>) -> bool) -> LaneId {
        let mut at = lane;
        loop {
            let current = &self.tree.lanes[at];
            if current.open.is_some_and(|visit| is_it(&self.tree.visits[visit])) {
                return at;
            }
            match current.parent {
                Some(parent) => at = self.tree.visits[parent].lane,
                None => return lane,
            }
        }
    }
}

/// What an event tells of the state it happens in.
fn happening(time: Time, kind: &EventKind) -> Option<Happening<'_>> {
    Some(match kind {
        EventKind::TaskScheduled(scheduled) => Happening::Called(time, scheduled),
        EventKind::TaskSubmitted { output, .. } => Happening::Submitted(time, output),
        EventKind::TaskSucceeded { output, .. } => Happening::Answered(time, output),
        EventKind::MapRunStarted { arn } => Happening::MapRun(arn),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asl::lower;
    use crate::document::{Syntax, read};
    use crate::simulate::mocks::{MockedWorld, Mocks, Settings};
    use crate::simulate::{Execution, Options, Plan, run};
    use crate::source::SourceFile;
    use std::sync::Arc;

    fn execution(definition: &str, input: &str, until: Option<&str>) -> Execution {
        let document = read(Arc::new(SourceFile::new("test", definition)), Syntax::Yaml);
        let plan = Rc::new(Plan::new(&lower::machine(&document.roots[0])));
        let mocks = Mocks::default();
        let settings = Settings {
            seed: 0,
            start: Time::default(),
            is_strict: false,
        };
        let options = Options {
            until: until.and_then(|name| plan.find(name)),
            ..Options::default()
        };
        let mut world = MockedWorld::new(&mocks, settings);
        run(&plan, Value::parse(input).unwrap(), &mut world, &options).unwrap()
    }

    /// The tree in words: a state's name, `!` after one that failed, `?` after one that was stopped, what runs inside
    /// it in brackets.
    fn words(execution: &Execution) -> String {
        let tree = Tree::new(&execution.history, &execution.notes);
        let count =
            |is_it: fn(&EventKind) -> bool| execution.history.iter().filter(|e| is_it(&e.kind)).count();
        let entered = count(|kind| matches!(kind, EventKind::StateEntered { .. }));
        let exited = count(|kind| matches!(kind, EventKind::StateExited { .. }));
        assert_eq!(tree.visits.len(), entered);
        assert_eq!(tree.visits.iter().filter(|v| v.exit.is_some()).count(), exited);
        lane(&tree, 0)
    }

    fn lane(tree: &Tree<'_>, id: LaneId) -> String {
        let visits = tree.lanes[id].visits.iter().map(|visit| {
            let visit = &tree.visits[*visit];
            let inside = visit.happenings.iter().filter_map(|happening| match happening {
                Happening::Began(id) => Some(format!("{}:{}", tree.lanes[*id].index, lane(tree, *id))),
                happening if happening.is_retry() => Some("again".to_owned()),
                _ => None,
            });
            let inside: Vec<String> = inside.collect();
            let end = match visit.exit {
                Some(_) => "",
                None if visit.has_failed() => "!",
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
    fn what_runs_inside_a_state_stands_inside_it() {
        assert_eq!(
            words(&execution(NESTED, "[0, 1]", None)),
            "P[0:Q[0:M[0:C S 1:C S] 1:W] R 1:X Y] Z"
        );
        assert_eq!(words(&execution(NESTED, "[]", None)), "P[0:Q[0:M 1:W] R 1:X Y] Z");
    }

    #[test]
    fn failures_end_what_is_around_them_until_they_are_caught() {
        assert_eq!(
            words(&execution(NESTED, "[2]", None)),
            "P[0:Q![0:M![0:C F!] 1:W?] 1:X Y again 0:Q![0:M![0:C F!] 1:W?] 1:X Y] Z"
        );
    }

    #[test]
    fn an_execution_that_is_stopped_leaves_states_open() {
        assert_eq!(
            words(&execution(NESTED, "[0, 1]", Some("S"))),
            "P?[0:Q?[0:M?[0:C S 1:] 1:W?] 1:X Y]"
        );
    }
}
