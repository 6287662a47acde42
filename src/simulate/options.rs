//! Options of a simulation.

use super::plan::{Plan, StateId};
use crate::history::ErrorData;
use crate::spec::WorkflowType;
use crate::value::{Object, Value};
use std::rc::Rc;

/// The default of [`Options::max_payload`].
pub const DEFAULT_MAX_PAYLOAD: usize = 64 << 20;

/// The options of the simulation.
#[derive(Debug, Clone)]
pub struct Options {
    /// The machine's name.
    pub machine_name: Rc<str>,
    /// The type of the machine.
    pub workflow_type: WorkflowType,
    /// Enforce AWS's limits on payloads, history, and duration.
    pub limits: bool,
    /// The maximum number of transitions, to stop infinite loops.
    pub max_transitions: u64,
    /// The maximum size of a payload in bytes, without AWS's limits.
    pub max_payload: usize,
    /// The maximum number of recorded events.
    pub max_events: u64,
    /// Record the events of the history.
    pub record_events: bool,
    /// Stop when this state is left for the first time, even in a branch, an iteration, or a child execution.
    pub until: Option<StateId>,
    /// Overrides the context object.
    pub context: Option<Value>,
    /// Run a single state, as `TestState` does.
    pub test_state: Option<TestStateOptions>,
    /// The machines that tasks can start, by the index in [`super::world::Completion::Child`].
    pub children: Vec<ChildMachine>,
}

/// A machine that a task can start.
#[derive(Debug, Clone)]
pub struct ChildMachine {
    /// Its ARN.
    pub arn: Rc<str>,
    /// The machine, ready to run.
    pub plan: Rc<Plan>,
    /// Its type.
    pub workflow_type: WorkflowType,
}

/// The environment of a state that `TestState` runs.
#[derive(Debug, Clone, Default)]
pub struct TestStateOptions {
    /// The mocked result or error of a Task, a Parallel, or a Map.
    pub mock: Option<Result<Value, ErrorData>>,
    /// The execution role in the context object.
    pub role: Option<Rc<str>>,
    /// The variables on entry.
    pub variables: Object,
    /// The number of retries that each retrier has already made.
    pub retries: u32,
    /// The number of failed iterations of a Map.
    pub failed_iterations: usize,
    /// The text of the object that the `ItemReader` of a Map reads.
    pub reader_data: Option<Rc<str>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            machine_name: "StateMachine".into(),
            workflow_type: WorkflowType::Standard,
            limits: true,
            max_transitions: 1_000_000,
            max_payload: DEFAULT_MAX_PAYLOAD,
            max_events: 1_000_000,
            record_events: true,
            until: None,
            context: None,
            test_state: None,
            children: Vec::new(),
        }
    }
}
