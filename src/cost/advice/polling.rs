//! Loops that ask again and again whether something is done.

use super::case::Case;
use super::item::Advice;
use crate::asl::state::Task;
use crate::asl::transition_graph::{TransitionGraph, node};
use crate::asl::{Kind, Machine, State};
use crate::aws::integration;
use crate::aws::resource::{self, Pattern, Resource};
use crate::document::Node;
use petgraph::algo::kosaraju_scc;
use rust_decimal::Decimal;

/// What the name of an action begins with that only looks.
const LOOKS: [&str; 6] = ["get", "describe", "list", "head", "check", "query"];

/// Every loop of a Wait, one Task that looks, and a Choice.
pub(super) fn loops(case: &Case<'_, '_>) -> Vec<Advice> {
    let mut advice = Vec::new();
    case.machine.for_each_machine(&mut |scope| {
        let flow = TransitionGraph::new(scope);
        for component in kosaraju_scc(&flow.graph) {
            let mut members: Vec<usize> = component.iter().map(|n| n.index()).collect();
            members.sort_unstable();
            let states: Vec<&State<'_>> = members.iter().filter_map(|&i| scope.states.get(i)).collect();
            advice.extend(poll(case, scope, &flow, &states));
        }
    });
    advice
}

fn poll(
    case: &Case<'_, '_>,
    scope: &Machine<'_>,
    flow: &TransitionGraph<'_>,
    states: &[&State<'_>],
) -> Option<Advice> {
    let has = |f: fn(&Kind<'_>) -> bool| states.iter().any(|s| f(&s.kind));
    let tasks: Vec<(&State<'_>, &Task<'_>)> = states
        .iter()
        .filter_map(|s| match &s.kind {
            Kind::Task(task) => Some((*s, &**task)),
            _ => None,
        })
        .collect();
    let (&[(looking, task)], true, true) = (
        tasks.as_slice(),
        has(|k| matches!(k, Kind::Wait(_))),
        has(|k| matches!(k, Kind::Choice(_))),
    ) else {
        return None;
    };
    if has(|k| matches!(k, Kind::Map(_) | Kind::Parallel(_))) {
        return None;
    }
    let text = task.resource.and_then(Node::as_str)?;
    let instead = replacement(text)?;
    let transitions: Decimal = states
        .iter()
        .filter_map(|s| case.used(s))
        .map(crate::cost::usage::StateUsage::billed_transitions)
        .sum();
    // One state is left to wait in, as often as the loop is begun.
    let begun = entries_from_outside(case, scope, flow, states);
    Some(Advice {
        id: "polling-loop",
        states: states.iter().map(|s| s.name.as_str().to_owned()).collect(),
        saving: case.saving_of_transitions((transitions - begun).max(Decimal::ZERO)),
        text: format!("`{}` asks until it is done: {instead}", looking.name.as_str()),
    })
}

/// How often the loop is entered: never more often than any state before it is.
fn entries_from_outside(
    case: &Case<'_, '_>,
    scope: &Machine<'_>,
    flow: &TransitionGraph<'_>,
    states: &[&State<'_>],
) -> Decimal {
    let is_member = |i: usize| {
        scope
            .states
            .get(i)
            .is_some_and(|s| states.iter().any(|m| std::ptr::eq(*m, s)))
    };
    let starts_here = flow.start.is_some_and(is_member);
    let mut begun = if starts_here { Decimal::ONE } else { Decimal::ZERO };
    for (i, before) in scope.states.iter().enumerate() {
        let leads_in = flow.graph.neighbors(node(i)).any(|n| is_member(n.index()));
        if leads_in && !is_member(i) {
            begun += case.used(before).map_or(Decimal::ZERO, |u| u.entries);
        }
    }
    begun
}

/// What to do instead of asking; none where the task does not look as if it only asked.
fn replacement(text: &str) -> Option<String> {
    let callback = "have the worker call back (.waitForTaskToken)";
    let resource = resource::classify(text);
    let call = match resource {
        Resource::LambdaFunction { name, .. } => return looks(name.text).then(|| callback.to_owned()),
        _ => resource.call()?,
    };
    if call.pattern != Pattern::RequestResponse {
        return None;
    }
    if (call.service.text, call.action.text) == ("lambda", "invoke") {
        return Some(callback.to_owned());
    }
    if !looks(call.action.text) {
        return None;
    }
    let waiting = integration::all()
        .iter()
        .find(|row| row.polls == Some((call.service.text, call.action.text)));
    Some(waiting.map_or_else(
        || "wait for an event or a callback (.waitForTaskToken) instead".to_owned(),
        |row| format!("{}:{}.sync waits for it in one state", row.service, row.action),
    ))
}

fn looks(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    LOOKS.iter().any(|verb| action.contains(verb)) || action.contains("status") || action.contains("poll")
}
