//! An outcome as JSON.

use super::outcome::{Failure, Outcome};
use crate::value::{Object, Value};
use std::io::{self, Write};

pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    match outcome {
        Outcome::Value(value) => writeln!(out, "{{\"value\":{value}}}"),
        Outcome::Undefined => writeln!(out, "{{\"undefined\":true}}"),
        Outcome::Failed(failure) => writeln!(out, "{}", error(failure)),
    }
}

fn error(failure: &Failure) -> Value {
    let mut error = vec![
        ("code", Value::from(failure.code.as_str())),
        ("message", failure.message.as_str().into()),
    ];
    if let Some((_, range)) = &failure.place {
        error.push(("start", offset(range.start)));
        error.push(("end", offset(range.end)));
    }
    let error = error.into_iter().map(|(key, value)| (key.into(), value));
    Value::from([("error", Value::object(error.collect::<Object>()))])
}

fn offset(offset: usize) -> Value {
    i64::try_from(offset).unwrap_or(i64::MAX).into()
}
