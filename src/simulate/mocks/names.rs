//! Whether the states that mocks are for are there.

use super::fault::fault;
use crate::diagnostic::Diagnostic;
use crate::document::Member;
use crate::simulate::plan::{Kind, Plan, Step};
use crate::spelling;

/// A fault for each member whose key names no Task state of the machines that run.
pub fn misnamed(members: &[Member], plans: &[&Plan]) -> Vec<Diagnostic> {
    let steps = || plans.iter().flat_map(|plan| &plan.states);
    let check = |member: &Member| {
        let name = member.key.as_str();
        let mut found = steps().filter(|step| *step.name == *name).peekable();
        let Some(first) = found.peek().copied() else {
            let tasks = steps().filter(|step| is_task(step)).map(|step| &*step.name);
            let help = spelling::closest(name, tasks.clone()).map_or_else(
                || listed(&tasks.collect::<Vec<_>>()),
                |close| Some(format!("did you mean `{close}`?")),
            );
            let message = format!("No state is called `{name}`");
            return Some(fault(member.key_span, message, help));
        };
        if found.any(is_task) {
            return None;
        }
        let message = format!(
            "`{name}` is a {} state, and only a Task is answered by mocks",
            first.state_type.as_str()
        );
        Some(fault(member.key_span, message, None))
    };
    members.iter().filter_map(check).collect()
}

fn is_task(step: &Step) -> bool {
    matches!(step.kind, Kind::Task(_))
}

/// The tasks there are, unless they are too many to read.
fn listed(tasks: &[&str]) -> Option<String> {
    match tasks.len() {
        0 => Some("the definition has no task".to_owned()),
        1..=8 => Some(format!("its tasks are {}", tasks.join(", "))),
        _ => None,
    }
}
