//! Whether AWS would accept a definition, for the commands that work on definitions.

use super::checker::{check, check_document};
use super::registry;
use super::settings::Settings;
use crate::asl::Machine;
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::Document;
use crate::spec::WorkflowType;

/// The errors for which AWS would reject a document and the machine in it, in the order of their locations.
///
/// Not every error of the linter is among them: AWS accepts a state that fails whenever it runs, and such a machine can
/// be simulated and priced.
pub fn rejections(
    document: &Document,
    machine: Option<&Machine<'_>>,
    workflow_type: WorkflowType,
) -> Vec<Diagnostic> {
    rejections_with(&Settings::rejections(), document, machine, workflow_type)
}

/// The same errors with AWS's diagnostics.
pub fn rejections_in_aws_words(
    document: &Document,
    machine: Option<&Machine<'_>>,
    workflow_type: WorkflowType,
) -> Vec<Diagnostic> {
    let mut settings = Settings::rejections();
    settings.aws_answers = true;
    rejections_with(&settings, document, machine, workflow_type)
}

fn rejections_with(
    settings: &Settings,
    document: &Document,
    machine: Option<&Machine<'_>>,
    workflow_type: WorkflowType,
) -> Vec<Diagnostic> {
    let mut errors = check_document(document, settings);
    if let Some(machine) = machine {
        errors.extend(check(document, machine.node, machine, workflow_type, settings).diagnostics);
    }
    errors.retain(is_rejection);
    errors.sort_by_key(|error| error.span);
    errors
}

fn is_rejection(found: &Diagnostic) -> bool {
    let is_rejected = registry::find(found.rule).is_some_and(super::rule::Rule::is_rejection);
    is_rejected && (found.severity == Severity::Error || found.aws.is_some())
}
