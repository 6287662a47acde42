//! Output formats of `asl eval`: the value of an expression, or why it has none.

use crate::value::{Object, Value};
use std::io::{self, Write};
use std::ops::Range;

/// Output formats of `asl eval`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Value on standard output, errors on standard error
    Text,
    /// JSON object: {"value": …}, {"undefined": true}, or {"error": {"code", "message"}}
    Json,
}

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

impl Format {
    /// Writes an outcome. As text only a value is written; the rest belongs on standard error.
    pub fn write(self, outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
        match (self, outcome) {
            (Self::Text, Outcome::Value(value)) => writeln!(out, "{}", value.to_json_pretty()),
            (Self::Text, Outcome::Undefined | Outcome::Failed(_)) => Ok(()),
            (Self::Json, Outcome::Value(value)) => writeln!(out, "{{\"value\":{value}}}"),
            (Self::Json, Outcome::Undefined) => writeln!(out, "{{\"undefined\":true}}"),
            (Self::Json, Outcome::Failed(failure)) => writeln!(out, "{}", failure.to_json()),
        }
    }
}

impl Failure {
    fn to_json(&self) -> Value {
        let mut error = vec![
            ("code", Value::from(self.code.as_str())),
            ("message", self.message.as_str().into()),
        ];
        if let Some((_, range)) = &self.place {
            error.push(("start", offset(range.start)));
            error.push(("end", offset(range.end)));
        }
        let error = error.into_iter().map(|(key, value)| (key.into(), value));
        Value::from([("error", Value::object(error.collect::<Object>()))])
    }
}

fn offset(offset: usize) -> Value {
    i64::try_from(offset).unwrap_or(i64::MAX).into()
}
