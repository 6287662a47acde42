//! The marks on a graph: what an execution did, findings of lint, and changes since an older definition.

use crate::diagnostic::Severity;
use crate::history::{ErrorData, Visit};
use petgraph::graph::NodeIndex;
use std::sync::Arc;

/// The difference of a state or transition from an older definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It does not exist in the older definition.
    Added,
    /// It exists in the older definition only.
    Removed,
    /// It exists in both definitions with different content.
    Changed,
}

impl Change {
    /// The word that reports print.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// The marks of a node.
#[derive(Debug, Default)]
pub struct NodeMark<'d> {
    /// The difference from the older definition.
    pub change: Option<Change>,
    /// The findings in the state, in source order.
    pub findings: Vec<Finding>,
    /// The activity of the execution, or of all test cases; `None` if neither is shown.
    pub activity: Option<Activity<'d>>,
    /// The test cases that reach the state; `None` if no coverage is shown.
    pub cases: Option<Vec<Arc<str>>>,
}

/// A lint finding.
#[derive(Debug)]
pub struct Finding {
    /// Its severity.
    pub severity: Severity,
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
}

/// The activity of an execution in a state.
#[derive(Debug, Default, Clone)]
pub struct Activity<'d> {
    /// Number of visits.
    pub entries: u64,
    /// Number of retries.
    pub retries: u64,
    /// Total time in milliseconds; 0 for states that contain other states.
    pub ms: u64,
    /// The error of the last failed attempt.
    pub error: Option<&'d ErrorData>,
    /// Whether the execution failed in this state.
    pub is_failure: bool,
}

/// A visit of a state of the graph.
#[derive(Debug)]
pub struct StateVisit<'d> {
    /// The state's node.
    pub node: NodeIndex,
    /// The enclosing visit, as an index into the graph's visits; always an earlier one.
    pub parent: Option<usize>,
    /// The index of the item, if the innermost enclosing state is a Map.
    pub item: Option<usize>,
    /// The visit in the trace.
    pub visit: Visit<'d>,
    /// The error, if the execution failed in this visit.
    pub failure: Option<&'d ErrorData>,
}

/// The marks of a transition.
#[derive(Debug, Default, Clone, Copy)]
pub struct EdgeMark {
    /// The difference from the older definition.
    pub change: Option<Change>,
    /// Number of times it was taken; `None` if no execution is shown.
    pub taken: Option<u64>,
}
