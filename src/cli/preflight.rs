//! Commands that work on a definition stop at one that AWS would refuse, and say why as `asl lint` does. `--force` lets
//! them go on.

use super::{CliError, report};
use crate::asl::Machine;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::lint::{self, AwsCode, Rule, Settings, registry};
use crate::spec::WorkflowType;

/// Checks a machine; where AWS would refuse it, prints why and says that the work stops.
///
/// What lint calls an error and AWS accepts (a state that fails whenever it runs) stops nobody: such a machine can be
/// run, and priced.
pub fn check(
    document: &Document,
    machine: &Machine<'_>,
    workflow_type: WorkflowType,
) -> Result<(), CliError> {
    let refused = errors(document, Some(machine), workflow_type);
    if refused.is_empty() {
        return Ok(());
    }
    report::print(&document.source, refused);
    Err(
        CliError::new(format!("AWS would refuse `{}`", document.source.name()))
            .help("mend it, or go on as far as possible with --force"),
    )
}

/// The errors for which AWS would refuse a document and the machine in it, in order of place.
pub fn errors(
    document: &Document,
    machine: Option<&Machine<'_>>,
    workflow_type: WorkflowType,
) -> Vec<Diagnostic> {
    let settings = Settings::of_aws();
    let mut errors = lint::check_document(document, &settings);
    if let Some(machine) = machine {
        errors.extend(lint::check(
            document,
            machine.node,
            machine,
            workflow_type,
            &settings,
        ));
    }
    errors.retain(is_refusal);
    errors.sort_by_key(|d| d.span);
    errors
}

/// Whether AWS refuses a definition for this.
fn is_refusal(found: &Diagnostic) -> bool {
    let is_refused_for = |rule: &Rule| matches!(rule.aws, Some(AwsCode::Refused(_)));
    let is_known = found.aws.is_some() || registry::find(found.rule).is_some_and(is_refused_for);
    found.severity == Severity::Error && is_known
}
