//! Everything outside the machine: what tasks answer and when, objects in S3, randomness, the time.
//!
//! Mocks are one world, a recorded history another. Nothing else in a run can differ between two machines.

use crate::expr::Randomness;
use crate::history::{ErrorData, TaskResource, Time};
use crate::value::Value;
use std::fmt;
use std::rc::Rc;

/// The outside, as an execution meets it.
pub trait World {
    /// When the execution starts.
    fn start_time(&self) -> Time;

    /// The one source of randomness: ids, tokens, jitter, the expressions' own.
    fn randomness(&mut self) -> &mut dyn Randomness;

    /// What an attempt of a task comes to. Asked once per attempt, when the task is scheduled.
    fn answer(&mut self, attempt: &Attempt<'_>) -> Result<Answer, Error>;

    /// An object of S3; `None` where there is none.
    fn object(&mut self, bucket: &str, key: &str) -> Result<Option<Rc<str>>, Error>;

    /// The objects of a bucket whose keys begin with a prefix, by key.
    fn list(&mut self, bucket: &str, prefix: &str) -> Result<Vec<Object>, Error>;

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
    /// What its events name.
    pub resource: &'a TaskResource,
    /// The state's input, after `InputPath`.
    pub input: &'a Value,
    /// What the task is called with.
    pub arguments: &'a Value,
    /// Retries before this attempt, in this visit of the state.
    pub retries: u32,
}

/// What an attempt comes to.
#[derive(Debug, Clone)]
pub struct Answer {
    /// How it ends.
    pub end: End,
    /// Milliseconds from its start to its end.
    pub duration: i64,
    /// The answer to the submission of a job or of a callback task.
    pub submitted: Option<Value>,
}

/// How an attempt ends.
#[derive(Debug, Clone)]
pub enum End {
    /// With a result.
    Return(Value),
    /// With an error.
    Throw(ErrorData),
    /// Not before its time runs out.
    Timeout,
    /// As the execution of another machine ends, which this run simulates too.
    Child(usize),
}

/// An object as a listing shows it.
#[derive(Debug, Clone)]
pub struct Object {
    /// Its key.
    pub key: Rc<str>,
    /// Bytes.
    pub size: usize,
    /// The hash of its body.
    pub etag: Rc<str>,
}

/// Why a simulation cannot go on: a fault of the mocks or of asl's limits, none of the machine's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What is wrong, one sentence without a full stop.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
}

impl Error {
    /// Error without advice.
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
