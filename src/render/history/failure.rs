//! The state in which an execution failed, shown in the definition.

use super::report::{Report, Settings};
use crate::diagnostic::{Diagnostic, Severity};
use crate::history::Status;
use crate::render::diagnostics::write_findings;
use std::io::{self, Write};

/// Writes an excerpt of the state that failed, if any.
pub(super) fn write(report: &Report<'_>, settings: Settings, out: &mut dyn Write) -> io::Result<()> {
    let Some(found) = failure(report) else {
        return Ok(());
    };
    writeln!(out)?;
    write_findings(report.source, vec![found], &settings.style, out)
}

/// A diagnostic at the state that failed, or at the current state if the execution itself failed or timed out; `None` if
/// it succeeded or was stopped.
fn failure(report: &Report<'_>) -> Option<Diagnostic> {
    let e = report.execution;
    let last = e.path.last().copied();
    let (id, rule, label) = match (e.status, e.failed_in) {
        (Status::Failed, Some(id)) => (id, "execution-failed", "failed here"),
        (Status::Failed, None) => (last?, "execution-failed", "execution ended here"),
        (Status::TimedOut, _) => (last?, "execution-timed-out", "timed out here"),
        (Status::Succeeded | Status::Aborted, _) => return None,
    };
    let state = report.plan.state(id);
    let error = e.error.error.as_deref().unwrap_or("an unnamed error");
    let message = match (e.status, e.failed_in) {
        (Status::Failed, Some(_)) => format!("state `{}` failed with {error}", state.name),
        (Status::Failed, None) => format!("execution failed with {error} in state `{}`", state.name),
        _ => format!("execution timed out in state `{}`", state.name),
    };
    let mut found = Diagnostic::new(rule, Severity::Error, message, state.span);
    label.clone_into(&mut found.label);
    found.pointer = state.pointer();
    Some(found)
}
