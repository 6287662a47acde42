//! The name of the machine, and the state to stop at.

use crate::cli::CliError;
use crate::cli::definition::Definition;
use crate::prose;
use crate::simulate::{Plan, StateId};
use std::path::Path;

/// The name of the machine: from its template, or else from its file.
pub(in crate::cli) fn machine_name(path: &Path, definition: &Definition) -> String {
    definition.name.clone().unwrap_or_else(|| name_of(path))
}

/// The state with this name, at any depth.
pub(super) fn state(plan: &Plan, name: &str) -> Result<StateId, CliError> {
    plan.find(name).ok_or_else(|| {
        let error = CliError::new(format!("--until references undefined state `{name}`"));
        match prose::closest(name, plan.states.iter().map(|s| &*s.name)) {
            Some(close) => error.help(prose::similar_name("state", close)),
            None => error,
        }
    })
}

/// The name of the file up to the first dot.
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
