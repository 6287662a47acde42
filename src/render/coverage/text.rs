//! Coverage as text: a line for each machine, and what is missing in it.

use crate::coverage::{Coverage, Item, Kind, Tally};
use crate::render::style::Style;
use crate::render::visible::one_line;
use colored::Colorize;
use std::io::{self, Write};

/// The maximum number of items of one kind that are listed.
const LISTED: usize = 20;

/// Writes the figures of machines, and the items that were not used.
pub fn write(machines: &[&Coverage], style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", style.bold("coverage"))?;
    let width = machines
        .iter()
        .map(|coverage| coverage.machine.chars().count())
        .max();
    let width = width.unwrap_or(0).clamp("total".len(), 50);
    for coverage in machines {
        let figures = Kind::ALL.map(|kind| (kind, coverage.tally(kind)));
        line(&coverage.machine, width, &figures, style, out)?;
        for (kind, tally) in &figures {
            missing(coverage, *kind, tally, style, out)?;
        }
    }
    if machines.len() > 1 {
        let figures = Kind::ALL.map(|kind| (kind, Tally::sum(machines.iter().map(|c| c.tally(kind)))));
        line("total", width, &figures, style, out)?;
    }
    Ok(())
}

fn line(
    name: &str,
    width: usize,
    figures: &[(Kind, Tally<'_>)],
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    write!(out, "  {:width$}", one_line(name))?;
    for (kind, tally) in figures {
        if tally.total == 0 {
            continue;
        }
        let text = format!("{}/{}", tally.covered, tally.total);
        let text = style.paint(&text, |text| {
            if tally.covered == tally.total {
                text.green()
            } else {
                text.yellow()
            }
        });
        write!(out, "  {} {text}", kind.as_str())?;
        if matches!(kind, Kind::States | Kind::Transitions) {
            write!(out, " ({:.1}%)", tally.percent_shown())?;
        }
    }
    writeln!(out)
}

fn missing(
    coverage: &Coverage,
    kind: Kind,
    tally: &Tally<'_>,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut list = |title: &str, items: &[(&Item, Option<&str>)]| {
        if items.is_empty() {
            return Ok(());
        }
        writeln!(out, "    {title} {}", kind.as_str())?;
        for (item, reason) in items.iter().take(LISTED) {
            let (path, position) = coverage.location(item.span);
            let place = format!("{path}:{}:{}", position.line, position.column);
            let place = style.faint(&one_line(&place));
            let reason = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
            writeln!(
                out,
                "      {}{}  {place}",
                one_line(&item.name),
                one_line(&reason)
            )?;
        }
        if let Some(more) = items.len().checked_sub(LISTED).filter(|more| *more > 0) {
            writeln!(out, "      and {more} more")?;
        }
        Ok::<(), io::Error>(())
    };
    let missing: Vec<_> = tally.missing.iter().map(|item| (*item, None)).collect();
    let unreachable: Vec<_> = tally
        .unreachable
        .iter()
        .map(|(item, reason)| (*item, Some(*reason)))
        .collect();
    list("missing", &missing)?;
    list("unreachable", &unreachable)
}
