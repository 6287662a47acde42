//! `JUnit` XML for Jenkins, GitLab, and others: a suite for each file, a case for each finding. Source: the schema that
//! Jenkins publishes for its xUnit plugin (junit-10.xsd).
//!
//! Only errors fail their case, as only errors fail the run; other findings are passing cases with output. A file without
//! findings is a single passing case.

use super::place::Places;
use super::printer::Printer;
use super::report::{FileReport, Summary};
use crate::diagnostic::{Diagnostic, Severity};
use crate::render::xml::Escaped;
use std::io::{self, Write};

/// The suites, which are buffered because the start tag of the root contains the totals.
#[derive(Default)]
pub(super) struct Junit {
    suites: Vec<u8>,
    tests: usize,
}

impl Printer for Junit {
    fn file(&mut self, file: &FileReport, _out: &mut dyn Write) -> io::Result<()> {
        let path = Escaped(&file.path);
        let tests = file.diagnostics.len().max(1);
        let failures = file
            .diagnostics
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .count();
        self.tests += tests;
        let out = &mut self.suites;
        writeln!(
            out,
            r#"  <testsuite name="{path}" tests="{tests}" failures="{failures}" errors="0">"#
        )?;
        if file.diagnostics.is_empty() {
            writeln!(out, r#"    <testcase classname="{path}" name="no findings"/>"#)?;
        }
        let here = Places::new(&file.source);
        for diagnostic in &file.diagnostics {
            case(file, diagnostic, here, out)?;
        }
        writeln!(out, "  </testsuite>")
    }

    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        let (tests, failures) = (self.tests, summary.errors);
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(
            out,
            r#"<testsuites name="asl lint" tests="{tests}" failures="{failures}" errors="0">"#
        )?;
        out.write_all(&self.suites)?;
        writeln!(out, "</testsuites>")
    }
}

fn case(file: &FileReport, diagnostic: &Diagnostic, here: Places<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let (path, source) = file.home(diagnostic);
    let start = match diagnostic.source {
        None => here.at(diagnostic.span.start),
        Some(_) => Places::new(source).at(diagnostic.span.start),
    };
    let (rule, line, column) = (diagnostic.rule, start.line, start.column);
    let severity = diagnostic.severity.as_str();
    let (suite, path, message) = (Escaped(&file.path), Escaped(path), Escaped(&diagnostic.message));
    let (tag, attributes) = match diagnostic.severity {
        Severity::Error => ("failure", format!(r#" type="{rule}" message="{message}""#)),
        Severity::Warning | Severity::Info => ("system-out", String::new()),
    };
    let name = format_args!("{rule} at {line}:{column}");
    writeln!(out, r#"    <testcase classname="{suite}" name="{name}">"#)?;
    write!(
        out,
        "      <{tag}{attributes}>{path}:{line}:{column}: {severity} {rule} {message}"
    )?;
    if let Some(help) = &diagnostic.help {
        write!(out, "&#10;help: {}", Escaped(help))?;
    }
    writeln!(out, "</{tag}>\n    </testcase>")
}
