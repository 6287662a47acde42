//! asl's own JSON, described by `schemas/lint.schema.json`.
//!
//! Each file is on a separate line, so that a large report is readable and can be streamed.

use super::line_index::{LineColumn, LineIndex};
use super::printer::Printer;
use super::report::{FileReport, Summary};
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::value::push_string;
use serde::Serialize;
use std::io::{self, Write};

/// Incremented with every incompatible change of the format.
const VERSION: u32 = 1;

/// How many bytes of a report are written at once, at least: enough that a buffer passes them on without copying them.
const PART: usize = 64 * 1024;

/// About how many bytes a finding takes.
const FINDING: usize = 512;

#[derive(Default)]
pub(super) struct Json {
    files: usize,
}

/// The fields before the findings of a file.
#[derive(Serialize)]
struct Head<'a> {
    path: &'a str,
    machines: Vec<Machine<'a>>,
}

#[derive(Serialize)]
struct Machine<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    pointer: &'a str,
}

impl Printer for Json {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"version\":{VERSION},\"files\":[")
    }

    fn file(&mut self, file: &FileReport, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.files == 0 { b"\n" } else { b",\n" })?;
        self.files += 1;
        let machines = file.machines.iter().map(|m| Machine {
            name: m.name.as_deref(),
            pointer: &m.pointer,
        });
        let head = Head {
            path: &file.path,
            machines: machines.collect(),
        };
        let mut text = serde_json::to_string(&head)?;
        // Its object stays open.
        text.pop();
        text.push_str(",\"diagnostics\":[");
        text.reserve((file.diagnostics.len() * FINDING).min(PART + FINDING));
        let places = LineIndex::new(&file.source);
        for (i, diagnostic) in file.diagnostics.iter().enumerate() {
            if i > 0 {
                text.push(',');
            }
            match &diagnostic.source {
                None => push_finding(file, diagnostic, places, &mut text),
                Some(elsewhere) => push_finding(file, diagnostic, LineIndex::new(elsewhere), &mut text),
            }
            if text.len() >= PART {
                out.write_all(text.as_bytes())?;
                text.clear();
            }
        }
        text.push_str("]}");
        out.write_all(text.as_bytes())
    }

    fn end(&mut self, summary: &Summary, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.files == 0 {
            b"],\"summary\":"
        } else {
            b"\n],\"summary\":"
        })?;
        serde_json::to_writer(&mut *out, summary)?;
        out.write_all(b"}\n")
    }
}

/// Appends a finding. A report may have thousands, so they are not serialized through intermediate types.
fn push_finding(file: &FileReport, diagnostic: &Diagnostic, places: LineIndex<'_>, out: &mut String) {
    push_text("{\"rule\":", diagnostic.rule, out);
    push_text(",\"severity\":", diagnostic.severity.as_str(), out);
    push_text(",\"message\":", &diagnostic.message, out);
    out.push_str(",\"location\":{");
    if diagnostic.source.is_some() {
        push_text("\"path\":", file.file_of(diagnostic).0, out);
        out.push(',');
    }
    push_text("\"pointer\":", &diagnostic.pointer, out);
    out.push(',');
    push_ends(diagnostic.span, places, out);
    out.push('}');
    if !diagnostic.label.is_empty() {
        push_text(",\"label\":", &diagnostic.label, out);
    }
    for (i, label) in diagnostic.related.iter().chain(&diagnostic.similar).enumerate() {
        out.push_str(if i == 0 { ",\"related\":[" } else { "," });
        push_text("{\"message\":", &label.message, out);
        out.push(',');
        push_ends(label.span, places, out);
        out.push('}');
    }
    if !(diagnostic.related.is_empty() && diagnostic.similar.is_empty()) {
        out.push(']');
    }
    if let Some(help) = &diagnostic.help {
        push_text(",\"help\":", help, out);
    }
    if let Some(fix) = &diagnostic.fix {
        push_text(",\"fix\":{\"title\":", &fix.title, out);
        push_fmt!(out, ",\"safe\":{}", fix.is_safe);
        if let Some(reason) = fix.obstacle {
            push_text(",\"blocked\":", reason, out);
        }
        out.push_str(",\"edits\":[");
        for (i, edit) in fix.applicable().unwrap_or_default().iter().enumerate() {
            out.push_str(if i == 0 { "{" } else { ",{" });
            push_ends(edit.span, places, out);
            push_text(",\"replacement\":", &edit.replacement, out);
            out.push('}');
        }
        out.push_str("]}");
    }
    out.push('}');
}

/// Appends a key as JSON text, and its value.
fn push_text(key: &str, value: &str, out: &mut String) {
    out.push_str(key);
    push_string(value, out);
}

/// Appends the members `start` and `end`. A report may have tens of thousands of numbers, and `fmt` is much slower than `itoa`.
fn push_ends(span: Span, places: LineIndex<'_>, out: &mut String) {
    let (start, end) = places.ends(span);
    push_place("\"start\":{\"line\":", start, out);
    push_place(",\"end\":{\"line\":", end, out);
}

fn push_place(key: &str, place: LineColumn, out: &mut String) {
    let LineColumn { line, column, offset } = place;
    for (key, number) in [(key, line), (",\"column\":", column), (",\"offset\":", offset)] {
        out.push_str(key);
        out.push_str(itoa::Buffer::new().format(number));
    }
    out.push('}');
}
