//! Everything outside the machine: the results of tasks and their timing, objects in S3, randomness, and the time.
//!
//! Mocks are one world, a recorded history is another. A run depends on nothing else.

use crate::expr::Randomness;
use crate::history::{ErrorData, TaskResource, Time};
use crate::value::Value;
use std::fmt;
use std::rc::Rc;

/// The environment of an execution.
pub trait World {
    /// When the execution starts.
    fn start_time(&self) -> Time;

    /// The only source of randomness: for ids, tokens, jitter, and expressions.
    fn randomness(&mut self) -> &mut dyn Randomness;

    /// The outcome of an attempt of a task. Called once per attempt, when the task is scheduled.
    fn run_task(&mut self, attempt: &Attempt<'_>) -> Result<TaskOutcome, Error>;

    /// The content of an object in S3; `None` if it does not exist.
    fn object(&mut self, bucket: &str, key: &str) -> Result<Option<Rc<str>>, Error>;

    /// The objects in a bucket whose keys start with a prefix, sorted by key.
    fn list(&mut self, bucket: &str, prefix: &str) -> Result<Vec<Object>, Error>;

    /// An item for the Map of this state, which reads from a bucket in which nothing exists; `None` if there is none to
    /// offer.
    fn sample_item(&mut self, _state: &Rc<str>, _bucket: &str) -> Option<Value> {
        None
    }

    /// Writes an object.
    fn put(&mut self, bucket: &str, key: &str, body: String);
}

/// An attempt of a task.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// The state's name.
    pub state: &'a Rc<str>,
    /// Its `Resource`.
    pub arn: &'a str,
    /// The resource in its events.
    pub resource: &'a TaskResource,
    /// The state's input, after `InputPath`.
    pub input: &'a Value,
    /// The arguments of the task.
    pub arguments: &'a Value,
    /// The role in `Credentials`, with whose permissions the call is made.
    pub role: Option<&'a Value>,
    /// Whether the state belongs to another machine, which a task has started.
    pub is_nested: bool,
    /// Retries before this attempt, since the state was entered.
    pub retries: u32,
}

/// The outcome of an attempt.
#[derive(Debug, Clone)]
pub struct TaskOutcome {
    /// How it ends.
    pub completion: Completion,
    /// Milliseconds from its start to its end.
    pub duration: i64,
    /// The response to the submission of a job or a callback task.
    pub submitted: Option<Value>,
}

/// How an attempt ends.
#[derive(Debug, Clone)]
pub enum Completion {
    /// It returns a result.
    Return(Value),
    /// It fails with an error.
    Throw(ErrorData),
    /// It times out.
    Timeout,
    /// It ends with the execution of another machine, which is simulated too.
    Child(usize),
}

/// An object in a listing.
#[derive(Debug, Clone)]
pub struct Object {
    /// Its key.
    pub key: Rc<str>,
    /// Size in bytes.
    pub size: usize,
    /// Hash of its content.
    pub etag: Rc<str>,
}

/// The reason why a simulation cannot continue: an error in the mocks or a limit of asl, not an error of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What is wrong: one sentence that starts with a lowercase letter and has no final period.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
}

impl Error {
    /// An error without help.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
        }
    }

    /// What to do next.
    #[must_use]
    pub fn help(mut self, words: impl Into<String>) -> Self {
        self.help = Some(words.into());
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
