//! The outcomes of many executions of a machine.

use super::execution::Execution;
use crate::history::Status;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The outcomes of executions, without the executions themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Distribution {
    /// The number of executions.
    pub runs: u64,
    /// The number of executions by status.
    pub statuses: BTreeMap<Status, u64>,
    /// Transitions billed.
    pub transitions: Histogram,
    /// Durations in virtual milliseconds.
    pub durations: Histogram,
    /// The kinds of failures, in order of their first occurrence.
    pub failures: Vec<FailureKind>,
}

/// Executions that failed with the same status and error in the same state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureKind {
    /// The number of the first of them, starting at 1.
    pub run: u64,
    /// The seed of the first of them.
    pub seed: u64,
    /// How it ended.
    pub status: Status,
    /// The error's name.
    pub error: Option<Rc<str>>,
    /// The cause, of the first.
    pub cause: Option<Rc<str>>,
    /// The state that failed.
    pub state: Option<Rc<str>>,
    /// The number of executions.
    pub count: u64,
}

/// The number of occurrences of each value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram {
    counts: BTreeMap<u64, u64>,
    total: u64,
}

impl Distribution {
    /// Adds an execution with its seed and the state that failed.
    pub fn add(&mut self, execution: &Execution, seed: u64, state: Option<&Rc<str>>) {
        self.runs += 1;
        *self.statuses.entry(execution.status).or_default() += 1;
        self.transitions.add(execution.billed_transitions());
        let duration = execution.stop.since(execution.start);
        self.durations.add(u64::try_from(duration).unwrap_or(0));
        if execution.has_succeeded() {
            return;
        }
        let error = execution.error.error.as_ref();
        let alike = self.failures.iter_mut().find(|kind| {
            kind.status == execution.status && kind.error.as_ref() == error && kind.state.as_ref() == state
        });
        match alike {
            Some(kind) => kind.count += 1,
            None => self.failures.push(FailureKind {
                run: self.runs,
                seed,
                status: execution.status,
                error: error.cloned(),
                cause: execution.error.cause.clone(),
                state: state.cloned(),
                count: 1,
            }),
        }
    }
}

impl Histogram {
    /// Counts a value.
    pub fn add(&mut self, value: u64) {
        *self.counts.entry(value).or_default() += 1;
        self.total += 1;
    }

    /// The percentile by nearest rank; 0 if there are no values.
    pub fn percentile(&self, percent: u64) -> u64 {
        let rank = (u128::from(self.total) * u128::from(percent))
            .div_ceil(100)
            .max(1);
        let mut seen = 0;
        for (value, count) in &self.counts {
            seen += u128::from(*count);
            if seen >= rank {
                return *value;
            }
        }
        0
    }

    /// The smallest value; 0 if there are none.
    pub fn min(&self) -> u64 {
        self.percentile(0)
    }

    /// The largest value; 0 if there are none.
    pub fn max(&self) -> u64 {
        self.percentile(100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(values: impl IntoIterator<Item = u64>) -> [u64; 4] {
        let mut spread = Histogram::default();
        values.into_iter().for_each(|v| spread.add(v));
        [
            spread.min(),
            spread.percentile(50),
            spread.percentile(95),
            spread.max(),
        ]
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        assert_eq!(spread(1..=100), [1, 50, 95, 100]);
        assert_eq!(spread([7]), [7; 4]);
        assert_eq!(spread([3, 1, 2, 10]), [1, 2, 10, 10]);
        assert_eq!(spread([5, 5, 5, 9]), [5, 5, 9, 9]);
        assert_eq!(spread([]), [0; 4]);
    }
}
