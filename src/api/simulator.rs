//! Simulation of a definition, and the results of its executions.

use super::definition;
use super::error::{Error, findings};
use crate::document::Syntax;
use crate::expr::Randomness;
use crate::history::{ErrorData, Status, Time};
use crate::simulate::mocks::{DEFAULT_START, MockedWorld, Mocks, Settings, Unmocked, read, unknown};
use crate::simulate::world::{Attempt, Completion, Object, TaskOutcome, World};
use crate::simulate::{self, Options, Plan};
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use crate::user_file;
use serde_json::Value;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// Runs a definition as `asl simulate` does: on a virtual clock, without calling any service.
///
/// ```
/// # fn main() -> Result<(), aslkit::Error> {
/// let definition = r#"{
///   "StartAt": "Charge",
///   "States": {"Charge": {
///     "Type": "Task",
///     "Resource": "arn:aws:lambda:us-east-1:123456789012:function:charge",
///     "End": true
///   }}
/// }"#;
/// let simulator = aslkit::Simulator::new("order.asl.json", definition)?
///     .mocks("mocks.yaml", "states: {Charge: {return: {paid: true}}}")?;
/// let execution = simulator.run(&serde_json::json!({"total": 12}))?;
/// assert_eq!(execution.output, Some(serde_json::json!({"paid": true})));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Simulator {
    plan: Rc<Plan>,
    options: Options,
    mocks: Mocks,
    seed: u64,
    start: Time,
}

/// An execution that has ended.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Execution {
    /// How it ended.
    pub status: Status,
    /// Its output, if it succeeded.
    pub output: Option<Value>,
    /// The name of its error, if it failed and the error has a name.
    pub error: Option<String>,
    /// The cause of its error, if it has one.
    pub cause: Option<String>,
    /// The names of the states that it entered at the top level, in order.
    pub states: Vec<String>,
    /// Its state transitions at every depth, task retries included.
    pub transitions: u64,
    /// From its start to its end, on the virtual clock.
    pub duration: Duration,
}

/// An attempt of a task that needs a result.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TaskCall<'a> {
    /// The name of the state.
    pub state: &'a str,
    /// Its `Resource`.
    pub resource: &'a str,
    /// The effective input, after `Parameters` or `Arguments`.
    pub arguments: Value,
    /// How often this visit of the state has been retried before.
    pub retries: u32,
}

/// The error with which an attempt of a task fails.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TaskError {
    /// The name that `ErrorEquals` matches, such as `States.TaskFailed`.
    pub error: String,
    /// The cause, which may be empty.
    pub cause: String,
}

impl Simulator {
    /// Reads a definition, or a template that contains one. Fails if AWS would reject it.
    pub fn new(name: &str, text: &str) -> Result<Self, Error> {
        definition::with_machine(name, text, WorkflowType::Standard, |machine, workflow_type| {
            Ok(Self {
                plan: Rc::new(Plan::new(machine)),
                options: Options {
                    workflow_type,
                    ..Options::default()
                },
                mocks: Mocks::default(),
                seed: 0,
                start: Time::parse(DEFAULT_START).unwrap_or_default(),
            })
        })
    }

    /// Sets the type of the state machine.
    #[must_use]
    pub fn workflow_type(mut self, workflow_type: WorkflowType) -> Self {
        self.options.workflow_type = workflow_type;
        self
    }

    /// Sets the seed of random numbers, jitter and generated ids, which is 0 otherwise.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Sets when executions start, as RFC 3339 text with an offset.
    pub fn start_time(mut self, text: &str) -> Result<Self, Error> {
        self.start = Time::parse(text).ok_or_else(|| Error::InvalidTimestamp(text.to_owned()))?;
        Ok(self)
    }

    /// Reads the results of tasks, in the format that `asl schema mocks` describes. Objects and child workflows that the
    /// mocks keep in files of their own are not read.
    pub fn mocks(mut self, name: &str, text: &str) -> Result<Self, Error> {
        let source = Arc::new(SourceFile::new(name, text));
        let syntax = Syntax::from_path(Path::new(name)).unwrap_or_else(|| Syntax::sniff(text));
        let invalid = |errors| Error::InvalidMocks(findings(errors, &source));
        let root = user_file::read(Arc::clone(&source), syntax).map_err(invalid)?;
        let no_files = &mut |_: &str| Err("the library does not read files".to_owned());
        self.mocks = read(&root, no_files).map_err(invalid)?;
        let unknown = unknown(&root, &[&self.plan]);
        if !unknown.is_empty() {
            return Err(invalid(unknown));
        }
        Ok(self)
    }

    /// Runs an execution with the mocks. A task without a mock returns its effective input.
    pub fn run(&self, input: &Value) -> Result<Execution, Error> {
        self.run_in(input, &mut self.world())
    }

    /// Runs an execution whose tasks are answered by a function.
    ///
    /// ```
    /// # fn main() -> Result<(), aslkit::Error> {
    /// # let definition = r#"{"StartAt": "Charge", "States": {"Charge": {"Type": "Task", "End": true,
    /// #   "Resource": "arn:aws:lambda:us-east-1:123456789012:function:charge"}}}"#;
    /// let simulator = aslkit::Simulator::new("order.asl.json", definition)?;
    /// let execution = simulator.run_with(&serde_json::json!({"total": 12}), |task| {
    ///     Err(aslkit::TaskError {
    ///         error: "Card.Declined".to_owned(),
    ///         cause: format!("{} was declined", task.arguments["total"]),
    ///     })
    /// })?;
    /// assert_eq!(execution.error.as_deref(), Some("Card.Declined"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn run_with(
        &self,
        input: &Value,
        callback: impl FnMut(TaskCall<'_>) -> Result<Value, TaskError>,
    ) -> Result<Execution, Error> {
        let rest = self.world();
        self.run_in(input, &mut CallbackWorld { callback, rest })
    }

    fn world(&self) -> MockedWorld<'_> {
        MockedWorld::new(
            &self.mocks,
            Settings {
                seed: self.seed,
                start: self.start,
            },
            Unmocked::Echo,
        )
    }

    fn run_in(&self, input: &Value, world: &mut dyn World) -> Result<Execution, Error> {
        let execution = simulate::run(&self.plan, input.into(), world, &self.options)
            .map_err(|error| Error::Simulation(error.to_string()))?;
        let name = |&id: &simulate::StateId| self.plan.state(id).name.to_string();
        let millis = execution.stop.since(execution.start);
        Ok(Execution {
            status: execution.status,
            output: execution.output.as_ref().map(Value::from),
            error: execution.error.error.as_deref().map(str::to_owned),
            cause: execution.error.cause.as_deref().map(str::to_owned),
            states: execution.path.iter().map(name).collect(),
            transitions: execution.transitions,
            duration: Duration::from_millis(millis.try_into().unwrap_or_default()),
        })
    }
}

/// A world in which a callback provides the results of tasks; everything else comes from the mocks.
struct CallbackWorld<'m, F> {
    callback: F,
    rest: MockedWorld<'m>,
}

impl<F: FnMut(TaskCall<'_>) -> Result<Value, TaskError>> World for CallbackWorld<'_, F> {
    fn start_time(&self) -> Time {
        self.rest.start_time()
    }

    fn randomness(&mut self) -> &mut dyn Randomness {
        self.rest.randomness()
    }

    fn run_task(&mut self, attempt: &Attempt<'_>) -> Result<TaskOutcome, simulate::Error> {
        let result = (self.callback)(TaskCall {
            state: attempt.state,
            resource: attempt.arn,
            arguments: attempt.arguments.into(),
            retries: attempt.retries,
        });
        let completion = match result {
            Ok(result) => Completion::Return(result.into()),
            Err(TaskError { error, cause }) => Completion::Throw(ErrorData {
                error: Some(error.into()),
                cause: Some(cause).filter(|cause| !cause.is_empty()).map(Into::into),
            }),
        };
        Ok(TaskOutcome {
            completion,
            duration: 0,
            submitted: None,
        })
    }

    fn object(&mut self, bucket: &str, key: &str) -> Result<Option<Rc<str>>, simulate::Error> {
        self.rest.object(bucket, key)
    }

    fn list(&mut self, bucket: &str, prefix: &str) -> Result<Vec<Object>, simulate::Error> {
        self.rest.list(bucket, prefix)
    }

    fn sample_item(&mut self, state: &Rc<str>, bucket: &str) -> Option<crate::value::Value> {
        self.rest.sample_item(state, bucket)
    }

    fn put(&mut self, bucket: &str, key: &str, body: String) {
        self.rest.put(bucket, key, body);
    }
}
