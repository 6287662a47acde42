//! Lists of state machines as a table or as JSON.

use crate::render::style::Style;
use crate::render::visible::one_line;
use serde::Serialize;
use std::io::{self, Write};

/// A state machine in a file.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The file it was found in.
    pub path: String,
    /// Its name in a template.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The kind of the file.
    pub kind: &'static str,
    /// Its type, if the file specifies it.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub workflow_type: Option<&'static str>,
    /// The default query language of its states.
    pub query_language: &'static str,
    /// The number of its states, including nested ones.
    pub states: usize,
    /// The file of the definition, if it is a different one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub definition: Option<String>,
    /// Its location in the file as a JSON pointer.
    pub pointer: String,
}

/// Output formats of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub enum Format {
    /// Table
    #[default]
    Text,
    /// JSON object with an array
    Json,
}

#[derive(Serialize)]
struct List<'a> {
    version: u32,
    machines: &'a [Row],
}

const HEADINGS: [&str; 6] = ["FILE", "NAME", "KIND", "TYPE", "LANGUAGE", "STATES"];

/// Prints a list.
pub fn write(rows: &[Row], format: Format, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match format {
        Format::Text => text(rows, style, out),
        Format::Json => {
            serde_json::to_writer_pretty(
                &mut *out,
                &List {
                    version: 1,
                    machines: rows,
                },
            )?;
            writeln!(out)
        }
    }
}

fn text(rows: &[Row], style: Style, out: &mut dyn Write) -> io::Result<()> {
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
