//! A list as a table.

use super::row::Row;
use crate::render::style::Style;
use crate::render::visible::one_line;
use std::io::{self, Write};

const HEADINGS: [&str; 6] = ["FILE", "NAME", "KIND", "TYPE", "LANGUAGE", "STATES"];

pub(super) fn write(rows: &[Row], style: Style, out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let unknown = if style.unicode { "–" } else { "-" };
    let cells = rows.iter().map(|row| {
        [
            one_line(&row.path).into_owned(),
            row.name
                .as_deref()
                .map_or_else(|| unknown.to_owned(), |name| one_line(name).into_owned()),
            row.kind.to_owned(),
            row.workflow_type.unwrap_or(unknown).to_owned(),
            row.query_language.to_owned(),
            row.states.to_string(),
        ]
    });
    let table: Vec<[String; 6]> = std::iter::once(HEADINGS.map(str::to_owned))
        .chain(cells)
        .collect();
    let mut widths = [0; 6];
    for line in &table {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    for line in &table {
        let last = line.len() - 1;
        for (cell, width) in line.iter().zip(widths).take(last) {
            write!(out, "{cell:<width$}  ")?;
        }
        writeln!(out, "{:>width$}", line[last], width = widths[last])?;
    }
    Ok(())
}
