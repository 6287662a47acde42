//! Threads of control: which events belong to which branch or iteration.
//!
//! AWS numbers all events of an execution through; only `previousEventId` tells what followed from what.

use super::{Event, EventKind};
use crate::spec::StateType;
use std::collections::HashMap;
use std::rc::Rc;

/// The threads of an execution, and the thread of each of its events.
#[derive(Debug)]
pub struct Lanes {
    lanes: Vec<Lane>,
    /// By the event's number.
    of: HashMap<u64, usize>,
}

/// A thread: the top level, a branch, an iteration.
#[derive(Debug, Default)]
struct Lane {
    parent: usize,
    key: Rc<str>,
    /// The state it is in, and its type.
    open: Option<(Rc<str>, StateType)>,
    /// How often each Parallel or Map in it has started.
    started: HashMap<Rc<str>, usize>,
}

/// An event that splits a thread.
enum Fork {
    /// The states that follow from it begin branches.
    Branches,
    /// The state that follows from it is the iteration's first.
    Iteration,
}

impl Lanes {
    /// Sorts the events of one execution, which come in the order of their ids.
    pub fn new(history: &[Event]) -> Self {
        let mut lanes = Self {
            lanes: vec![Lane::default()],
            of: HashMap::with_capacity(history.len()),
        };
        let mut forks = HashMap::new();
        for event in history {
            let lane = lanes.place(event, &mut forks);
            lanes.of.insert(event.id, lane);
        }
        lanes
    }

    /// The name of an event's thread: empty at the top level, else what it is inside of, such as `Each#1/7` for
    /// the item 7 of the Map `Each`, started for the first time. It does not depend on how threads interleave.
    pub fn key(&self, event: u64) -> &Rc<str> {
        &self.lanes[self.at(event)].key
    }

    fn at(&self, event: u64) -> usize {
        self.of.get(&event).copied().unwrap_or(0)
    }

    fn place(&mut self, event: &Event, forks: &mut HashMap<u64, Fork>) -> usize {
        let near = self.at(event.previous);
        match &event.kind {
            EventKind::StateEntered { state_type, name, .. } => {
                let lane = match forks.get(&event.previous) {
                    Some(Fork::Branches) => self.begin(near, name),
                    Some(Fork::Iteration) | None => near,
                };
                self.lanes[lane].open = Some((Rc::clone(name), *state_type));
                lane
            }
            EventKind::StateExited { name, .. } => {
                let lane = self.up(near, |open, _| open == name);
                self.lanes[lane].open = None;
                lane
            }
            EventKind::ParallelStateStarted => {
                forks.insert(event.id, Fork::Branches);
                self.start(near, StateType::Parallel)
            }
            EventKind::MapStateStarted { .. } => self.start(near, StateType::Map),
            EventKind::MapIterationStarted { name, index } => {
                forks.insert(event.id, Fork::Iteration);
                let outer = self.up(near, |open, _| open == name);
                self.begin(outer, &index.to_string())
            }
            EventKind::ParallelStateSucceeded | EventKind::ParallelStateFailed => {
                self.up(near, |_, state_type| state_type == StateType::Parallel)
            }
            EventKind::MapStateSucceeded
            | EventKind::MapStateFailed
            | EventKind::MapRunSucceeded
            | EventKind::MapRunFailed(_) => self.up(near, |_, state_type| state_type == StateType::Map),
            EventKind::ExecutionSucceeded { .. }
            | EventKind::ExecutionFailed(_)
            | EventKind::ExecutionTimedOut(_)
            | EventKind::ExecutionAborted(_) => 0,
            _ => near,
        }
    }

    fn start(&mut self, near: usize, state_type: StateType) -> usize {
        let at = self.up(near, |_, open| open == state_type);
        let lane = &mut self.lanes[at];
        if let Some((name, _)) = &lane.open {
            *lane.started.entry(Rc::clone(name)).or_default() += 1;
        }
        at
    }

    /// A new thread inside the state that a thread is in.
    fn begin(&mut self, parent: usize, name: &str) -> usize {
        let outer = &self.lanes[parent];
        let state = outer.open.as_ref().map_or("", |(state, _)| state);
        let started = outer.started.get(state).copied().unwrap_or(0);
        let slash = if outer.key.is_empty() { "" } else { "/" };
        let key = format!("{}{slash}{state}#{started}/{name}", outer.key);
        self.lanes.push(Lane {
            parent,
            key: key.into(),
            ..Lane::default()
        });
        self.lanes.len() - 1
    }

    /// The thread, this one or one around it, that is in a state like this; this one where there is none.
    fn up(&self, lane: usize, is_it: impl Fn(&Rc<str>, StateType) -> bool) -> usize {
        let mut at = lane;
        loop {
            let current = &self.lanes[at];
            if current
                .open
                .as_ref()
                .is_some_and(|(name, state_type)| is_it(name, *state_type))
            {
                return at;
            }
            if at == 0 {
                return lane;
            }
            at = current.parent;
        }
    }
}
