//! Reports of findings, with a file for each output format.

mod alone;
mod aws;
mod compact;
mod github;
mod json;
mod junit;
mod place;
mod sarif;
mod text;

pub use alone::write_findings;

use crate::diagnostic::{Diagnostic, Severity};
use crate::render::rules::RuleInfo;
use crate::render::style::Style;
use crate::source::SourceFile;
use std::borrow::Cow;
use std::io::{self, Write};
use std::sync::Arc;

/// One file under report.
#[derive(Debug, Clone)]
pub struct FileReport {
    /// The path as it was given or found.
    pub path: String,
    /// The text of the file.
    pub source: Arc<SourceFile>,
    /// The state machines in the file.
    pub machines: Vec<MachineSummary>,
    /// The findings, sorted by location.
    pub diagnostics: Vec<Diagnostic>,
    /// The number of findings that comments suppress.
    pub suppressed: usize,
}

/// A state machine in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineSummary {
    /// Its name (the logical ID in a template), if it has one.
    pub name: Option<String>,
    /// Its location as a JSON pointer; empty if the whole file is the definition.
    pub pointer: String,
}

/// The totals of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Summary {
    /// Files read.
    pub files: usize,
    /// State machines found in them.
    pub machines: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
    /// Findings that comments suppress.
    pub suppressed: usize,
}

impl Summary {
    /// Adds a file.
    pub fn add(&mut self, file: &FileReport) {
        self.files += 1;
        self.machines += file.machines.len();
        self.suppressed += file.suppressed;
        for diagnostic in &file.diagnostics {
            match diagnostic.severity {
                Severity::Error => self.errors += 1,
                Severity::Warning => self.warnings += 1,
                Severity::Info => self.infos += 1,
            }
        }
    }

    /// Findings of all severities.
    pub const fn findings(&self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

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
}

/// Prints one run: `begin` once, `file` for each file in order, `end` once.
pub trait Printer {
    /// Prints what precedes the first file.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Prints one file.
    fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()>;

    /// Prints what follows the last file.
    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()>;
}

impl Format {
    /// The printer of this format.
    pub fn printer<'a>(self, settings: Settings<'a>) -> Box<dyn Printer + 'a> {
        match self {
            Self::Text => Box::new(text::Text::new(settings.style)),
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

/// The name and the text of the file that contains a finding.
fn home<'a>(file: &'a FileReport, diagnostic: &'a Diagnostic) -> (&'a str, &'a SourceFile) {
    match &diagnostic.source {
        Some(source) => (source.name(), source),
        None => (&file.path, &file.source),
    }
}

/// A path with the separators of URIs. Only on Windows is a backslash a separator.
fn with_slashes(path: &str) -> Cow<'_, str> {
    if cfg!(windows) {
        path.replace('\\', "/").into()
    } else {
        path.into()
    }
}
