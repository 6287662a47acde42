//! Output formats of `asl eval`.

mod json;
mod outcome;
mod text;

pub use outcome::{Failure, Outcome};

use std::io::{self, Write};

/// Output formats of `asl eval`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Value on standard output, errors on standard error
    Text,
    /// JSON object: {"value": …}, {"undefined": true}, or {"error": {"code", "message"}}
    Json,
}

impl Format {
    /// Writes the outcome of an evaluation.
    pub fn write(self, outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => text::write(outcome, out),
            Self::Json => json::write(outcome, out),
        }
    }
}
