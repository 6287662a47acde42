//! What is run: the machine's type and name, and the state to stop at.

use super::Args;
use crate::cli::CliError;
use crate::cli::definition::Definition;
use crate::prose;
use crate::simulate::{Plan, StateId};
use crate::spec::WorkflowType;
use std::path::Path;

/// The type of the machine: the command line says it, or the template it is in.
pub(super) fn workflow_type(args: &Args, definition: &Definition) -> WorkflowType {
    args.workflow_type
        .or(definition.workflow_type)
        .unwrap_or_default()
}

/// What the machine is called: by its template, or else like its file.
pub(super) fn machine_name(args: &Args, definition: &Definition) -> String {
    definition
        .name
        .clone()
        .unwrap_or_else(|| name_of(args.machine.path()))
}

/// The state that has a name, at any depth.
pub(super) fn state(plan: &Plan, name: &str) -> Result<StateId, CliError> {
    plan.find(name).ok_or_else(|| {
        let error = CliError::new(format!("--until references undefined state `{name}`"));
        match prose::closest(name, plan.states.iter().map(|s| &*s.name)) {
            Some(close) => error.help(prose::similar_name("state", close)),
            None => error,
        }
    })
}

/// A name for the machine: the file's, without what follows the first dot.
pub(super) fn name_of(path: &Path) -> String {
    let name = path
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    let kept: String = stem
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    if kept.is_empty() {
        "StateMachine".to_owned()
    } else {
        kept
    }
}
