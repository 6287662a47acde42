//! A definition made ready to run: states are numbers instead of names, templates and conditions are compiled,
//! settings are read. Made once, run any number of times; nothing is parsed or looked up by name during a run.

mod build;
mod condition;

use crate::asl::state::{self, task::TaskSettings};
use crate::expr::jsonata;
use crate::expr::jsonpath::{Path, ReferencePath};
use crate::expr::payload::Template;
use crate::expr::{Fault, intrinsic};
use crate::history::TaskResource;
use crate::source::Span;
use crate::spec::{QueryLanguage, StateType, WorkflowType};
use crate::value::Value;
use std::rc::Rc;

pub use condition::{Condition, Operand, Test};

/// A state, as an index into [`Plan::states`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StateId(pub u32);

/// A `States` object (the machine's, a branch's, a processor's), as an index into [`Plan::scopes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScopeId(pub u32);

/// A machine ready to run.
#[derive(Debug)]
pub struct Plan {
    /// Every state at every depth.
    pub states: Vec<Step>,
    /// Every scope; the machine's own is the first.
    pub scopes: Vec<Scope>,
    /// `TimeoutSeconds` of the machine.
    pub timeout_seconds: Option<i64>,
}

/// One `States` object.
#[derive(Debug)]
pub struct Scope {
    /// What `StartAt` names; `None` where it names no state of the scope.
    pub start: Option<StateId>,
}

/// Where a state goes when it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// To another state of its scope.
    Next(StateId),
    /// The scope ends here.
    End,
    /// The definition says nothing that leads anywhere.
    Nowhere,
}

/// A state made ready.
#[derive(Debug)]
pub struct Step {
    /// Its name.
    pub name: Rc<str>,
    /// Where the name stands in the file.
    pub span: Span,
    /// Its JSON pointer in the machine.
    pub pointer: String,
    /// Its type; an unknown one runs as a Pass, which only `--force` lets happen.
    pub state_type: StateType,
    /// Its query language.
    pub language: QueryLanguage,
    /// Where it goes.
    pub exit: Exit,
    /// The fields that shape its data.
    pub data: DataFlow,
    /// The fields of its type.
    pub kind: Kind,
    /// `Retry`
    pub retry: Vec<Retrier>,
    /// `Catch`
    pub catch: Vec<Catcher>,
}

/// The fields that shape a state's data.
#[derive(Debug)]
pub struct DataFlow {
    /// `InputPath`
    pub input: Select,
    /// `Parameters`, `Arguments`
    pub arguments: Option<Box<Compiled>>,
    /// `ResultSelector`
    pub result_selector: Option<Box<Compiled>>,
    /// `ResultPath`
    pub result: Placement,
    /// `OutputPath`
    pub output_path: Select,
    /// `Output`
    pub output: Option<Box<Compiled>>,
    /// `Assign`
    pub assign: Option<Box<Compiled>>,
}

/// `InputPath` and `OutputPath`.
#[derive(Debug)]
pub enum Select {
    /// Everything: the default.
    Whole,
    /// `null`: an empty object.
    Empty,
    /// What a path selects.
    Path {
        /// The path.
        path: Path,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// The path does not parse.
    Broken(Fault),
}

/// `ResultPath`
#[derive(Debug)]
pub enum Placement {
    /// The result takes the input's place: the default.
    Replace,
    /// `null`: the input goes on, the result is dropped.
    Discard,
    /// The result is put into the input.
    Put(ReferencePath),
    /// The path does not parse or may select several nodes.
    Broken(Fault),
}

/// A payload template, compiled.
#[derive(Debug)]
pub struct Compiled {
    /// The template, or why there is none.
    pub template: Result<Template, Fault>,
    /// Whether it reads the context object.
    pub uses_context: bool,
}

/// A setting that is written down or computed.
#[derive(Debug)]
pub enum Setting {
    /// As written.
    Literal(Value),
    /// By its `…Path` twin.
    Path {
        /// The path.
        path: Path,
        /// The field: `TimeoutSecondsPath`.
        field: &'static str,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// By an intrinsic: `ErrorPath`, `CausePath`.
    Call {
        /// The call.
        call: intrinsic::Call,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// By JSONata.
    Jsonata {
        /// The expression.
        expression: jsonata::Expression,
        /// The field as AWS names it.
        location: Rc<str>,
        /// Whether it reads the context object.
        uses_context: bool,
    },
    /// It does not parse.
    Broken(Fault),
}

/// The fields of a state's type.
#[derive(Debug)]
pub enum Kind {
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
    /// `Resource` as written.
    pub arn: Rc<str>,
    /// What its events name.
    pub resource: Rc<TaskResource>,
    /// What it waits for.
    pub pattern: Pattern,
    /// Who is said to have returned a result that is too large: the function's ARN, `lambda`, `aws-sdk:s3`.
    pub returner: Rc<str>,
    /// `Credentials`
    pub credentials: Option<Box<Compiled>>,
    /// The settings.
    pub settings: TaskSettings<Setting>,
}

/// What a task waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pattern {
    /// The answer.
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
    /// When it is taken.
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
    /// `ItemProcessor`; `None` where there is none that could run.
    pub processor: Option<ScopeId>,
    /// `ItemsPath`
    pub items_path: Option<Setting>,
    /// `Items`
    pub items: Option<Box<Compiled>>,
    /// The expression of an `Items` that is one, which a wrong result is blamed on.
    pub items_expression: Option<jsonata::Expression>,
    /// `ItemSelector`
    pub item_selector: Option<Box<Compiled>>,
    /// `MaxConcurrency`
    pub max_concurrency: Option<Setting>,
    /// What only a Distributed Map has; `None` for an inline one.
    pub distributed: Option<Box<Distributed>>,
}

/// What only a Distributed Map has.
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
    /// Whether it exports: it has a `Resource`.
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
    /// `IntervalSeconds`
    pub interval_seconds: f64,
    /// `MaxAttempts`
    pub max_attempts: u32,
    /// `BackoffRate`
    pub backoff_rate: f64,
    /// `MaxDelaySeconds`
    pub max_delay_seconds: Option<f64>,
    /// `JitterStrategy` is `FULL`.
    pub jitter: bool,
}

/// One element of `Catch`.
#[derive(Debug)]
pub struct Catcher {
    /// `ErrorEquals`
    pub names: Vec<Box<str>>,
    /// `Next`
    pub exit: Exit,
    /// `ResultPath`
    pub result: Placement,
    /// `Assign`
    pub assign: Option<Box<Compiled>>,
    /// `Output`
    pub output: Option<Box<Compiled>>,
}

impl Plan {
    /// A state.
    pub fn state(&self, id: StateId) -> &Step {
        // Ids are made by `build` alone, which numbers the very states of this plan.
        &self.states[id.0 as usize]
    }

    /// A scope.
    pub fn scope(&self, id: ScopeId) -> &Scope {
        // As for `state`.
        &self.scopes[id.0 as usize]
    }

    /// The machine's own scope.
    pub const ROOT: ScopeId = ScopeId(0);

    /// The first state, at any depth, that has a name.
    pub fn find(&self, name: &str) -> Option<StateId> {
        let at = self.states.iter().position(|s| s.name.as_ref() == name)?;
        u32::try_from(at).ok().map(StateId)
    }
}

impl Step {
    /// Its fields, where it is a Task.
    pub fn task(&self) -> Option<&Task> {
        match &self.kind {
            Kind::Task(task) => Some(task),
            _ => None,
        }
    }

    /// Its fields, where it is a Distributed Map.
    pub fn distributed_map(&self) -> Option<(&Map, &Distributed)> {
        match &self.kind {
            Kind::Map(map) => Some((map, map.distributed.as_deref()?)),
            _ => None,
        }
    }
}

impl Setting {
    /// The text of its expression; empty where it is a literal.
    pub fn text(&self) -> &str {
        match self {
            Self::Literal(_) | Self::Broken(_) => "",
            Self::Path { path, .. } => path.text(),
            Self::Call { call, .. } => call.text(),
            Self::Jsonata { expression, .. } => expression.text(),
        }
    }

    /// Whether it reads the context object.
    pub const fn uses_context(&self) -> bool {
        match self {
            Self::Literal(_) | Self::Broken(_) => false,
            Self::Path { uses_context, .. }
            | Self::Call { uses_context, .. }
            | Self::Jsonata { uses_context, .. } => *uses_context,
        }
    }
}
