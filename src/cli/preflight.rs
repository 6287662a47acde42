//! Commands that work on a definition stop if AWS would reject it, and print the findings of `asl lint` as the reason.
//! `--force` lets them continue.

use super::exit::CliError;
use super::report;
use crate::asl::Machine;
use crate::document::Document;
use crate::lint;
use crate::spec::WorkflowType;

/// Whether AWS would accept a machine of this type.
pub(super) fn accepts(document: &Document, machine: &Machine<'_>, workflow_type: WorkflowType) -> bool {
    lint::rejections(document, Some(machine), workflow_type).is_empty()
}

/// Checks a machine. If AWS would reject it, prints the reasons and fails.
pub(super) fn check(
    document: &Document,
    machine: &Machine<'_>,
    workflow_type: WorkflowType,
) -> Result<(), CliError> {
    let errors = lint::rejections(document, Some(machine), workflow_type);
    if errors.is_empty() {
        return Ok(());
    }
    report::print(&document.source, errors);
    Err(
        CliError::new(format!("`{}` is not a valid definition", document.source.name()))
            .help("fix the errors above, or pass `--force` to continue"),
    )
}
