//! The outcome of an execution, below its timeline.

use crate::history::Status;
use crate::prose::{self, duration};
use crate::prose::{plural, with_thousands};
use crate::render::history::report::Report;
use crate::render::style::Style;
use crate::render::visible::one_line;
use crate::render::wrap::wrap;
use colored::Colorize;
use std::io::{self, Write};

/// The indentation of continuation lines.
const INDENT: &str = "               ";

/// Maximum lines of the output.
const LINES: usize = 40;

/// Writes the outcome of the execution.
pub(super) fn write(
    report: &Report<'_>,
    is_verbose: bool,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let e = report.execution;
    let word = style.paint(e.status.as_str(), |t| match e.status {
        Status::Succeeded => t.green().bold(),
        Status::Aborted if e.has_stopped => t.yellow().bold(),
        _ => t.red().bold(),
    });
    let took = duration::exact(e.stop.since(e.start));
    let why = match (&e.error.error, report.until) {
        (_, Some(state)) if e.has_stopped => format!(": stopped after {} by --until", one_line(state)),
        (Some(error), _) => format!(": {}", one_line(error)),
        _ => String::new(),
    };
    writeln!(out, "\n{word} after {took}{why}")?;
    let mut fact = |name: &str, text: &str| writeln!(out, "  {name:<12} {text}");
    if let Some(cause) = e.error.cause.as_ref().filter(|cause| !cause.is_empty()) {
        let columns = style.width.saturating_sub(INDENT.len()).max(24);
        fact(
            "cause",
            &wrap(&one_line(cause), columns).join(&format!("\n{INDENT}")),
        )?;
    }
    if let Some(output) = &e.output {
        let compact = output.to_json();
        if compact.len() + INDENT.len() <= style.width {
            fact("output", &one_line(&compact))?;
        } else {
            fact("output", &indented(&output.to_json_pretty(), is_verbose, style))?;
        }
    }
    match report.bill.express {
        Some(bill) => fact(
            "billed",
            &format!(
                "{} with {} MB",
                duration::exact(i64::try_from(bill.duration_ms).unwrap_or(i64::MAX)),
                bill.memory_mb
            ),
        )?,
        None => fact("billed", &transitions(report.bill.transitions))?,
    }
    if !report.unmocked.is_empty() {
        let names: Vec<_> = report.unmocked.iter().map(|name| one_line(name)).collect();
        if report.is_sampled {
            fact("sampled", &style.paint(&prose::list(&names), Colorize::yellow))?;
        } else {
            let text = format!(
                "{} (returned {} input)",
                prose::list(&names),
                if names.len() == 1 { "its" } else { "their" }
            );
            fact("no mock", &style.paint(&text, Colorize::yellow))?;
        }
    }
    for warning in report.warnings {
        fact("warning", &style.paint(&one_line(warning), Colorize::yellow))?;
    }
    Ok(())
}

fn transitions(n: u64) -> String {
    match usize::try_from(n) {
        Ok(1) => plural(1, "state transition"),
        _ => format!("{} state transitions", with_thousands(n)),
    }
}

/// Indents a string of several lines, and truncates it unless verbose.
fn indented(text: &str, is_verbose: bool, style: Style) -> String {
    let all = text.lines().count();
    let shown = if is_verbose || all <= LINES + 1 {
        all
    } else {
        LINES
    };
    let mut lines: Vec<String> = text
        .lines()
        .take(shown)
        .map(|line| {
            if is_verbose {
                line.to_owned()
            } else {
                style.truncate(line, style.width.saturating_sub(INDENT.len()).max(24))
            }
        })
        .collect();
    if shown < all {
        lines.push(style.faint(&format!(
            "{} more lines; use --verbose to print them",
            with_thousands(all - shown)
        )));
    }
    lines.join(&format!("\n{INDENT}"))
}
