//! What a run found: the findings of each file, and the totals.

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceFile;
use std::borrow::Cow;
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

impl FileReport {
    /// The name and the text of the file that contains a finding.
    pub(super) fn file_of<'a>(&'a self, diagnostic: &'a Diagnostic) -> (&'a str, &'a SourceFile) {
        match &diagnostic.source {
            Some(source) => (source.name(), source),
            None => (&self.path, &self.source),
        }
    }
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
    /// What fixes did, if they were applied.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub fixes: Option<Fixes>,
    /// What fixes would do.
    #[serde(skip)]
    pub fixable: Fixable,
}

/// The numbers of findings with a fix that could be applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fixable {
    /// Findings that `--fix` would fix.
    pub safe: usize,
    /// Findings that only `--unsafe-fixes` would fix.
    pub guesses: usize,
}

impl Fixable {
    /// A sentence, if there are any.
    pub fn sentence(self) -> Option<String> {
        match (self.safe, self.guesses) {
            (0, 0) => None,
            (safe, 0) => Some(format!("{safe} fixable with `--fix`.")),
            (0, guesses) => Some(format!("{guesses} fixable with `--unsafe-fixes`.")),
            (safe, guesses) => Some(format!(
                "{safe} fixable with `--fix`, {guesses} more with `--unsafe-fixes`."
            )),
        }
    }
}

/// The totals of applying fixes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Fixes {
    /// Findings that were fixed.
    pub fixed: usize,
    /// Findings that `--unsafe-fixes` would fix, too.
    pub unsafe_fixable: usize,
}

impl Fixes {
    /// A sentence; `verb` is "fixed" or "would be fixed".
    pub fn sentence(self, verb: &str) -> String {
        let more = match self.unsafe_fixable {
            0 => String::new(),
            count => format!(", {count} more with `--unsafe-fixes`"),
        };
        format!("{} {verb}{more}.", self.fixed)
    }
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

/// A path with the separators of URIs. Only on Windows is a backslash a separator.
pub(super) fn with_slashes(path: &str) -> Cow<'_, str> {
    if cfg!(windows) {
        path.replace('\\', "/").into()
    } else {
        path.into()
    }
}
