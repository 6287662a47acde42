//! What is to be seen on a graph beside the definition: what an execution did, what lint found, what has changed.

use crate::diagnostic::Severity;
use crate::history::{ErrorData, Visit};
use petgraph::graph::NodeIndex;

/// How a state or a transition differs from an older definition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The older definition does not have it.
    Added,
    /// Only the older definition has it.
    Removed,
    /// Both have the state, and it says something else.
    Changed,
}

impl Change {
    /// As reports print it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

/// What is marked on a node.
#[derive(Debug, Default)]
pub struct NodeMark<'d> {
    /// How it differs from the older definition.
    pub change: Option<Change>,
    /// What lint found in it, in the order of the text.
    pub findings: Vec<Finding>,
    /// What the execution did in it; none where no execution is shown.
    pub activity: Option<Activity<'d>>,
}

/// A finding of lint.
#[derive(Debug)]
pub struct Finding {
    /// How grave it is.
    pub severity: Severity,
    /// The rule's name.
    pub rule: &'static str,
    /// What is wrong.
    pub message: String,
}

/// What an execution did in a state.
#[derive(Debug, Default, Clone)]
pub struct Activity<'d> {
    /// How often it entered.
    pub entries: u64,
    /// How often work was tried again.
    pub retries: u64,
    /// How long it was in it, in milliseconds; nothing where it holds other states.
    pub ms: u64,
    /// What the last attempt failed with, if it failed.
    pub error: Option<&'d ErrorData>,
    /// The execution ended here, in failure.
    pub is_failure: bool,
}

/// A visit of a state of the graph.
#[derive(Debug)]
pub struct StateVisit<'d> {
    /// The state's node.
    pub node: NodeIndex,
    /// The visit that it is inside of, by its index in the graph's; always an earlier one.
    pub parent: Option<usize>,
    /// The item that it is for, where the innermost state around it is a Map.
    pub item: Option<usize>,
    /// What happened in it.
    pub visit: Visit<'d>,
    /// What the execution failed with in it, where it ended here.
    pub failure: Option<&'d ErrorData>,
}

/// What is marked on a transition.
#[derive(Debug, Default, Clone, Copy)]
pub struct EdgeMark {
    /// How it differs from the older definition.
    pub change: Option<Change>,
    /// How often the execution took it; none where no execution is shown.
    pub taken: Option<u64>,
}
