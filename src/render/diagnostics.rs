//! Reports of findings, with a file for each output format.

mod alone;
mod aws;
mod compact;
mod github;
mod json;
mod junit;
mod line_index;
mod patch;
mod printer;
mod report;
mod sarif;
mod text;

pub use alone::write_findings;
pub use patch::write_patch;
pub use printer::Printer;
pub use report::{FileReport, Fixable, Fixes, MachineSummary, Summary};

use crate::render::printable::Notation;
use crate::render::rules::RuleInfo;
use crate::render::style::Style;
use std::io::{self, Write};

/// An output format for findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Each finding with an excerpt of the file
    #[default]
    Text,
    /// JSON, described by asl schema lint
    Json,
    /// SARIF 2.1.0 for code scanning
    Sarif,
    /// Annotations for GitHub Actions
    Github,
    /// JUnit XML for CI systems
    Junit,
    /// One line per finding: path:line:col: severity rule message
    Compact,
    /// The response of ValidateStateMachineDefinition
    Aws,
}

/// The settings of a printer.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The style of the terminal.
    pub style: &'a Style,
    /// All rules, for formats that describe them.
    pub rules: &'a [RuleInfo],
    /// Whether the format `aws` includes warnings, which AWS only reports on request.
    pub aws_warnings: bool,
    /// Whether the format `text` prints all findings that give the same advice.
    pub lists_all_advice: bool,
}

impl Format {
    /// How characters that must not be printed raw are written.
    pub const fn notation(self) -> Notation {
        match self {
            Self::Json | Self::Sarif | Self::Aws => Notation::Json,
            _ => Notation::Symbol,
        }
    }

    /// The printer of this format.
    pub fn printer<'a>(self, settings: Settings<'a>) -> Box<dyn Printer + 'a> {
        match self {
            Self::Text => Box::new(text::Text::new(
                settings.style,
                settings
                    .rules
                    .iter()
                    .filter(|rule| rule.is_advice && !settings.lists_all_advice),
            )),
            Self::Json => Box::new(json::Json::default()),
            Self::Sarif => Box::new(sarif::Sarif::new(settings.rules)),
            Self::Github => Box::new(github::Github),
            Self::Junit => Box::new(junit::Junit::default()),
            Self::Compact => Box::new(compact::Compact),
            Self::Aws => Box::new(aws::Aws::new(settings.aws_warnings)),
        }
    }

    /// Prints a whole run and returns its totals.
    pub fn write(
        self,
        files: &[FileReport],
        settings: Settings<'_>,
        out: &mut dyn Write,
    ) -> io::Result<Summary> {
        let mut printer = self.printer(settings);
        let mut summary = Summary::default();
        printer.begin(out)?;
        for file in files {
            summary.add(file);
            printer.file(file, out)?;
        }
        printer.end(&summary, out)?;
        Ok(summary)
    }
}
