//! Events and their details.
//!
//! Source: API reference, `HistoryEvent`; order and fields as recorded on AWS.

use super::time::Time;
use crate::spec::StateType;
use crate::value::{Object, Value};
use std::rc::Rc;

/// The events of one execution, in order; the ids run from 1 without gaps.
pub type History = Vec<Event>;

/// An event of an execution.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its id, from 1.
    pub id: u64,
    /// The id of the event it follows from; 0 for none.
    pub previous: u64,
    /// The time.
    pub time: Time,
    /// The type and its details.
    pub kind: EventKind,
}

/// The error and cause of an event; either may be missing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorData {
    /// The error's name.
    pub error: Option<Rc<str>>,
    /// Its cause.
    pub cause: Option<Rc<str>>,
}

/// The resource of a task, by the family of its events.
#[derive(Debug, PartialEq, Eq)]
pub enum TaskResource {
    /// A Lambda function specified by its ARN: `LambdaFunction…` events.
    Lambda {
        /// The ARN.
        arn: Rc<str>,
    },
    /// An activity: `Activity…` events.
    Activity {
        /// The ARN.
        arn: Rc<str>,
    },
    /// An integration: `Task…` events.
    Service {
        /// `sqs`, `aws-sdk:dynamodb`
        resource_type: Rc<str>,
        /// `sendMessage.waitForTaskToken`
        resource: Rc<str>,
    },
}

/// The details of a scheduled task.
#[derive(Debug)]
pub struct Scheduled {
    /// The called resource.
    pub resource: Rc<TaskResource>,
    /// `parameters`, `input`
    pub input: Value,
    /// `timeoutInSeconds`
    pub timeout: Option<i64>,
    /// `heartbeatInSeconds`
    pub heartbeat: Option<i64>,
    /// `taskCredentials`
    pub role: Option<Value>,
}

/// An expression that failed.
#[derive(Debug)]
pub struct Evaluation {
    /// `state`
    pub state: Rc<str>,
    /// `error`, `cause`
    pub data: ErrorData,
    /// `location`
    pub location: Option<Rc<str>>,
}

/// Event types with their details. Task events of all families are one variant each:
/// `TaskFailed`, `LambdaFunctionFailed`, and `ActivityFailed` differ in the resource only.
#[derive(Debug, Clone)]
pub enum EventKind {
    /// `ExecutionStarted`
    ExecutionStarted {
        /// `input`
        input: Value,
    },
    /// `ExecutionSucceeded`
    ExecutionSucceeded {
        /// `output`
        output: Value,
    },
    /// `ExecutionFailed`
    ExecutionFailed(Rc<ErrorData>),
    /// `ExecutionTimedOut`
    ExecutionTimedOut(Rc<ErrorData>),
    /// `ExecutionAborted`
    ExecutionAborted(Rc<ErrorData>),
    /// `ExecutionRedriven`: the execution had ended, and continues with its unsuccessful states.
    ExecutionRedriven {
        /// `redriveCount`
        count: u64,
    },
    /// `PassStateEntered`, `TaskStateEntered`, …
    StateEntered {
        /// The state's type, `Pass`.
        state_type: StateType,
        /// `name`
        name: Rc<str>,
        /// `input`
        input: Value,
    },
    /// `PassStateExited`, `TaskStateExited`, …
    StateExited {
        /// The state's type, `Pass`.
        state_type: StateType,
        /// `name`
        name: Rc<str>,
        /// `output`
        output: Value,
        /// `assignedVariables`
        assigned: Option<Rc<Object>>,
    },
    /// `TaskStateAborted`, `WaitStateAborted`, `ParallelStateAborted`, `MapStateAborted`
    StateAborted {
        /// The state's type, `Task`.
        state_type: StateType,
    },
    /// `TaskScheduled`, `LambdaFunctionScheduled`, `ActivityScheduled`
    TaskScheduled(Rc<Scheduled>),
    /// `TaskStarted`, `LambdaFunctionStarted`, `ActivityStarted`
    TaskStarted {
        /// The called resource.
        resource: Rc<TaskResource>,
        /// `workerName` of an activity.
        worker: Option<Rc<str>>,
    },
    /// `TaskSubmitted`
    TaskSubmitted {
        /// The called resource.
        resource: Rc<TaskResource>,
        /// `output`
        output: Value,
    },
    /// `TaskSucceeded`, `LambdaFunctionSucceeded`, `ActivitySucceeded`
    TaskSucceeded {
        /// The called resource.
        resource: Rc<TaskResource>,
        /// `output`
        output: Value,
    },
    /// `TaskFailed`, `LambdaFunctionFailed`, `ActivityFailed`
    TaskFailed {
        /// The called resource.
        resource: Rc<TaskResource>,
        /// `error`, `cause`
        data: Rc<ErrorData>,
    },
    /// `TaskTimedOut`, `LambdaFunctionTimedOut`, `ActivityTimedOut`
    TaskTimedOut {
        /// The called resource.
        resource: Rc<TaskResource>,
        /// `error`, `cause`
        data: Rc<ErrorData>,
    },
    /// `EvaluationFailed`
    EvaluationFailed(Rc<Evaluation>),
    /// `ParallelStateStarted`
    ParallelStateStarted,
    /// `ParallelStateSucceeded`
    ParallelStateSucceeded,
    /// `ParallelStateFailed`
    ParallelStateFailed,
    /// `MapStateStarted`
    MapStateStarted {
        /// `length`: number of items, 0 if an `ItemReader` provides them.
        length: usize,
    },
    /// `MapStateSucceeded`
    MapStateSucceeded,
    /// `MapStateFailed`
    MapStateFailed,
    /// `MapIterationStarted`
    MapIterationStarted {
        /// `name`, of the Map.
        name: Rc<str>,
        /// `index`
        index: usize,
    },
    /// `MapIterationSucceeded`
    MapIterationSucceeded {
        /// `name`, of the Map.
        name: Rc<str>,
        /// `index`
        index: usize,
    },
    /// `MapIterationFailed`
    MapIterationFailed {
        /// `name`, of the Map.
        name: Rc<str>,
        /// `index`
        index: usize,
    },
    /// `MapIterationAborted`
    MapIterationAborted {
        /// `name`, of the Map.
        name: Rc<str>,
        /// `index`
        index: usize,
    },
    /// `MapRunStarted`
    MapRunStarted {
        /// `mapRunArn`
        arn: Rc<str>,
    },
    /// `MapRunRedriven`: a redrive continues the unsuccessful executions of a Map Run.
    MapRunRedriven {
        /// `mapRunArn`
        arn: Rc<str>,
        /// `redriveCount`
        count: u64,
    },
    /// `MapRunSucceeded`
    MapRunSucceeded,
    /// `MapRunFailed`
    MapRunFailed(Rc<ErrorData>),
}

impl ErrorData {
    /// An error without a name and a cause.
    pub const UNKNOWN: Self = Self {
        error: None,
        cause: None,
    };
}

impl TaskResource {
    /// The prefix of its event types.
    pub const fn family(&self) -> &'static str {
        match self {
            Self::Lambda { .. } => "LambdaFunction",
            Self::Activity { .. } => "Activity",
            Self::Service { .. } => "Task",
        }
    }
}

impl EventKind {
    /// The two parts of AWS's name for the type: a prefix (a state's type, a task's family, or nothing) and the
    /// rest.
    pub fn type_parts(&self) -> (&'static str, &'static str) {
        match self {
            Self::ExecutionStarted { .. } => ("", "ExecutionStarted"),
            Self::ExecutionSucceeded { .. } => ("", "ExecutionSucceeded"),
            Self::ExecutionFailed(_) => ("", "ExecutionFailed"),
            Self::ExecutionTimedOut(_) => ("", "ExecutionTimedOut"),
            Self::ExecutionAborted(_) => ("", "ExecutionAborted"),
            Self::ExecutionRedriven { .. } => ("", "ExecutionRedriven"),
            Self::StateEntered { state_type, .. } => (state_type.as_str(), "StateEntered"),
            Self::StateExited { state_type, .. } => (state_type.as_str(), "StateExited"),
            Self::StateAborted { state_type } => (state_type.as_str(), "StateAborted"),
            Self::TaskScheduled(scheduled) => (scheduled.resource.family(), "Scheduled"),
            Self::TaskStarted { resource, .. } => (resource.family(), "Started"),
            Self::TaskSubmitted { resource, .. } => (resource.family(), "Submitted"),
            Self::TaskSucceeded { resource, .. } => (resource.family(), "Succeeded"),
            Self::TaskFailed { resource, .. } => (resource.family(), "Failed"),
            Self::TaskTimedOut { resource, .. } => (resource.family(), "TimedOut"),
            Self::EvaluationFailed(_) => ("", "EvaluationFailed"),
            Self::ParallelStateStarted => ("", "ParallelStateStarted"),
            Self::ParallelStateSucceeded => ("", "ParallelStateSucceeded"),
            Self::ParallelStateFailed => ("", "ParallelStateFailed"),
            Self::MapStateStarted { .. } => ("", "MapStateStarted"),
            Self::MapStateSucceeded => ("", "MapStateSucceeded"),
            Self::MapStateFailed => ("", "MapStateFailed"),
            Self::MapIterationStarted { .. } => ("", "MapIterationStarted"),
            Self::MapIterationSucceeded { .. } => ("", "MapIterationSucceeded"),
            Self::MapIterationFailed { .. } => ("", "MapIterationFailed"),
            Self::MapIterationAborted { .. } => ("", "MapIterationAborted"),
            Self::MapRunStarted { .. } => ("", "MapRunStarted"),
            Self::MapRunRedriven { .. } => ("", "MapRunRedriven"),
            Self::MapRunSucceeded => ("", "MapRunSucceeded"),
            Self::MapRunFailed(_) => ("", "MapRunFailed"),
        }
    }

    /// AWS's name for the type: `TaskStateEntered`, `LambdaFunctionScheduled`.
    pub fn type_name(&self) -> String {
        let (prefix, rest) = self.type_parts();
        [prefix, rest].concat()
    }
}
