//! Commands that work on a definition stop at one that AWS would refuse, and say why as `asl lint` does. `--force` lets
//! them go on.

use super::{CliError, report};
use crate::asl::Machine;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Node};
use crate::lint::{self, AwsCode, Rule, Settings, registry};
use crate::spec::WorkflowType;

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
    report::print(&document.source, refused);
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
