//! The child executions of a Distributed Map.

use crate::simulate::ids::RunId;
use crate::simulate::item::Item;
use crate::simulate::plan::ScopeId;
use crate::value::{Object, Value};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The child executions that a Distributed Map waits for.
#[derive(Debug)]
pub(in crate::simulate) struct MapRunJoin {
    /// The items of the children to start, in order.
    pub(in crate::simulate) jobs: Jobs,
    /// The scope that each child runs.
    pub(in crate::simulate) scope: ScopeId,
    /// The effective input, over which `ItemSelector` is evaluated.
    pub(in crate::simulate) effective: Value,
    pub(in crate::simulate) limit: usize,
    /// The index of the next child to start.
    pub(in crate::simulate) next: usize,
    /// The running children, by index.
    pub(in crate::simulate) running: BTreeMap<usize, RunId>,
    /// The Map has queued a wake-up to start the next child.
    pub(in crate::simulate) is_starting: bool,
    /// Children that have ended and have not been collected yet.
    pub(in crate::simulate) ended: Vec<(usize, RunId)>,
    /// The results so far, by child.
    pub(in crate::simulate) results: Vec<ChildResult>,
    pub(in crate::simulate) tolerance: Tolerance,
    /// Whether results describe executions instead of containing only outputs.
    pub(in crate::simulate) describes: bool,
    /// `MapRunStarted`
    pub(in crate::simulate) started: u64,
    /// The index of the Map Run in the journal.
    pub(in crate::simulate) record: usize,
}

/// The source of items that are not read from S3.
pub(in crate::simulate) const STATE_DATA: &str = "STATE_DATA";

/// The inputs of the children.
#[derive(Debug)]
pub(in crate::simulate) enum Jobs {
    /// One item per child: those of an array, or the members of an object. `ItemSelector` is evaluated when the child starts.
    Given(Value),
    /// One item per child, read by an `ItemReader`.
    Items(Vec<ReadItem>),
    /// A batch per child, ready, with the number of its items.
    Batches(Vec<(Value, usize)>),
}

/// The outcome of a child.
#[derive(Debug, Clone, Default)]
pub(in crate::simulate) enum ChildResult {
    /// It has not ended.
    #[default]
    Pending,
    /// It succeeded with an output; the description is present if the results describe executions.
    Succeeded {
        output: Value,
        description: Option<Box<Value>>,
    },
    /// It did not succeed. `outcome` is `{"Status": …, "Error": …, "Cause": …}`; the description is present if the results
    /// describe executions.
    Failed {
        outcome: Value,
        description: Option<Box<Value>>,
    },
}

impl MapRunJoin {
    /// Whether another child can start.
    pub(in crate::simulate) fn can_start(&self) -> bool {
        self.next < self.jobs.len() && self.running.len() < self.limit
    }

    /// Whether the children that run concurrently from the beginning have all been started.
    pub(in crate::simulate) fn has_begun(&self) -> bool {
        self.next >= self.limit.min(self.jobs.len())
    }

    /// The running children.
    pub(in crate::simulate) fn running(&self) -> impl Iterator<Item = RunId> + '_ {
        self.running.values().copied()
    }
}

impl Jobs {
    pub(in crate::simulate) fn len(&self) -> usize {
        match self {
            Self::Given(Value::Array(items)) => items.len(),
            Self::Given(given) => given.as_object().map_or(0, Object::len),
            Self::Items(items) => items.len(),
            Self::Batches(batches) => batches.len(),
        }
    }

    /// The item of a child; `None` for a batch.
    pub(in crate::simulate) fn item(&self, index: usize) -> Option<Item> {
        let read = match self {
            Self::Given(Value::Array(items)) => ReadItem::new(items.get(index)?.clone(), &STATE_DATA.into()),
            Self::Given(given) => {
                let (key, value) = given.as_object()?.at(index)?;
                ReadItem {
                    key: Some(Rc::clone(key)),
                    ..ReadItem::new(value.clone(), &STATE_DATA.into())
                }
            }
            Self::Items(items) => items.get(index)?.clone(),
            Self::Batches(_) => return None,
        };
        Some(read.into_item(index))
    }

    /// The number of items of a child.
    pub(in crate::simulate) fn weight(&self, index: usize) -> usize {
        match self {
            Self::Given(_) | Self::Items(_) => 1,
            Self::Batches(batches) => batches.get(index).map_or(0, |(_, items)| *items),
        }
    }
}

/// The number of failures that are tolerated.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulate) struct Tolerance {
    pub(in crate::simulate) count: Option<i64>,
    pub(in crate::simulate) percentage: Option<f64>,
}

impl Tolerance {
    /// Whether the number of failed items exceeds what is tolerated. A threshold of 0 is not set if the other one is: measured
    /// on AWS in September 2026.
    #[expect(clippy::cast_precision_loss, reason = "a share of items, in per cent")]
    pub(in crate::simulate) fn is_exceeded(self, failed: usize, total: usize) -> bool {
        if failed == 0 {
            return false;
        }
        let by_count = |count: i64| i64::try_from(failed).unwrap_or(i64::MAX) > count;
        let by_share = |share: f64| failed as f64 * 100.0 / total.max(1) as f64 > share;
        let count = self.count.filter(|count| *count > 0);
        let percentage = self.percentage.filter(|share| *share > 0.0);
        match (count, percentage) {
            (None, None) => true,
            (count, percentage) => count.is_some_and(by_count) || percentage.is_some_and(by_share),
        }
    }
}

/// An item that was read.
#[derive(Debug, Clone)]
pub(in crate::simulate) struct ReadItem {
    pub(in crate::simulate) value: Value,
    pub(in crate::simulate) key: Option<Rc<str>>,
    pub(in crate::simulate) source: Rc<str>,
}

impl ReadItem {
    /// The items in an array, or the members of an object; `None` for other values.
    pub(in crate::simulate) fn all(value: &Value, source: &str) -> Option<Vec<Self>> {
        let source: Rc<str> = source.into();
        match value {
            Value::Array(items) => Some(
                items
                    .iter()
                    .map(|item| Self::new(item.clone(), &source))
                    .collect(),
            ),
            Value::Object(members) => {
                let member = |(key, value): (&Rc<str>, &Value)| Self {
                    key: Some(Rc::clone(key)),
                    ..Self::new(value.clone(), &source)
                };
                Some(members.iter().map(member).collect())
            }
            _ => None,
        }
    }

    pub(in crate::simulate) fn new(value: Value, source: &Rc<str>) -> Self {
        Self {
            value,
            key: None,
            source: Rc::clone(source),
        }
    }

    /// Converts it to the item with this index.
    pub(in crate::simulate) fn into_item(self, index: usize) -> Item {
        Item {
            index,
            value: self.value,
            key: self.key,
            source: Some(self.source),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_tolerated_up_to_both_thresholds() {
        for (failed, total, count, percentage, fails) in [
            (0, 100, None, None, false),
            (1, 100, None, None, true),
            (2, 3, Some(2), None, false),
            (3, 3, Some(2), None, true),
            (1, 2, None, Some(50.0), false),
            (1, 2, None, Some(49.9), true),
            (7, 7, None, Some(100.0), false),
            (2, 10, Some(5), Some(10.0), true),
            (1, 3, Some(0), Some(0.0), true),
            (1, 3, Some(0), Some(100.0), false),
            (1, 3, Some(0), Some(50.0), false),
            (3, 3, Some(0), Some(50.0), true),
            (1, 3, Some(5), Some(0.0), false),
            (3, 3, Some(5), Some(0.0), false),
            (3, 3, Some(1), Some(100.0), true),
            (1, 3, Some(1), Some(100.0), false),
            (2, 3, Some(5), Some(50.0), true),
            (2, 5, Some(1), Some(100.0), true),
            (1, 4, Some(100_000), Some(25.0), false),
            (1, 4, Some(100_000), Some(24.0), true),
            (2, 5, Some(100_000), Some(39.0), true),
            (2, 5, Some(100_000), Some(40.0), false),
        ] {
            let tolerance = Tolerance { count, percentage };
            assert_eq!(
                tolerance.is_exceeded(failed, total),
                fails,
                "{failed} of {total}, {count:?}, {percentage:?}"
            );
        }
    }
}
