//! `JUnit` XML: a suite for each suite, a case for each case. Several failures of a case are one failure with all messages.

use super::report::{CaseReport, CaseStatus, LocatedFailure, Report, Settings};
use crate::render::junit::{self, text};
use quick_junit::{NonSuccessKind, TestCase, TestCaseStatus, TestSuite};
use std::io::{self, Write};
use std::time::Duration;

/// Writes a run. Wall times differ from run to run, so they are optional.
pub(super) fn write(report: &Report, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
    let mut all = quick_junit::Report::new("asl test");
    let mut total = Duration::ZERO;
    for suite in &report.suites {
        let mut cases = TestSuite::new(text(&suite.path));
        let mut took = Duration::ZERO;
        for case in &suite.cases {
            let mut written = TestCase::new(text(&case.name), status(case));
            written.set_classname(text(&suite.path));
            if settings.has_timings {
                written.set_time(case.took);
            }
            took += case.took;
            cases.add_test_case(written);
        }
        if settings.has_timings {
            cases.set_time(took);
        }
        total += took;
        all.add_test_suite(cases);
    }
    if settings.has_timings {
        all.set_time(total);
    }
    junit::write(&all, out)
}

fn status(case: &CaseReport) -> TestCaseStatus {
    let kind = match case.status {
        CaseStatus::Passed => return TestCaseStatus::success(),
        CaseStatus::Skipped => {
            let mut skipped = TestCaseStatus::skipped();
            skipped.set_message(text(case.note.as_deref().unwrap_or_default()));
            return skipped;
        }
        CaseStatus::Failed => NonSuccessKind::Failure,
        CaseStatus::Error => NonSuccessKind::Error,
    };
    let mut failed = TestCaseStatus::non_success(kind);
    if let Some(first) = case.failures.first() {
        failed.set_type(text(first.failure.expectation));
        failed.set_message(text(&first.failure.message));
    }
    let texts: Vec<String> = case.failures.iter().map(description).collect();
    failed.set_description(text(&texts.join("\n\n")));
    failed
}

fn description(located: &LocatedFailure) -> String {
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
    text
}
