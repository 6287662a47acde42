//! How a machine is run.

use super::plan::{Plan, StateId};
use crate::history::ErrorData;
use crate::spec::WorkflowType;
use crate::value::{Object, Value};
use std::rc::Rc;

/// How to run.
#[derive(Debug, Clone)]
pub struct Options {
    /// The machine's name.
    pub machine_name: Rc<str>,
    /// The machine's type.
    pub workflow_type: WorkflowType,
    /// AWS's limits on payloads, history and duration hold.
    pub limits: bool,
    /// More transitions than this are taken for an endless loop.
    pub max_transitions: u64,
    /// Keep the events.
    pub history: bool,
    /// Stop once this state has been left, wherever it is left first: in a branch, an iteration or a child execution too.
    pub until: Option<StateId>,
    /// What the context object is, instead of what it would be.
    pub context: Option<Value>,
    /// One state runs alone, as `TestState` runs it.
    pub test_state: Option<TestStateOptions>,
    /// The machines that tasks may start, by the index the world answers with.
    pub children: Vec<ChildMachine>,
}

/// Another machine that a task may start.
#[derive(Debug, Clone)]
pub struct ChildMachine {
    /// Its ARN.
    pub arn: Rc<str>,
    /// It, ready to run.
    pub plan: Rc<Plan>,
    /// Its type.
    pub workflow_type: WorkflowType,
}

/// What surrounds a state that runs alone.
#[derive(Debug, Clone, Default)]
pub struct TestStateOptions {
    /// What a Task, a Parallel or a Map comes to.
    pub mock: Option<Result<Value, ErrorData>>,
    /// The role that the context object names.
    pub role: Option<Rc<str>>,
    /// The variables on entry.
    pub variables: Object,
    /// How often each retrier has been used before.
    pub retries: u32,
    /// How many iterations of a Map have failed.
    pub failed_iterations: usize,
    /// What the `ItemReader` of a Map finds: the text of its object.
    pub reader_data: Option<Rc<str>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            machine_name: "StateMachine".into(),
            workflow_type: WorkflowType::Standard,
            limits: true,
            max_transitions: 1_000_000,
            history: true,
            until: None,
            context: None,
            test_state: None,
            children: Vec::new(),
        }
    }
}
