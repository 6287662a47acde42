//! Reports of test runs, with a file for each output format.

mod github;
mod json;
mod junit;
mod list;
mod report;
mod tap;
mod text;

pub use list::{Listed, write_list};
pub use report::{CaseReport, CaseStatus, LocatedFailure, Report, Settings, SuiteReport, Summary};

use crate::render::printable::Notation;
use std::io::{self, Write};

/// Output formats of `asl test`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// Failed cases with the expectation, a diff, and the timeline of the run
    Text,
    /// JSON, described by asl schema test-report
    Json,
    /// JUnit XML for CI systems
    Junit,
    /// Test Anything Protocol, version 14
    Tap,
    /// Annotations for GitHub Actions
    Github,
}

impl Format {
    /// How characters that must not be printed raw are written.
    pub const fn notation(self) -> Notation {
        match self {
            Self::Json => Notation::Json,
            _ => Notation::Symbol,
        }
    }

    /// Writes a run.
    pub fn write(self, report: &Report, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Text => text::write(report, settings, out),
            Self::Json => json::write(report, out),
            Self::Junit => junit::write(report, settings, out),
            Self::Tap => tap::write(report, out),
            Self::Github => github::write(report, settings.style, out),
        }
    }
}
