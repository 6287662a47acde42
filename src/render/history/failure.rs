//! Where an execution failed, as a finding at the state's place in the file.

use super::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::Status;

/// The state that failed, or the one in which time ran out; nothing where the execution did not fail.
pub fn failure(report: &Report<'_>) -> Option<Diagnostic> {
    let e = report.execution;
    let (state, rule, label) = match e.status {
        Status::Failed => (e.failed_in?, "execution-failed", "fails here"),
        Status::TimedOut => (*e.path.last()?, "execution-timed-out", "time runs out here"),
        Status::Succeeded | Status::Aborted => return None,
    };
    let step = report.plan.state(state);
    let error = e.error.error.as_deref().unwrap_or("an error without a name");
    let message = match e.status {
        Status::Failed => format!("State `{}` fails with {error}", step.name),
        _ => format!("The execution runs out of time in state `{}`", step.name),
    };
    let mut found = Diagnostic::new(rule, Severity::Error, message, step.span);
    label.clone_into(&mut found.label);
    found.pointer.clone_from(&step.pointer);
    Some(found)
}
