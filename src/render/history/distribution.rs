//! The distribution of many executions, as text and as JSON.

use super::json::{VERSION, number};
use super::report::Runs;
use crate::history::Status;
use crate::prose::duration;
use crate::prose::with_thousands;
use crate::render::style::Style;
use crate::render::visible::one_line;
use crate::simulate::{Distribution, FailureKind, Histogram};
use crate::value::Value;
use colored::Colorize;
use std::io::{self, Write};

/// Width of a full bar in columns.
const BAR: u64 = 24;

/// Writes the object described by `schemas/simulation.schema.json`, one member per line.
pub(super) fn write_json(distribution: &Distribution, out: &mut dyn Write) -> io::Result<()> {
    let statuses = distribution.statuses.iter();
    let statuses = statuses.map(|(status, n)| (status.as_str().into(), number(*n)));
    let members = [
        ("version", VERSION.into()),
        ("runs", number(distribution.runs)),
        ("statuses", Value::object(statuses.collect())),
        ("transitions", spread(&distribution.transitions)),
        ("duration_ms", spread(&distribution.durations)),
        (
            "failures",
            Value::array(distribution.failures.iter().map(failure).collect()),
        ),
    ];
    for (i, (key, value)) in members.into_iter().enumerate() {
        write!(out, "{}\n  \"{key}\": {value}", if i > 0 { "," } else { "{" })?;
    }
    out.write_all(b"\n}\n")
}

fn spread(spread: &Histogram) -> Value {
    Value::from([
        ("min", number(spread.min())),
        ("median", number(spread.percentile(50))),
        ("p95", number(spread.percentile(95))),
        ("max", number(spread.max())),
    ])
}

fn failure(kind: &FailureKind) -> Value {
    let text = |text: &Option<Box<str>>| text.as_deref().map_or(Value::Null, Value::from);
    Value::from([
        ("run", number(kind.run)),
        ("seed", number(kind.seed)),
        ("status", kind.status.as_str().into()),
        ("error", text(&kind.error)),
        ("cause", text(&kind.cause)),
        ("state", text(&kind.state)),
        ("count", number(kind.count)),
    ])
}

/// Writes the outcomes, durations, and transitions of executions, and the first failure of each kind.
pub(super) fn write(runs: &Runs<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let (machine, d) = (runs.machine, runs.distribution);
    let noun = if d.runs == 1 { "execution" } else { "executions" };
    writeln!(
        out,
        "{}",
        style.bold(&format!(
            "{} {noun} of {}",
            with_thousands(d.runs),
            one_line(machine)
        ))
    )?;
    writeln!(out)?;
    for (status, count) in &d.statuses {
        let cells = (u128::from(*count) * u128::from(BAR)).div_ceil(u128::from(d.runs.max(1)));
        let bar = if style.unicode { "█" } else { "#" }.repeat(usize::try_from(cells).unwrap_or(0));
        let name = style.paint(&format!("{:<9}", status.as_str()), |t| match status {
            Status::Succeeded => t.green(),
            _ => t.red(),
        });
        writeln!(
            out,
            "  {name}  {:>9}  {:>7}  {bar}",
            with_thousands(*count),
            percent(*count, d.runs)
        )?;
    }
    writeln!(
        out,
        "\n  {:<11}  {:>12} {:>12} {:>12} {:>12}",
        "", "min", "median", "p95", "max"
    )?;
    let row = |spread: &Histogram, show: &dyn Fn(u64) -> String| {
        [
            spread.min(),
            spread.percentile(50),
            spread.percentile(95),
            spread.max(),
        ]
        .map(|v| format!("{:>12}", show(v)))
        .join(" ")
    };
    writeln!(
        out,
        "  {:<11}  {}",
        "transitions",
        row(&d.transitions, &with_thousands)
    )?;
    let millis = |ms: u64| duration::exact(i64::try_from(ms).unwrap_or(i64::MAX));
    writeln!(out, "  {:<11}  {}", "duration", row(&d.durations, &millis))?;
    if !d.failures.is_empty() {
        writeln!(out, "\n{}", style.bold("First failure of each kind"))?;
    }
    for kind in &d.failures {
        writeln!(
            out,
            "  {}  run {} (use --seed {} to reproduce), {} of this kind",
            format_failure(kind, style),
            with_thousands(kind.run),
            kind.seed,
            with_thousands(kind.count)
        )?;
        if let Some(cause) = &kind.cause {
            writeln!(
                out,
                "    {}",
                style.truncate(&one_line(cause), style.width.saturating_sub(4))
            )?;
        }
    }
    Ok(())
}

fn format_failure(kind: &FailureKind, style: Style) -> String {
    let error = match (&kind.error, kind.status) {
        (Some(error), _) => one_line(error).into_owned(),
        (None, status) => status.as_str().to_owned(),
    };
    let error = style.paint(&error, Colorize::red);
    match &kind.state {
        Some(state) => format!("{error} in {}", one_line(state)),
        None => error,
    }
}

/// A percentage with one decimal: `33.3 %`.
fn percent(part: u64, whole: u64) -> String {
    let tenths = (u128::from(part) * 2000 + u128::from(whole)) / (u128::from(whole.max(1)) * 2);
    format!("{}.{} %", tenths / 10, tenths % 10)
}
