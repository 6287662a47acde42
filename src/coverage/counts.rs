//! How often executions have used each item.

use super::catalog::Catalog;
use super::item::{Part, Quantity};
use crate::asl::transition_graph::Cause;
use crate::history::Status;
use crate::simulate::plan::{Exit, Plan};
use crate::simulate::{Execution, Observer, StateEvent, StateLocation};
use foldhash::HashMap;

/// How often each item of a catalog was used, in the order of the catalog.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(Vec<u64>);

impl Counts {
    /// Counts of zero.
    pub fn new(catalog: &Catalog) -> Self {
        Self(vec![0; catalog.items().len()])
    }

    /// Counts that were written down before, one for each item of the catalog; `None` if they belong to another machine.
    pub fn from_numbers(catalog: &Catalog, numbers: Vec<u64>) -> Option<Self> {
        (numbers.len() == catalog.items().len()).then_some(Self(numbers))
    }

    /// The counts, in the order of the catalog.
    pub fn numbers(&self) -> &[u64] {
        &self.0
    }

    /// How often an item was used.
    pub fn get(&self, item: usize) -> u64 {
        self.0.get(item).copied().unwrap_or(0)
    }

    /// Whether an item was used.
    pub fn has(&self, item: usize) -> bool {
        self.get(item) > 0
    }

    /// Counts one more use of an item.
    pub fn add(&mut self, item: usize) {
        if let Some(count) = self.0.get_mut(item) {
            *count += 1;
        }
    }

    /// Adds the counts of other executions of the same machine.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.0.iter_mut().zip(&other.0) {
            *count += more;
        }
    }
}

/// Counts the items that an execution uses.
#[derive(Debug)]
pub struct Recorder<'c> {
    catalog: &'c Catalog,
    plan: &'c Plan,
    counts: Counts,
    /// The transition that each thread is about to take, if it is not `Next`.
    leaving: HashMap<u64, Cause>,
}

impl<'c> Recorder<'c> {
    /// A recorder of an execution of the machine of a catalog.
    pub fn new(catalog: &'c Catalog, plan: &'c Plan) -> Self {
        Self {
            catalog,
            plan,
            counts: Counts::new(catalog),
            leaving: HashMap::default(),
        }
    }

    /// The counts, after the execution has ended or has been given up.
    pub fn finish(mut self, execution: Option<&Execution>) -> Counts {
        if execution.is_some_and(|execution| execution.status == Status::TimedOut)
            && let Some(deadline) = self.catalog.deadline()
        {
            self.counts.add(deadline);
        }
        self.counts
    }

    /// Counts a part of a state.
    pub fn count(&mut self, place: StateLocation, part: Part) {
        if let Some(item) = self.catalog.find(place.state, part) {
            self.counts.add(item);
        }
    }
}

impl Observer for Recorder<'_> {
    fn observe(&mut self, place: StateLocation, what: StateEvent) {
        match what {
            StateEvent::Entered { .. } => self.count(place, Part::State),
            StateEvent::Called | StateEvent::Failed { .. } => {}
            StateEvent::Mapped(items) => self.count(place, Part::Items(Quantity::new(items))),
            StateEvent::Finished(index) => self.count(place, Part::Branch(index)),
            StateEvent::TimedOut => self.count(place, Part::Timeout),
            StateEvent::Retried(retrier) => self.count(place, Part::RetryUsed(retrier)),
            StateEvent::Exhausted(retrier) => self.count(place, Part::RetryExhausted(retrier)),
            StateEvent::Caught(catcher) => {
                self.leaving.insert(place.thread, Cause::Catch(catcher));
            }
            StateEvent::Decided(rule) => {
                let cause = rule.map_or(Cause::Default, Cause::Rule);
                self.leaving.insert(place.thread, cause);
            }
            StateEvent::Left { .. } => {
                let cause = self.leaving.remove(&place.thread);
                let is_last = self.plan.state(place.state).exit == Exit::End;
                if let Some(cause) = cause.or_else(|| (!is_last).then_some(Cause::Next)) {
                    self.count(place, Part::Exit(cause));
                }
            }
        }
    }
}
