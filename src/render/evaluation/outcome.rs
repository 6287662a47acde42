//! The outcome of an evaluation.

use crate::value::Value;
use std::ops::Range;

/// How an evaluation ended.
#[derive(Debug)]
pub enum Outcome {
    /// With a value.
    Value(Value),
    /// Without one: the result of a JSONata expression is undefined.
    Undefined,
    /// With an error.
    Failed(Failure),
}

/// The error of an evaluation, or of the text to evaluate.
#[derive(Debug)]
pub struct Failure {
    /// An error name of Step Functions, a code of JSONata, or, in lowercase, one of asl.
    pub code: String,
    /// A sentence.
    pub message: String,
    /// The text, and the bytes of the error in it.
    pub place: Option<(String, Range<usize>)>,
    /// What to do next.
    pub help: Option<String>,
}

impl Outcome {
    /// With this error.
    pub fn failed(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Failed(Failure {
            code: code.into(),
            message: message.into(),
            place: None,
            help: None,
        })
    }

    /// With the place of the error in the text.
    #[must_use]
    pub fn at(mut self, text: &str, range: Range<usize>) -> Self {
        if let Self::Failed(failure) = &mut self {
            failure.place = Some((text.to_owned(), range));
        }
        self
    }

    /// With what to do next.
    #[must_use]
    pub fn help(mut self, help: Option<&str>) -> Self {
        if let Self::Failed(failure) = &mut self {
            failure.help = help.map(str::to_owned);
        }
        self
    }
}
