//! Output of cost estimates, with one file for each format.

mod csv;
mod json;
mod markdown;
mod report;
mod text;

use crate::render::printable::Notation;
use crate::render::style::Style;
use std::io::{self, Write};

pub use report::{Budget, Comparison, Report};

/// Output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Tables and text for the terminal
    Text,
    /// JSON, described by asl schema estimate
    Json,
    /// One figure per line, for spreadsheets
    Csv,
    /// Tables for pull requests
    Markdown,
}

impl Format {
    /// How characters that must not be printed raw are written.
    pub const fn notation(self) -> Notation {
        match self {
            Self::Json => Notation::Json,
            _ => Notation::Symbol,
        }
    }
}

/// Writes the reports in order.
pub fn write(
    reports: &[Report<'_>],
    budget: Option<Budget>,
    format: Format,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    match format {
        Format::Text => text::write(reports, budget, style, out),
        Format::Json => json::write(reports, budget, out),
        Format::Csv => csv::write(reports, out),
        Format::Markdown => markdown::write(reports, budget, out),
    }
}
