//! A compiled state, ready to run.

use super::condition::Condition;
use super::data::{Compiled, DataFlow, Placement, Setting};
use super::ids::{Exit, ScopeId};
use crate::asl;
use crate::asl::semantics::backoff::Backoff;
use crate::asl::state::{self, task::TaskSettings};
use crate::expr::jsonata;
use crate::history::TaskResource;
use crate::source::Span;
use crate::spec::{QueryLanguage, StateType, WorkflowType};
use crate::value::Value;
use std::rc::Rc;

/// A compiled state.
#[derive(Debug)]
pub struct State {
    /// Its name.
    pub name: Rc<str>,
    /// The location of the name in the file.
    pub span: Span,
    /// The JSON pointer of the machine that contains it.
    pub scope: Rc<str>,
    /// Its type; an unknown type runs as a Pass, which requires `--force`.
    pub state_type: StateType,
    /// Its query language.
    pub language: QueryLanguage,
    /// The next state.
    pub exit: Exit,
    /// The fields that shape its data.
    pub data: DataFlow,
    /// The fields of its state type.
    pub kind: StateKind,
    /// `Retry`
    pub retry: Vec<Retrier>,
    /// `Catch`
    pub catch: Vec<Catcher>,
}

impl State {
    /// Its JSON pointer in the outermost machine.
    pub fn pointer(&self) -> String {
        asl::state_pointer(&self.scope, &self.name)
    }
}

/// The fields of a state type.
#[derive(Debug)]
pub enum StateKind {
    /// `Pass`, with its `Result`.
    Pass(Option<Value>),
    /// `Task`
    Task(Box<Task>),
    /// `Choice`
    Choice(Box<Choice>),
    /// `Wait`
    Wait(Box<Wait>),
    /// `Succeed`
    Succeed,
    /// `Fail`
    Fail(Box<Fail>),
    /// `Parallel`, with its branches.
    Parallel(Vec<ScopeId>),
    /// `Map`
    Map(Box<Map>),
}

/// A Task's fields.
#[derive(Debug)]
pub struct Task {
    /// `Resource`.
    pub arn: Rc<str>,
    /// The resource in its events.
    pub resource: Rc<TaskResource>,
    /// The integration pattern.
    pub pattern: Pattern,
    /// The name of the resource in the error for a result that is too large: a function's ARN, `lambda`, `aws-sdk:s3`.
    pub result_source: Rc<str>,
    /// `Credentials`
    pub credentials: Option<Box<Compiled>>,
    /// The settings.
    pub settings: TaskSettings<Setting>,
}

/// An integration pattern: what a task waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// The response.
    RequestResponse,
    /// The end of the job.
    Sync,
    /// A callback with the token.
    Token,
    /// A worker.
    Activity,
}

/// A Choice's fields.
#[derive(Debug)]
pub struct Choice {
    /// `Choices`
    pub rules: Vec<Rule>,
    /// `Default`
    pub default: Exit,
}

/// One element of `Choices`.
#[derive(Debug)]
pub struct Rule {
    /// The condition.
    pub condition: Condition,
    /// Whether the condition reads the context object.
    pub uses_context: bool,
    /// `Next`
    pub exit: Exit,
    /// `Assign`
    pub assign: Option<Box<Compiled>>,
    /// `Output`
    pub output: Option<Box<Compiled>>,
}

/// A Wait's fields.
pub type Wait = state::Wait<Setting>;

/// A Fail's fields.
pub type Fail = state::Fail<Setting>;

/// A Map's fields.
#[derive(Debug)]
pub struct Map {
    /// `ItemProcessor`; `None` if there is none to run.
    pub processor: Option<ScopeId>,
    /// `ItemsPath`
    pub items_path: Option<Setting>,
    /// `Items`
    pub items: Option<Box<Compiled>>,
    /// The expression of `Items`, for error messages.
    pub items_expression: Option<jsonata::Expression>,
    /// `ItemSelector`
    pub item_selector: Option<Box<Compiled>>,
    /// `MaxConcurrency`
    pub max_concurrency: Option<Setting>,
    /// The fields of a Distributed Map; `None` for an inline Map.
    pub distributed: Option<Box<Distributed>>,
}

/// The fields of a Distributed Map.
#[derive(Debug)]
pub struct Distributed {
    /// `ProcessorConfig.ExecutionType`: the type of its child workflows.
    pub workflow_type: WorkflowType,
    /// `Label`, or one made from the state's name.
    pub label: Rc<str>,
    /// `ToleratedFailureCount`
    pub tolerated_count: Option<Setting>,
    /// `ToleratedFailurePercentage`
    pub tolerated_percentage: Option<Setting>,
    /// `ItemReader`
    pub reader: Option<Reader>,
    /// `ItemBatcher`
    pub batcher: Option<Batcher>,
    /// `ResultWriter`
    pub writer: Option<Writer>,
}

/// An `ItemReader`.
#[derive(Debug)]
pub struct Reader {
    /// `Resource` ends in `listObjectsV2`.
    pub lists_objects: bool,
    /// `Parameters`, `Arguments`
    pub arguments: Option<Box<Compiled>>,
    /// `ReaderConfig`, as written.
    pub config: Value,
    /// `MaxItems`
    pub max_items: Option<Setting>,
}

/// An `ItemBatcher`.
#[derive(Debug)]
pub struct Batcher {
    /// `MaxItemsPerBatch`
    pub max_items: Option<Setting>,
    /// `MaxInputBytesPerBatch`
    pub max_bytes: Option<Setting>,
    /// `BatchInput`
    pub input: Option<Box<Compiled>>,
}

/// A `ResultWriter`.
#[derive(Debug)]
pub struct Writer {
    /// Whether it exports the results: it has a `Resource`.
    pub exports: bool,
    /// `Parameters`, `Arguments`
    pub arguments: Option<Box<Compiled>>,
    /// `WriterConfig`, as written.
    pub config: Value,
}

/// One element of `Retry`.
#[derive(Debug)]
pub struct Retrier {
    /// `ErrorEquals`
    pub names: Vec<Box<str>>,
    /// The delays before retries.
    pub backoff: Backoff,
}

/// One element of `Catch`.
#[derive(Debug)]
pub struct Catcher {
    /// `ErrorEquals`
    pub names: Vec<Box<str>>,
    /// `Next`
    pub exit: Exit,
    /// `ResultPath`
    pub result_path: Placement,
    /// `Assign`
    pub assign: Option<Box<Compiled>>,
    /// `Output`
    pub output: Option<Box<Compiled>>,
}

impl State {
    /// The fields of a Task.
    pub fn task(&self) -> Option<&Task> {
        match &self.kind {
            StateKind::Task(task) => Some(task),
            _ => None,
        }
    }

    /// The fields of a Distributed Map.
    pub fn distributed_map(&self) -> Option<(&Map, &Distributed)> {
        match &self.kind {
            StateKind::Map(map) => Some((map, map.distributed.as_deref()?)),
            _ => None,
        }
    }
}
