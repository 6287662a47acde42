//! Validation of the names in mocks.

use crate::diagnostic::Diagnostic;
use crate::document::{Member, Node};
use crate::prose;
use crate::simulate::identity::machine_name;
use crate::simulate::plan::{Plan, State, StateKind, Task};
use crate::user_file::invalid;
use std::borrow::Cow;

/// An error for each key in a mock file that does not exist in the machines.
pub fn unknown(root: &Node, plans: &[&Plan]) -> Vec<Diagnostic> {
    let members = |key: &str| root.get(key).and_then(Node::as_object).unwrap_or_default();
    let mut faults = misnamed(members("states"), plans);
    faults.extend(unused_resources(members("resources"), plans));
    faults.extend(unknown_children(members("children"), plans));
    faults
}

/// An error for each member whose key is not a Task state of the machines.
pub(super) fn misnamed(members: &[Member], plans: &[&Plan]) -> Vec<Diagnostic> {
    let states = || plans.iter().flat_map(|plan| &plan.states);
    let check = |member: &Member| {
        let name = member.key.as_str();
        let mut found = states().filter(|state| *state.name == *name).peekable();
        let Some(first) = found.peek().copied() else {
            let names: Vec<&str> = tasks(plans).map(|(state, _)| &*state.name).collect();
            let help = suggestion(name, &names, "the definition has these tasks:");
            let message = format!("undefined state `{name}`");
            return Some(with_help(help, invalid(member.key_span, message)));
        };
        if found.any(is_task) {
            return None;
        }
        let message = format!(
            "`{name}` is a {} state; only Task states can be mocked",
            first.state_type.as_str()
        );
        Some(invalid(member.key_span, message))
    };
    members.iter().filter_map(check).collect()
}

/// An error for each member whose key is not the `Resource` of a task.
fn unused_resources(members: &[Member], plans: &[&Plan]) -> Vec<Diagnostic> {
    let mut resources: Vec<&str> = tasks(plans).map(|(_, task)| &*task.arn).collect();
    resources.sort_unstable();
    resources.dedup();
    let strangers = members.iter().filter(|m| !resources.contains(&m.key.as_str()));
    strangers
        .map(|member| {
            let name = member.key.as_str();
            let help = suggestion(name, &resources, "the tasks use these resources:");
            let message = format!("no task uses the resource `{name}`");
            with_help(help, invalid(member.key_span, message))
        })
        .collect()
}

/// An error for each member whose key is neither a task that starts an execution nor the machine that it starts.
fn unknown_children(members: &[Member], plans: &[&Plan]) -> Vec<Diagnostic> {
    let starters: Vec<(&State, &Task)> = tasks(plans)
        .filter(|(_, task)| starts_execution(&task.arn))
        .collect();
    let mut known: Vec<&str> = Vec::new();
    let mut is_any_computed = false;
    for (state, _) in &starters {
        known.push(&state.name);
        let arguments = state.data.arguments.as_ref();
        let template = arguments.and_then(|compiled| compiled.template.as_ref().ok());
        match template.and_then(|template| template.literal_member("StateMachineArn")) {
            Some(arn) => {
                let arn = arn.as_str().unwrap_or_default();
                known.extend([arn, machine_name(arn)]);
            }
            None => is_any_computed = true,
        }
    }
    let check = |member: &Member| {
        let name = member.key.as_str();
        let mut found = plans.iter().flat_map(|plan| &plan.states);
        let other = found.find(|state| *state.name == *name);
        if known.contains(&name) || (is_any_computed && other.is_none()) {
            return None;
        }
        let message = match other {
            Some(_) => {
                format!(
                    "`{name}` does not start an execution; only a Task that starts an execution can have a child"
                )
            }
            None => format!("no task is named `{name}`, and none starts a state machine with that name"),
        };
        let names: Vec<&str> = starters.iter().map(|(state, _)| &*state.name).collect();
        let help = match prose::closest(name, known.iter().copied()) {
            Some(close) => Some(prose::similar_name("task", close)),
            None if names.is_empty() => Some("no task starts an execution".to_owned()),
            None => suggestion(name, &names, "these tasks start executions:"),
        };
        Some(with_help(help, invalid(member.key_span, message)))
    };
    members.iter().filter_map(check).collect()
}

fn tasks<'p>(plans: &[&'p Plan]) -> impl Iterator<Item = (&'p State, &'p Task)> {
    let states = plans.iter().flat_map(|plan| &plan.states);
    states.filter_map(|state| Some((state, state.task()?)))
}

fn with_help(help: Option<String>, error: Diagnostic) -> Diagnostic {
    Diagnostic {
        help: help.map(Cow::from),
        ..error
    }
}

/// Help: a similar name, or all names.
fn suggestion(name: &str, known: &[&str], there_are: &str) -> Option<String> {
    let close = prose::closest(name, known.iter().copied());
    close.map_or_else(
        || listed(known, there_are),
        |close| Some(prose::similar_name("task", close)),
    )
}

fn is_task(state: &State) -> bool {
    matches!(state.kind, StateKind::Task(_))
}

/// Help: all names, unless there are too many.
fn listed(known: &[&str], there_are: &str) -> Option<String> {
    match known.len() {
        0 => Some("the definition has no tasks".to_owned()),
        1..=8 => Some(format!("{there_are} {}", prose::list(known))),
        _ => None,
    }
}

/// Whether a task of this `Resource` starts an execution.
pub(super) fn starts_execution(resource: &str) -> bool {
    let starts = [
        ":states:startExecution",
        ":aws-sdk:sfn:startExecution",
        ":aws-sdk:sfn:startSyncExecution",
    ];
    starts.iter().any(|action| resource.contains(action))
}
