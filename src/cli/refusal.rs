//! Commands that work on a definition stop at one that AWS would refuse, and say why as `asl lint` does.

use super::Trouble;
use crate::asl::Machine;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Node};
use crate::lint::{self, AwsCode, MachineType, Settings, registry};
use crate::render::diagnostics::{self, FileReport, Format};
use crate::render::style::{ColorChoice, Style};
use crate::source::SourceFile;
use crate::template::Found;
use std::io::{self, Write};
use std::sync::Arc;

/// Stops at a machine that AWS would refuse, once it is said why.
pub fn check(found: &Found<'_>, machine: &Machine<'_>, machine_type: MachineType) -> Result<(), Trouble> {
    let document = found.document();
    if !is_refused(document, found.node(), machine, machine_type) {
        return Ok(());
    }
    Err(
        Trouble::new(format!("AWS would refuse `{}`", document.source.name()))
            .help("mend it, or add --force"),
    )
}

/// Whether AWS would refuse a machine; what it would say is printed.
pub fn is_refused(
    document: &Document,
    node: &Node,
    machine: &Machine<'_>,
    machine_type: MachineType,
) -> bool {
    let mut settings = Settings::of_aws();
    settings.machine_type = machine_type;
    let mut refused = lint::check_document(document, &settings);
    refused.extend(lint::check(document, node, machine, machine_type, &settings));
    refused.retain(is_refusal);
    if refused.is_empty() {
        return false;
    }
    print(&document.source, refused);
    true
}

/// Whether AWS refuses a definition for this: not for what it takes and will surely fail at.
fn is_refusal(found: &Diagnostic) -> bool {
    let rule = registry::find(found.rule);
    found.severity == Severity::Error
        && (found.aws.is_some() || rule.is_some_and(|rule| matches!(rule.aws, Some(AwsCode::Refused(_)))))
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
