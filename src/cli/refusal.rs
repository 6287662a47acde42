//! Commands that work on a definition stop at one that AWS would refuse, and say why as `asl lint` does.

use super::Trouble;
use crate::asl::Machine;
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::{self, MachineType, Settings};
use crate::render::diagnostics::{self, FileReport, Format};
use crate::render::style::{ColorChoice, Style};
use crate::source::SourceFile;
use crate::template::Found;
use std::io::{self, Write};
use std::sync::Arc;

/// Checks a machine; where lint has errors, prints them and says that the work stops.
pub fn check(found: &Found<'_>, machine: &Machine<'_>, machine_type: MachineType) -> Result<(), Trouble> {
    let settings = Settings::default();
    let document = found.document();
    let mut errors = lint::check_document(document, &settings);
    errors.extend(lint::check(
        document,
        found.node(),
        machine,
        machine_type,
        &settings,
    ));
    errors.retain(|d| d.severity == Severity::Error);
    if errors.is_empty() {
        return Ok(());
    }
    errors.sort_by_key(|d| d.span);
    print(&document.source, errors);
    Err(
        Trouble::new(format!("AWS would refuse `{}`", document.source.name()))
            .help("mend it, or add --force"),
    )
}

/// Prints findings on standard error, each at its place.
pub fn print(source: &Arc<SourceFile>, diagnostics: Vec<Diagnostic>) {
    let style = super::style(ColorChoice::Auto, super::Stream::Stderr);
    // Where stderr cannot be written, nothing can be said; the exit code remains.
    drop(write(source, diagnostics, &style, &mut io::stderr()));
}

/// Writes findings, each at its place.
pub fn write(
    source: &Arc<SourceFile>,
    diagnostics: Vec<Diagnostic>,
    style: &Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let report = FileReport {
        path: source.name().to_owned(),
        source: Arc::clone(source),
        machines: Vec::new(),
        diagnostics,
        suppressed: 0,
    };
    let mut printer = Format::Text.printer(diagnostics::Settings {
        style,
        rules: &[],
        aws_warnings: false,
    });
    printer.file(&report, out)
}
