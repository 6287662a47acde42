//! What a state machine costs, and one file for each format it is printed in.

mod csv;
mod json;
mod markdown;
mod report;
mod text;

use crate::render::style::Style;
use std::io::{self, Write};

pub use report::{Budget, Other, Report};

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs; `asl schema estimate` describes it
    Json,
    /// For spreadsheets
    Csv,
    /// For pull requests
    Markdown,
}

/// Writes reports, in order.
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
