//! JSON, described by `schemas/test-report.schema.json`. Each case is on a separate line.

use super::report::{CaseReport, LocatedFailure, Report, SuiteReport};
use crate::source::Position;
use crate::value::push_string;
use std::io::{self, Write};

/// Incremented with every incompatible change of the format.
const VERSION: u32 = 1;

/// Writes a run.
pub(super) fn write(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let mut text = format!("{{\"version\":{VERSION},\"suites\":[");
    for (at, suite) in report.suites.iter().enumerate() {
        text.push_str(if at > 0 { ",\n" } else { "\n" });
        push_suite(suite, &mut text);
    }
    text.push_str(if report.suites.is_empty() {
        "],\"summary\":"
    } else {
        "\n],\"summary\":"
    });
    text.push_str(&serde_json::to_string(&report.summary())?);
    if let Some(coverage) = &report.coverage {
        text.push_str(",\"coverage\":");
        text.push_str(coverage);
    }
    text.push_str("}\n");
    out.write_all(text.as_bytes())
}

fn push_suite(suite: &SuiteReport, text: &mut String) {
    push_text("{\"path\":", &suite.path, text);
    push_text(",\"machine\":", &suite.machine, text);
    text.push_str(",\"cases\":[");
    for (at, case) in suite.cases.iter().enumerate() {
        text.push_str(if at > 0 { ",\n" } else { "\n" });
        push_case(suite, case, text);
    }
    text.push_str("]}");
}

fn push_case(suite: &SuiteReport, case: &CaseReport, text: &mut String) {
    push_text("{\"name\":", &case.name, text);
    push_text(",\"status\":", case.status.as_str(), text);
    push_fmt!(text, ",\"duration_ms\":{},\"failures\":[", case.duration_ms);
    for (at, failure) in case.failures.iter().enumerate() {
        text.push_str(if at > 0 { "," } else { "" });
        push_failure(suite, failure, text);
    }
    text.push(']');
    if let Some(note) = &case.note {
        push_text(",\"note\":", note, text);
    }
    text.push('}');
}

fn push_failure(suite: &SuiteReport, located: &LocatedFailure, text: &mut String) {
    let failure = &located.failure;
    push_text("{\"expectation\":", failure.expectation, text);
    push_text(",\"message\":", &failure.message, text);
    text.push_str(",\"location\":{");
    if located.source.name() != suite.source.name() {
        push_text("\"path\":", located.source.name(), text);
        text.push(',');
    }
    push_text("\"pointer\":", &located.pointer, text);
    for (key, offset) in [("start", failure.span.start), ("end", failure.span.end)] {
        let Position { line, column } = located.source.position(offset);
        push_fmt!(
            text,
            ",\"{key}\":{{\"line\":{line},\"column\":{column},\"offset\":{offset}}}"
        );
    }
    text.push('}');
    if let Some(help) = &failure.help {
        push_text(",\"help\":", help, text);
    }
    for (key, json) in [("expected", &failure.expected), ("got", &failure.got)] {
        if let Some(json) = json {
            push_fmt!(text, ",\"{key}\":{json}");
        }
    }
    text.push('}');
}

fn push_text(key: &str, value: &str, text: &mut String) {
    text.push_str(key);
    push_string(value, text);
}
