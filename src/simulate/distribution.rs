//! The outcomes of many executions of a machine.

use super::execution::Execution;
use crate::history::Status;
use std::collections::BTreeMap;

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
    /// The number of executions that did not end as requested.
    pub unsuccessful: u64,
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
    pub error: Option<Box<str>>,
    /// The cause, of the first.
    pub cause: Option<Box<str>>,
    /// The state that failed.
    pub state: Option<Box<str>>,
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
    /// Adds an execution with its number, which starts at 1, its seed, and the state that failed.
    pub fn add(&mut self, execution: &Execution, run: u64, seed: u64, state: Option<&str>) {
        self.runs += 1;
        *self.statuses.entry(execution.status).or_default() += 1;
        self.transitions.add(execution.billed_transitions(), 1);
        let duration = execution.stop.since(execution.start);
        self.durations.add(u64::try_from(duration).unwrap_or(0), 1);
        if execution.has_succeeded() {
            return;
        }
        self.unsuccessful += 1;
        let error = execution.error.error.as_deref();
        let alike = self.failures.iter_mut().find(|kind| {
            kind.status == execution.status
                && kind.error.as_deref() == error
                && kind.state.as_deref() == state
        });
        match alike {
            Some(kind) => kind.count += 1,
            None => self.failures.push(FailureKind {
                run,
                seed,
                status: execution.status,
                error: error.map(Box::from),
                cause: execution.error.cause.as_deref().map(Box::from),
                state: state.map(Box::from),
                count: 1,
            }),
        }
    }

    /// Adds the outcomes of other executions. The result does not depend on the order in which executions are added.
    pub fn merge(&mut self, other: Self) {
        self.runs += other.runs;
        self.unsuccessful += other.unsuccessful;
        for (status, count) in other.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.transitions.merge(&other.transitions);
        self.durations.merge(&other.durations);
        for kind in other.failures {
            match self.failures.iter_mut().find(|known| known.is_like(&kind)) {
                Some(known) => {
                    let count = known.count + kind.count;
                    if kind.run < known.run {
                        *known = kind;
                    }
                    known.count = count;
                }
                None => self.failures.push(kind),
            }
        }
        self.failures.sort_by_key(|kind| kind.run);
    }
}

impl FailureKind {
    fn is_like(&self, other: &Self) -> bool {
        (self.status, &self.error, &self.state) == (other.status, &other.error, &other.state)
    }
}

impl Histogram {
    /// Counts a value that occurred `times` times.
    pub fn add(&mut self, value: u64, times: u64) {
        *self.counts.entry(value).or_default() += times;
        self.total += times;
    }

    fn merge(&mut self, other: &Self) {
        for (value, times) in &other.counts {
            self.add(*value, *times);
        }
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
        values.into_iter().for_each(|v| spread.add(v, 1));
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

    fn failures(kinds: &[(u64, &str, u64)]) -> Distribution {
        let kind = |&(run, error, count): &(u64, &str, u64)| FailureKind {
            run,
            seed: run,
            status: Status::Failed,
            error: Some(error.into()),
            cause: Some(format!("of execution {run}").into()),
            state: None,
            count,
        };
        Distribution {
            failures: kinds.iter().map(kind).collect(),
            ..Distribution::default()
        }
    }

    #[test]
    fn parts_are_merged_in_any_order() {
        let parts = [
            failures(&[(1, "E", 2), (5, "F", 1)]),
            failures(&[(2, "G", 1), (3, "E", 1)]),
            failures(&[(4, "F", 4)]),
        ];
        let merged = |order: [usize; 3]| {
            let mut whole = Distribution::default();
            for part in order {
                whole.merge(parts[part].clone());
            }
            whole
        };
        let expected = failures(&[(1, "E", 3), (2, "G", 1), (4, "F", 5)]);
        for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
            assert_eq!(merged(order), expected, "{order:?}");
        }
    }
}
