//! The data that the output formats print.

use crate::diagnostic::{Diagnostic, Severity};
use crate::render::style::Style;
use crate::source::SourceFile;
use crate::suite::Failure;
use serde::Serialize;
use std::sync::Arc;
use std::time::Duration;

/// Options of the output.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The capabilities of the terminal.
    pub style: Style,
    /// Whether the text lists every case.
    pub is_verbose: bool,
    /// Whether `JUnit` contains wall times.
    pub has_timings: bool,
    /// The wall time of the run, for the text.
    pub took: Option<Duration>,
}

/// A run of suites.
#[derive(Debug, Default)]
pub struct Report {
    /// The suites, in the order of their paths.
    pub suites: Vec<SuiteReport>,
    /// The number of cases that did not run because an earlier one failed.
    pub not_run: usize,
    /// The member `coverage` of the JSON report, if it was requested.
    pub coverage: Option<String>,
}

/// The cases of a suite that ran.
#[derive(Debug)]
pub struct SuiteReport {
    /// The path of the suite.
    pub path: String,
    /// The machine as the suite names it.
    pub machine: String,
    /// The text of the suite.
    pub source: Arc<SourceFile>,
    /// The cases, in the order of the suite.
    pub cases: Vec<CaseReport>,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseStatus {
    /// Every expectation was met.
    Passed,
    /// An expectation was not met.
    Failed,
    /// The case could not be run.
    Error,
    /// The case was skipped.
    Skipped,
}

/// A case that ran.
#[derive(Debug)]
pub struct CaseReport {
    /// Its name.
    pub name: String,
    /// How it ended.
    pub status: CaseStatus,
    /// Milliseconds of virtual time.
    pub duration_ms: i64,
    /// Why it failed.
    pub failures: Vec<LocatedFailure>,
    /// The timeline of a run that failed.
    pub timeline: Option<String>,
    /// The reason for which it was skipped, or that its snapshot was written.
    pub note: Option<String>,
    /// The command that runs this case alone.
    pub rerun: String,
    /// The wall time.
    pub took: Duration,
}

/// An expectation that was not met, with its file.
#[derive(Debug)]
pub struct LocatedFailure {
    /// The expectation.
    pub failure: Failure,
    /// The file of its place.
    pub source: Arc<SourceFile>,
    /// The JSON pointer of its place.
    pub pointer: String,
}

/// The totals of a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// All cases.
    pub cases: usize,
    /// Those that passed.
    pub passed: usize,
    /// Those that failed.
    pub failed: usize,
    /// Those that could not be run.
    pub errors: usize,
    /// Those that were skipped.
    pub skipped: usize,
}

impl Report {
    /// The totals.
    pub fn summary(&self) -> Summary {
        let mut total = Summary::default();
        for suite in &self.suites {
            total.add(suite);
        }
        total
    }
}

impl SuiteReport {
    /// Its totals.
    pub(super) fn summary(&self) -> Summary {
        let mut total = Summary::default();
        total.add(self);
        total
    }
}

impl Summary {
    fn add(&mut self, suite: &SuiteReport) {
        for case in &suite.cases {
            self.cases += 1;
            *match case.status {
                CaseStatus::Passed => &mut self.passed,
                CaseStatus::Failed => &mut self.failed,
                CaseStatus::Error => &mut self.errors,
                CaseStatus::Skipped => &mut self.skipped,
            } += 1;
        }
    }

    /// Whether no case failed or had an error.
    pub const fn is_success(&self) -> bool {
        self.failed == 0 && self.errors == 0
    }
}

impl CaseStatus {
    /// The name in reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Error => "error",
            Self::Skipped => "skipped",
        }
    }

    /// Whether the case counts as failed.
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Failed | Self::Error)
    }
}

impl LocatedFailure {
    /// The failure as a finding in its file.
    pub(super) fn diagnostic(&self) -> Diagnostic {
        let failure = &self.failure;
        Diagnostic {
            pointer: self.pointer.clone(),
            help: failure.help.clone().map(Into::into),
            ..Diagnostic::new(
                failure.expectation,
                Severity::Error,
                failure.message.clone(),
                failure.span,
            )
        }
    }
}
