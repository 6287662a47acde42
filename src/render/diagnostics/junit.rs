//! `JUnit` XML: a suite for each file, a case for each finding.
//!
//! Only errors fail their case, as only errors fail the run; other findings are passing cases with output. A file without
//! findings is a single passing case.

use super::line_index::LineIndex;
use super::printer::Printer;
use super::report::{FileReport, Summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::junit::{self, text};
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::io::{self, Write};

/// The report, which is written at the end because its start tag contains the totals.
pub(super) struct Junit(Report);

impl Default for Junit {
    fn default() -> Self {
        Self(Report::new("asl lint"))
    }
}

impl Printer for Junit {
    fn file(&mut self, file: &FileReport, _out: &mut dyn Write) -> io::Result<()> {
        let mut suite = TestSuite::new(text(&file.path));
        if file.diagnostics.is_empty() {
            suite.add_test_case(case(file, "no findings", TestCaseStatus::success()));
        }
        let here = LineIndex::new(&file.source);
        for diagnostic in &file.diagnostics {
            suite.add_test_case(finding(file, diagnostic, here));
        }
        self.0.add_test_suite(suite);
        Ok(())
    }

    fn end(&mut self, _summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        junit::write(&self.0, out)
    }
}

fn case(file: &FileReport, name: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(text(name), status);
    case.set_classname(text(&file.path));
    case
}

fn finding(file: &FileReport, diagnostic: &Diagnostic, here: LineIndex<'_>) -> TestCase {
    let (path, source) = file.file_of(diagnostic);
    let start = match diagnostic.source {
        None => here.at(diagnostic.span.start),
        Some(_) => LineIndex::new(source).at(diagnostic.span.start),
    };
    let (rule, line, column) = (diagnostic.rule, start.line, start.column);
    let severity = diagnostic.severity.as_str();
    let message = &diagnostic.message;
    let mut details = format!("{path}:{line}:{column}: {severity} {rule} {message}");
    if let Some(help) = &diagnostic.help {
        push_fmt!(details, "\nhelp: {help}");
    }
    let name = format!("{rule} at {line}:{column}");
    match diagnostic.severity {
        Severity::Error => {
            let mut failed = TestCaseStatus::non_success(NonSuccessKind::Failure);
            failed.set_type(rule);
            failed.set_message(text(message));
            failed.set_description(text(&details));
            case(file, &name, failed)
        }
        Severity::Warning | Severity::Info => {
            let mut case = case(file, &name, TestCaseStatus::success());
            case.set_system_out(text(&details));
            case
        }
    }
}
