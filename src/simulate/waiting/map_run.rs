//! The child executions of a Distributed Map.

use crate::simulate::ids::RunId;
use crate::simulate::item::Item;
use crate::simulate::plan::ScopeId;
use crate::value::Value;
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
    /// The running children.
    pub(in crate::simulate) running: Vec<Option<RunId>>,
    pub(in crate::simulate) running_count: usize,
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

/// The inputs of the children.
#[derive(Debug)]
pub(in crate::simulate) enum Jobs {
    /// One item per child; `ItemSelector` is evaluated when the child starts.
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
    Succeeded { output: Value, description: Value },
    /// It did not succeed.
    Failed { description: Value },
}

impl MapRunJoin {
    /// The running children.
    pub(in crate::simulate) fn running(&self) -> impl Iterator<Item = RunId> + '_ {
        self.running.iter().filter_map(|run| *run)
    }
}

impl Jobs {
    pub(in crate::simulate) fn len(&self) -> usize {
        match self {
            Self::Items(items) => items.len(),
            Self::Batches(batches) => batches.len(),
        }
    }

    /// The number of items of a child.
    pub(in crate::simulate) fn weight(&self, index: usize) -> usize {
        match self {
            Self::Items(_) => 1,
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
    /// Whether the number of failed items exceeds what is tolerated.
    #[expect(clippy::cast_precision_loss, reason = "a share of items, in per cent")]
    pub(in crate::simulate) fn is_exceeded(self, failed: usize, total: usize) -> bool {
        if failed == 0 {
            return false;
        }
        let by_count = |count: i64| i64::try_from(failed).unwrap_or(i64::MAX) > count;
        let by_share = |share: f64| failed as f64 * 100.0 / total.max(1) as f64 > share;
        match (self.count, self.percentage) {
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
    /// The items in an array, or the members of an object as key and value; `None` for other values.
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
                let pair = |(key, value): (&Rc<str>, &Value)| Self {
                    value: [("Key", Value::String(Rc::clone(key))), ("Value", value.clone())].into(),
                    key: Some(Rc::clone(key)),
                    source: Rc::clone(&source),
                };
                Some(members.iter().map(pair).collect())
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
    fn tolerance_is_what_may_fail_not_what_must() {
        let exceeded =
            |count, percentage, failed, total| Tolerance { count, percentage }.is_exceeded(failed, total);
        assert!(exceeded(None, None, 1, 100) && !exceeded(None, None, 0, 100));
        assert!(!exceeded(Some(2), None, 2, 3) && exceeded(Some(2), None, 3, 3));
        assert!(!exceeded(None, Some(50.0), 1, 2) && exceeded(None, Some(49.9), 1, 2));
        assert!(!exceeded(None, Some(100.0), 7, 7));
        assert!(exceeded(Some(5), Some(10.0), 2, 10));
    }
}
