//! Commands that work on a definition stop at one that AWS would refuse, and say why as `asl lint` does. `--force` lets
//! them go on.

use super::CliError;
use super::terminal::{self, Stream};
use crate::asl::Machine;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Node};
use crate::lint::{self, AwsCode, Rule, Settings, registry};
use crate::render::diagnostics::{self, FileReport, Format};
use crate::render::style::{ColorChoice, Style};
use crate::source::SourceFile;
use crate::spec::WorkflowType;
use std::io::{self, Write};
use std::sync::Arc;

/// Checks a machine; where AWS would refuse it, prints why and says that the work stops.
///
/// What lint calls an error and AWS accepts (a state that fails whenever it runs) stops nobody: such a machine can be
/// run, and priced.
pub fn check(
    document: &Document,
    node: &Node,
    machine: &Machine<'_>,
    workflow_type: WorkflowType,
) -> Result<(), CliError> {
    let settings = Settings::of_aws();
    let mut refused = lint::check_document(document, &settings);
    refused.extend(lint::check(document, node, machine, workflow_type, &settings));
    refused.retain(is_refusal);
    if refused.is_empty() {
        return Ok(());
    }
    refused.sort_by_key(|d| d.span);
    print(&document.source, refused);
    Err(
        CliError::new(format!("AWS would refuse `{}`", document.source.name()))
            .help("mend it, or go on as far as possible with --force"),
    )
}

/// Whether AWS refuses a definition for this.
fn is_refusal(found: &Diagnostic) -> bool {
    let is_refused_for = |rule: &Rule| matches!(rule.aws, Some(AwsCode::Refused(_)));
    let is_known = found.aws.is_some() || registry::find(found.rule).is_some_and(is_refused_for);
    found.severity == Severity::Error && is_known
}

/// Prints findings on standard error, each at its place.
pub fn print(source: &Arc<SourceFile>, diagnostics: Vec<Diagnostic>) {
    let style = terminal::style(ColorChoice::Auto, Stream::Stderr);
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
