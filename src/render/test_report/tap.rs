//! The Test Anything Protocol. Source: <https://testanything.org/tap-version-14-specification.html>.

use super::report::{CaseReport, CaseStatus, Report};
use crate::render::visible::one_line;
use crate::value::push_string;
use std::io::{self, Write};

/// Writes a run.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let summary = report.summary();
    writeln!(out, "TAP version 14\n1..{}", summary.cases)?;
    let mut number = 0;
    for suite in &report.suites {
        for case in &suite.cases {
            number += 1;
            let sign = if case.status.is_failure() { "not ok" } else { "ok" };
            let name = escaped(&format!("{}: {}", suite.path, case.name));
            write!(out, "{sign} {number} - {name}")?;
            if case.status == CaseStatus::Skipped {
                write!(
                    out,
                    " # SKIP {}",
                    one_line(case.note.as_deref().unwrap_or_default())
                )?;
            }
            writeln!(out)?;
            if !case.failures.is_empty() {
                diagnostics(case, out)?;
            }
        }
    }
    Ok(())
}

/// The failures as a YAML block.
fn diagnostics(case: &CaseReport, out: &mut dyn Write) -> io::Result<()> {
    let mut text = String::from("  ---\n");
    push_fmt!(
        text,
        "  severity: {}\n  failures:\n",
        if case.status == CaseStatus::Error {
            "error"
        } else {
            "fail"
        }
    );
    for located in &case.failures {
        let failure = &located.failure;
        let at = located.source.position(failure.span.start);
        text.push_str("    - message: ");
        push_string(&failure.message, &mut text);
        push_fmt!(text, "\n      expectation: {}\n      at: ", failure.expectation);
        push_string(
            &format!("{}:{}:{}", located.source.name(), at.line, at.column),
            &mut text,
        );
        text.push('\n');
        for (key, json) in [("wanted", &failure.expected), ("found", &failure.got)] {
            if let Some(json) = json {
                push_fmt!(text, "      {key}: {json}\n");
            }
        }
    }
    text.push_str("  ...\n");
    out.write_all(text.as_bytes())
}

/// A description: `#` would start a directive.
fn escaped(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('#', "\\#")
}
