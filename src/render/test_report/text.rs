//! Text for people: a line for each suite, the failed cases in detail, and a summary.

use super::report::{CaseReport, CaseStatus, LocatedFailure, Report, Settings, SuiteReport, Summary};
use crate::diagnostic::Severity;
use crate::prose;
use crate::render::diagnostics::write_findings;
use crate::render::style::Style;
use crate::render::visible::one_line;
use crate::suite::Diff;
use similar::{ChangeTag, TextDiff};
use std::io::{self, Write};

/// The lines around a difference.
const CONTEXT: usize = 3;

/// Writes a run.
pub(super) fn write(report: &Report, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
    let style = settings.style;
    for suite in &report.suites {
        suite_line(suite, settings, out)?;
    }
    let failed: Vec<(&SuiteReport, &CaseReport)> = report
        .suites
        .iter()
        .flat_map(|suite| suite.cases.iter().map(move |case| (suite, case)))
        .filter(|(_, case)| case.status.is_failure())
        .collect();
    for (suite, case) in &failed {
        case_in_detail(suite, case, style, out)?;
    }
    if !failed.is_empty() {
        writeln!(out, "\n{}", style.bold("failures:"))?;
        for (suite, case) in &failed {
            writeln!(out, "  {}: {}", one_line(&suite.path), one_line(&case.name))?;
            for located in &case.failures {
                let failure = &located.failure;
                writeln!(out, "    {}: {}", failure.expectation, one_line(&failure.message))?;
            }
        }
    }
    totals(report, settings, out)
}

fn suite_line(suite: &SuiteReport, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
    let style = settings.style;
    let summary = suite.summary();
    let label = if summary.is_success() {
        style.paint("ok    ", colored::Colorize::green)
    } else {
        style.severity(Severity::Error, "FAILED")
    };
    writeln!(out, "{label} {}  {}", one_line(&suite.path), counts(&summary))?;
    let shown =
        |case: &&CaseReport| settings.is_verbose || case.note.is_some() && case.status != CaseStatus::Failed;
    for case in suite.cases.iter().filter(shown) {
        let took = match case.status {
            CaseStatus::Skipped => String::new(),
            _ => style.faint(&format!(" ({})", prose::duration::exact(case.duration_ms))),
        };
        let note = case.note.as_ref();
        let note = note.map_or_else(String::new, |note| format!(": {}", one_line(note)));
        writeln!(
            out,
            "  {:<7} {}{took}{note}",
            case.status.as_str(),
            one_line(&case.name)
        )?;
    }
    Ok(())
}

fn counts(summary: &Summary) -> String {
    let parts = [
        (summary.failed, "failed"),
        (
            summary.errors,
            if summary.errors == 1 { "error" } else { "errors" },
        ),
        (summary.skipped, "skipped"),
    ];
    let mut text = prose::plural(summary.cases, "case");
    for (count, noun) in parts {
        if count > 0 {
            push_fmt!(text, ", {count} {noun}");
        }
    }
    text
}

fn case_in_detail(
    suite: &SuiteReport,
    case: &CaseReport,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = format!("{}: {}", one_line(&suite.path), one_line(&case.name));
    writeln!(out, "\n{}", style.bold(&title))?;
    for located in &case.failures {
        writeln!(out)?;
        expectation(located, style, out)?;
    }
    if let Some(timeline) = &case.timeline {
        writeln!(out)?;
        for line in timeline.lines() {
            writeln!(out, "{}", format!("  {line}").trim_end())?;
        }
    }
    writeln!(out, "\n  {} {}", style.faint("rerun:"), one_line(&case.rerun))
}

fn expectation(located: &LocatedFailure, style: Style, out: &mut dyn Write) -> io::Result<()> {
    write_findings(&located.source, vec![located.diagnostic()], &style, out)?;
    let failure = &located.failure;
    if let Some(diff) = &failure.diff {
        return write_diff(diff, style, out);
    }
    Ok(())
}

/// Writes what differs between two texts, with some lines around it.
fn write_diff(texts: &Diff, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let diff = TextDiff::from_lines(&texts.expected, &texts.got);
    let minus = style.paint("- expected", colored::Colorize::red);
    let plus = style.paint("+ got", colored::Colorize::green);
    writeln!(out, "  {minus}  {plus}")?;
    for (at, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if at > 0 {
            writeln!(out, "  {}", style.faint("..."))?;
        }
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            let text = one_line(change.value().trim_end_matches('\n')).into_owned();
            let line = match change.tag() {
                ChangeTag::Delete => style.paint(&format!("- {text}"), colored::Colorize::red),
                ChangeTag::Insert => style.paint(&format!("+ {text}"), colored::Colorize::green),
                ChangeTag::Equal => format!("  {text}"),
            };
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}

fn totals(report: &Report, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
    let summary = report.summary();
    let mut text = format!(
        "{}: {} passed",
        prose::plural(summary.cases, "case"),
        summary.passed
    );
    for (count, noun) in [
        (summary.failed, "failed"),
        (
            summary.errors,
            if summary.errors == 1 { "error" } else { "errors" },
        ),
        (summary.skipped, "skipped"),
        (report.not_run, "not run"),
    ] {
        if count > 0 {
            push_fmt!(text, ", {count} {noun}");
        }
    }
    let took = settings
        .took
        .map_or_else(String::new, |took| format!(" in {took:.1?}"));
    writeln!(out, "\n{}{took}", settings.style.bold(&text))
}
