//! asl's own JSON, described by `schemas/lint.schema.json`.
//!
//! Each file is on a separate line, so that a large report is readable and can be streamed.

use super::place::{Place, Places};
use super::printer::Printer;
use super::report::{FileReport, Summary};
use crate::diagnostic::{Diagnostic, Fix, Label};
use serde::Serialize;
use std::io::{self, Write};

/// Incremented with every incompatible change of the format.
const VERSION: u32 = 1;

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

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'a str,
    severity: &'a str,
    message: &'a str,
    location: Location<'a>,
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Mending<'a>>,
}

#[derive(Serialize)]
struct Location<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
    pointer: &'a str,
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Mending<'a> {
    title: &'a str,
    edits: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct Change<'a> {
    start: Place,
    end: Place,
    replacement: &'a str,
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
        let mut text = serde_json::to_vec(&head)?;
        // Its object stays open.
        text.pop();
        text.extend_from_slice(b",\"diagnostics\":[");
        let mut places = Places::new(&file.source);
        for (i, diagnostic) in file.diagnostics.iter().enumerate() {
            let finding = match &diagnostic.source {
                None => finding(file, diagnostic, &mut places),
                Some(elsewhere) => finding(file, diagnostic, &mut Places::new(elsewhere)),
            };
            if i > 0 {
                text.push(b',');
            }
            serde_json::to_writer(&mut text, &finding)?;
            // One finding at a time, since the serializer calls the writer for every quote.
            out.write_all(&text)?;
            text.clear();
        }
        text.extend_from_slice(b"]}");
        out.write_all(&text)
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

fn finding<'a>(file: &'a FileReport, diagnostic: &'a Diagnostic, places: &mut Places<'_>) -> Finding<'a> {
    let (start, end) = places.ends(diagnostic.span);
    Finding {
        rule: diagnostic.rule,
        severity: diagnostic.severity.as_str(),
        message: &diagnostic.message,
        location: Location {
            path: diagnostic.source.is_some().then(|| file.home(diagnostic).0),
            pointer: &diagnostic.pointer,
            start,
            end,
        },
        label: &diagnostic.label,
        related: diagnostic
            .related
            .iter()
            .chain(&diagnostic.similar)
            .map(|label| related(label, places))
            .collect(),
        help: diagnostic.help.as_deref(),
        fix: diagnostic.fix.as_ref().map(|fix| mending(fix, places)),
    }
}

fn related<'a>(label: &'a Label, places: &mut Places<'_>) -> Related<'a> {
    let (start, end) = places.ends(label.span);
    Related {
        message: &label.message,
        start,
        end,
    }
}

fn mending<'a>(fix: &'a Fix, places: &mut Places<'_>) -> Mending<'a> {
    let edits = fix.edits.iter().map(|edit| {
        let (start, end) = places.ends(edit.span);
        Change {
            start,
            end,
            replacement: &edit.replacement,
        }
    });
    Mending {
        title: &fix.title,
        edits: edits.collect(),
    }
}
