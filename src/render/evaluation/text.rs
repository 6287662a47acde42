//! An outcome as text: a value on several lines. Everything else belongs on standard error.

use super::outcome::Outcome;
use std::io::{self, Write};

pub(super) fn write(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    match outcome {
        Outcome::Value(value) => writeln!(out, "{}", value.to_json_pretty()),
        Outcome::Undefined | Outcome::Failed(_) => Ok(()),
    }
}
