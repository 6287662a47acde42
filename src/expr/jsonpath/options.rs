//! The options of an evaluation.

use std::cell::Cell;

use super::error::PathError;
use crate::value::Value;

/// The maximum number of nodes that one evaluation may visit, those in the paths of its filters included: several `..`
/// in a path can take practically forever.
const MAX_VISITS: usize = 10_000_000;

/// The options for evaluating a path, or a path inside a filter of it.
#[derive(Clone, Copy)]
pub(super) struct Options<'v> {
    /// The whole document, for `$` inside filters and arguments.
    pub(super) document: &'v Value,
    /// For a test of existence: a missing member is an error even if the path is indefinite.
    pub(super) require_members: bool,
    /// The number of visited nodes.
    pub(super) visits: &'v Cell<usize>,
}

impl<'v> Options<'v> {
    /// The options for a path on `document`, with a counter of the visited nodes.
    pub(super) const fn new(document: &'v Value, visits: &'v Cell<usize>) -> Self {
        Self {
            document,
            require_members: false,
            visits,
        }
    }

    /// Counts a visited node.
    pub(super) fn visit(self) -> Result<(), PathError> {
        let visits = self.visits.get() + 1;
        self.visits.set(visits);
        if visits > MAX_VISITS {
            return Err(PathError::Evaluation(format!(
                "The path visits more than {MAX_VISITS} nodes"
            )));
        }
        Ok(())
    }
}
