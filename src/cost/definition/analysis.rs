//! The state of the analysis, and what it learns about scopes.

use crate::asl::{Machine, State};
use crate::cost::assumptions::{Assumptions, Setting};
use crate::cost::usage::{self, Basis, Children, Owner};
use crate::spec::WorkflowType;
use indexmap::IndexMap;

/// The figures of one run through a scope.
#[derive(Debug, Default)]
pub(super) struct Scope {
    /// How likely it ends well.
    pub(super) success: f64,
    /// How long it takes, in milliseconds.
    pub(super) ms: f64,
    /// Its states and those inside them, in the order of the text.
    pub(super) states: Vec<Entry>,
    /// The executions it starts.
    pub(super) children: Vec<Started>,
    /// The fewest transitions; none where it cannot end.
    pub(super) min: Option<u64>,
    /// The most; none where there is no bound.
    pub(super) max: Option<u64>,
    /// The states that leave it without a bound.
    pub(super) unbounded: Vec<String>,
    /// The data of all steps that may be in flight at once, in kilobytes.
    pub(super) width_kb: f64,
    /// Events in the history.
    pub(super) events: f64,
}

/// How often a state is entered in a run through some scope around it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) pointer: String,
    pub(super) entries: f64,
    pub(super) retries: f64,
    pub(super) starts: f64,
    pub(super) iterations: f64,
    pub(super) ms: f64,
    pub(super) owner: Owner,
}

/// Executions started in a run through some scope.
#[derive(Debug, Clone)]
pub(super) struct Started {
    pub(super) count: f64,
    /// The usage of one of them, with a `count` of 1.
    pub(super) each: Children,
}

/// The walk through the machine and the assumptions it makes on its way.
pub(super) struct Analysis<'a> {
    pub(super) assumptions: &'a Assumptions,
    pub(super) assumed: IndexMap<(&'static str, String, Basis), Vec<String>>,
}

impl Entry {
    pub(super) fn times(mut self, factor: f64) -> Self {
        self.entries *= factor;
        self.retries *= factor;
        self.starts *= factor;
        self.iterations *= factor;
        self.ms *= factor;
        self
    }

    /// The same, in a child execution of a Distributed Map.
    pub(super) fn of_child(mut self, workflow: WorkflowType) -> Self {
        if self.owner == Owner::Execution {
            self.owner = Owner::Child(workflow);
        }
        self
    }

    /// The transitions that are billed for it.
    pub(super) fn transitions(&self) -> f64 {
        match self.owner {
            Owner::Child(WorkflowType::Express) => 0.0,
            Owner::Execution | Owner::Child(WorkflowType::Standard) => {
                self.entries + self.retries + self.starts
            }
        }
    }
}

/// AWS's estimate of an Express execution's memory, in megabytes.
pub(super) fn memory_mb(machine: &Machine<'_>, width_kb: f64) -> f64 {
    usage::memory_mb(f64::from(machine.node.span.len()) / 1_000.0, width_kb)
}

impl Analysis<'_> {
    /// Writes an assumption down, and passes its value on.
    pub(super) fn assume<T>(
        &mut self,
        what: &'static str,
        shown: String,
        setting: Setting<T>,
        state: &State<'_>,
    ) -> T {
        let states = self.assumed.entry((what, shown, setting.basis)).or_default();
        states.push(state.name.as_str().to_owned());
        setting.value
    }
}
