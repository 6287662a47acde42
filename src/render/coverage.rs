//! Reports of coverage, with a file for each output format.

mod cobertura;
mod html;
mod json;
mod lcov;
mod lines;
mod measured;
mod text;

pub use html::write as write_html;
pub use json::{Document, document};
pub use measured::Measured;
pub use text::write as write_text;

use crate::coverage::Coverage;
use crate::render::printable::Notation;
use crate::render::style::Style;
use std::io::{self, Write};

/// Output formats of coverage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Percentages and uncovered items, after the test report
    #[default]
    Text,
    /// JSON, as in the field coverage of the test report
    Json,
    /// LCOV tracefile
    Lcov,
    /// Cobertura XML
    Cobertura,
    /// HTML page with the graph of each state machine
    Html,
}

impl Format {
    /// How characters that must not be printed raw are written.
    pub const fn notation(self) -> Notation {
        match self {
            Self::Json => Notation::Json,
            _ => Notation::Symbol,
        }
    }

    /// Writes the coverage of machines.
    pub fn write(self, machines: &[Measured<'_>], style: &Style, out: &mut dyn Write) -> io::Result<()> {
        let coverages: Vec<&Coverage> = machines.iter().map(|measured| measured.coverage).collect();
        match self {
            Self::Text => text::write(&coverages, *style, out),
            Self::Json => {
                serde_json::to_writer_pretty(&mut *out, &document(&coverages))?;
                writeln!(out)
            }
            Self::Lcov => lcov::write(&coverages, out),
            Self::Cobertura => cobertura::write(&coverages, out),
            Self::Html => html::write(machines, style, out),
        }
    }
}
