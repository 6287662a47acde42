//! What a lint run found, and one file for each format it is printed in.

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
    /// What was read there.
    pub source: Arc<SourceFile>,
    /// The state machines the file holds; none where it holds no definition.
    pub machines: Vec<MachineSummary>,
    /// The findings, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings the user's own settings or comments have silenced.
    pub suppressed: usize,
}

/// A state machine in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineSummary {
    /// Its name, where the file gives one (a template's logical id).
    pub name: Option<String>,
    /// Where, as a JSON pointer into the file's data; empty where the whole file is the definition.
    pub pointer: String,
}

/// The figures of a run.
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
    /// Findings silenced by settings or comments.
    pub suppressed: usize,
}

impl Summary {
    /// Count one more file.
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

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// For people: each fault underlined in the file
    #[default]
    Text,
    /// For programs: asl's own, `asl schema lint`
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// Annotations in GitHub Actions
    Github,
    /// `JUnit` XML, for CI systems that show tests
    Junit,
    /// A line for each: path:line:col: severity rule message
    Compact,
    /// What `ValidateStateMachineDefinition` answers
    Aws,
}

/// What a printer must know besides the findings.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// The terminal's abilities.
    pub style: &'a Style,
    /// Every rule there is, for formats that describe them.
    pub rules: &'a [RuleInfo],
    /// Whether the format `aws` lists warnings too; AWS leaves them out unless asked.
    pub aws_warnings: bool,
}

/// Prints one run: `begin` once, `file` for each file in the order of paths, `end` once.
pub trait Printer {
    /// What stands before the first file.
    fn begin(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// One file.
    fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()>;

    /// What stands after the last file.
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

    /// Print a whole run, and say its figures.
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

/// The name and the text of the file that a finding's places lie in.
fn home<'a>(file: &'a FileReport, diagnostic: &'a Diagnostic) -> (&'a str, &'a SourceFile) {
    match &diagnostic.source {
        Some(source) => (source.name(), source),
        None => (&file.path, &file.source),
    }
}

/// A path with the separators of URIs. Elsewhere than on Windows a backslash is a letter like any other.
fn with_slashes(path: &str) -> Cow<'_, str> {
    if cfg!(windows) {
        path.replace('\\', "/").into()
    } else {
        path.into()
    }
}
