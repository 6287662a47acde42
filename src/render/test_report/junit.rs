//! `JUnit` XML. Source: the schema that Jenkins publishes for its xUnit plugin (junit-10.xsd).

use super::report::{CaseReport, CaseStatus, LocatedFailure, Report, Settings};
use crate::render::xml::Escaped;
use std::io::{self, Write};
use std::time::Duration;

/// Writes a run.
pub(super) fn write(report: &Report, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
    let total = report.summary();
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    let took = report
        .suites
        .iter()
        .flat_map(|suite| &suite.cases)
        .map(|case| case.took)
        .sum();
    writeln!(
        out,
        r#"<testsuites name="asl test" tests="{}" failures="{}" errors="{}"{}>"#,
        total.cases,
        total.failed,
        total.errors,
        time(took, settings)
    )?;
    for suite in &report.suites {
        let counts = suite.summary();
        let took = suite.cases.iter().map(|case| case.took).sum();
        let path = Escaped(&suite.path);
        writeln!(
            out,
            r#"  <testsuite name="{path}" tests="{}" failures="{}" errors="{}" skipped="{}"{}>"#,
            counts.cases,
            counts.failed,
            counts.errors,
            counts.skipped,
            time(took, settings)
        )?;
        for case in &suite.cases {
            write!(
                out,
                r#"    <testcase classname="{path}" name="{}"{}"#,
                Escaped(&case.name),
                time(case.took, settings)
            )?;
            inner(case, out)?;
        }
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

/// The wall time in seconds, which differs from run to run.
fn time(took: Duration, settings: Settings) -> String {
    if settings.has_timings {
        format!(r#" time="{:.3}""#, took.as_secs_f64())
    } else {
        String::new()
    }
}

fn inner(case: &CaseReport, out: &mut dyn Write) -> io::Result<()> {
    match case.status {
        CaseStatus::Passed => writeln!(out, "/>"),
        CaseStatus::Skipped => {
            let reason = case.note.as_deref().unwrap_or_default();
            writeln!(
                out,
                ">\n      <skipped message=\"{}\"/>\n    </testcase>",
                Escaped(reason)
            )
        }
        CaseStatus::Failed | CaseStatus::Error => {
            let tag = if case.status == CaseStatus::Failed {
                "failure"
            } else {
                "error"
            };
            writeln!(out, ">")?;
            for located in &case.failures {
                failure(tag, located, out)?;
            }
            writeln!(out, "    </testcase>")
        }
    }
}

fn failure(tag: &str, located: &LocatedFailure, out: &mut dyn Write) -> io::Result<()> {
    let failure = &located.failure;
    let at = located.source.position(failure.span.start);
    let mut text = format!(
        "{}:{}:{}: {}",
        located.source.name(),
        at.line,
        at.column,
        failure.message
    );
    for (key, json) in [("expected", &failure.expected), ("got", &failure.got)] {
        if let Some(json) = json {
            push_fmt!(text, "\n{key}: {json}");
        }
    }
    if let Some(help) = &failure.help {
        push_fmt!(text, "\nhelp: {help}");
    }
    writeln!(
        out,
        r#"      <{tag} type="{}" message="{}">{}</{tag}>"#,
        failure.expectation,
        Escaped(&failure.message),
        Escaped(&text)
    )
}
