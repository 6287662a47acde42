//! What happened in a run, visit by visit.

use super::script::Outcome;
use crate::coverage::{Counts, Recorder};
use crate::history::ErrorData;
use crate::simulate::{Observer, StateEvent, StateId, StateLocation};
use crate::value::{Object, Value};
use foldhash::HashMap;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The visits of a run, in the order of entry.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) visits: Vec<Visit>,
}

/// A visit of a state.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) state: StateId,
    pub(super) from: InputSource,
    pub(super) input: Value,
    /// The attempts of its task.
    pub(super) calls: Vec<Call>,
    /// The last failure.
    pub(super) failure: Option<Failure>,
    /// The rule of a Choice, or `Default`.
    #[expect(clippy::option_option, reason = "no decision, and the decision for no rule")]
    pub(super) decided: Option<Option<usize>>,
    pub(super) caught: Option<usize>,
    pub(super) output: Option<Value>,
    pub(super) assigned: Option<Rc<Object>>,
    /// The last visit of each branch or iteration.
    pub(super) inner: BTreeMap<usize, usize>,
}

/// Where the input of a visit comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum InputSource {
    /// The input of the execution.
    Start,
    /// The output of another visit.
    After(usize),
    /// A visit of a Parallel or Map, and the index of the branch or item.
    Inside(usize, usize),
}

/// An attempt of a task.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// Its number among the attempts of the state in the whole run.
    pub(super) attempt: usize,
    pub(super) outcome: Outcome,
}

/// A failure of a state.
#[derive(Debug, Clone)]
pub(super) struct Failure {
    pub(super) error: Rc<ErrorData>,
    /// An expression of the state itself failed.
    pub(super) is_evaluation: bool,
}

/// Observes a run.
pub(super) struct Tracer<'c> {
    pub(super) trace: Trace,
    recorder: Recorder<'c>,
    /// The last visit of each thread.
    threads: HashMap<u64, usize>,
    /// The visits that called tasks, in order.
    callers: Vec<usize>,
    /// The state that was entered or called last, which the world reads.
    current: &'c Cell<StateId>,
}

impl<'c> Tracer<'c> {
    pub(super) fn new(recorder: Recorder<'c>, current: &'c Cell<StateId>) -> Self {
        Self {
            trace: Trace::default(),
            recorder,
            threads: HashMap::default(),
            callers: Vec::new(),
            current,
        }
    }

    /// The trace and the counts, with the outcomes of all calls in order.
    pub(super) fn finish(
        mut self,
        calls: Vec<Call>,
        execution: Option<&crate::simulate::Execution>,
    ) -> (Trace, Counts) {
        for (caller, call) in self.callers.into_iter().zip(calls) {
            self.trace.visits[caller].calls.push(call);
        }
        (self.trace, self.recorder.finish(execution))
    }

    fn enter(&mut self, place: StateLocation, input: Value, within: Option<(u64, usize)>) {
        let before = self.threads.get(&place.thread);
        let from = match (before, within) {
            (Some(before), _) => InputSource::After(*before),
            (None, Some((thread, index))) => match self.threads.get(&thread) {
                Some(outer) => InputSource::Inside(*outer, index),
                None => InputSource::Start,
            },
            (None, None) => InputSource::Start,
        };
        let visit = self.trace.visits.len();
        if let Some((thread, index)) = within
            && let Some(outer) = self.threads.get(&thread)
        {
            self.trace.visits[*outer].inner.insert(index, visit);
        }
        self.threads.insert(place.thread, visit);
        self.trace.visits.push(Visit {
            state: place.state,
            from,
            input,
            calls: Vec::new(),
            failure: None,
            decided: None,
            caught: None,
            output: None,
            assigned: None,
            inner: BTreeMap::new(),
        });
    }
}

impl Observer for Tracer<'_> {
    fn observe(&mut self, place: StateLocation, what: StateEvent) {
        self.recorder.observe(place, what.clone());
        self.current.set(place.state);
        if let StateEvent::Entered { input, within } = what {
            self.enter(place, input, within);
            return;
        }
        let Some(&at) = self.threads.get(&place.thread) else {
            return;
        };
        let visit = &mut self.trace.visits[at];
        match what {
            StateEvent::Called => self.callers.push(at),
            StateEvent::Failed { error, is_evaluation } => {
                visit.failure = Some(Failure { error, is_evaluation });
            }
            StateEvent::Decided(rule) => visit.decided = Some(rule),
            StateEvent::Caught(catcher) => visit.caught = Some(catcher),
            StateEvent::Left { output, assigned } => {
                visit.output = Some(output);
                visit.assigned = assigned;
            }
            StateEvent::Entered { .. }
            | StateEvent::Mapped(_)
            | StateEvent::Finished(_)
            | StateEvent::TimedOut
            | StateEvent::Retried(_)
            | StateEvent::Exhausted(_) => {}
        }
    }
}

impl Trace {
    /// The thread around a visit: the visit of the enclosing Parallel or Map, and the index of the branch or item.
    pub(super) fn enclosing(&self, visit: usize) -> Option<(usize, usize)> {
        let mut at = visit;
        loop {
            match self.visits[at].from {
                InputSource::Start => return None,
                InputSource::After(before) => at = before,
                InputSource::Inside(outer, index) => return Some((outer, index)),
            }
        }
    }

    /// Whether a visit is inside another one.
    pub(super) fn is_inside(&self, visit: usize, outer: usize) -> bool {
        let mut around = self.enclosing(visit);
        while let Some((at, _)) = around {
            if at == outer {
                return true;
            }
            around = self.enclosing(at);
        }
        false
    }
}
