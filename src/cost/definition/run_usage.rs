//! The usage of one run of a scope or of one attempt of a state, while it is being computed.

use crate::asl::Machine;
use crate::cost::usage::{self, ChildExecutions, Owner};
use crate::spec::WorkflowType;

/// What one run uses, on average: a run of a scope from its start to its end, or one attempt of a state.
#[derive(Debug)]
pub(super) struct RunUsage {
    /// Probability that it succeeds.
    pub(super) success: f64,
    /// Duration in milliseconds.
    pub(super) ms: f64,
    /// The states inside and how often they are entered, in the order of the text.
    pub(super) states: Vec<StateRun>,
    /// The executions that it starts.
    pub(super) children: Vec<Started>,
    /// State transitions.
    pub(super) transitions: TransitionRange,
    /// The states because of which the transitions have no upper bound.
    pub(super) unbounded: Vec<String>,
    /// The maximum data of all steps that are active at the same time, in kilobytes.
    pub(super) data_kb: f64,
    /// History events.
    pub(super) events: f64,
}

/// The fewest and the most state transitions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TransitionRange {
    /// The fewest; `None` if it can never end.
    pub(super) min: Option<u64>,
    /// The most; `None` if there is no upper bound.
    pub(super) max: Option<u64>,
}

/// How often a state is entered in one run.
#[derive(Debug, Clone)]
pub(super) struct StateRun {
    pub(super) name: String,
    pub(super) pointer: String,
    pub(super) entries: f64,
    pub(super) retries: f64,
    pub(super) starts: f64,
    pub(super) iterations: f64,
    pub(super) ms: f64,
    pub(super) owner: Owner,
}

/// Executions started in one run.
#[derive(Debug, Clone)]
pub(super) struct Started {
    pub(super) count: f64,
    /// The usage of one of them, with a `count` of 1.
    pub(super) each: ChildExecutions,
}

impl Default for RunUsage {
    fn default() -> Self {
        Self {
            success: 1.0,
            ms: 0.0,
            states: Vec::new(),
            children: Vec::new(),
            transitions: TransitionRange::exactly(0),
            unbounded: Vec::new(),
            data_kb: 0.0,
            events: 0.0,
        }
    }
}

impl TransitionRange {
    pub(super) const fn exactly(count: u64) -> Self {
        Self {
            min: Some(count),
            max: Some(count),
        }
    }

    /// The sum. A sum that overflows has no bound.
    pub(super) fn plus(self, other: Self) -> Self {
        let sum = |a: Option<u64>, b: Option<u64>| a?.checked_add(b?);
        Self {
            min: sum(self.min, other.min),
            max: sum(self.max, other.max),
        }
    }
}

impl StateRun {
    pub(super) fn times(mut self, factor: f64) -> Self {
        self.entries *= factor;
        self.retries *= factor;
        self.starts *= factor;
        self.iterations *= factor;
        self.ms *= factor;
        self
    }

    /// The same state in a child execution of a Distributed Map.
    pub(super) fn in_child(mut self, workflow: WorkflowType) -> Self {
        if self.owner == Owner::Execution {
            self.owner = Owner::Child(workflow);
        }
        self
    }

    /// The transitions that are billed if the state machine is of type STANDARD.
    pub(super) fn billed_transitions(&self) -> f64 {
        match self.owner {
            Owner::Child(WorkflowType::Express) => 0.0,
            Owner::Execution | Owner::Child(WorkflowType::Standard) => {
                self.entries + self.retries + self.starts
            }
        }
    }
}

impl Started {
    pub(super) fn times(mut self, factor: f64) -> Self {
        self.count *= factor;
        self
    }
}

/// AWS's estimate of the memory of an Express execution, in megabytes.
pub(super) fn memory_mb(machine: &Machine<'_>, data_kb: f64) -> f64 {
    usage::memory_mb(f64::from(machine.node.span.len()) / 1_000.0, data_kb)
}
