//! Loops that poll for completion.

use super::context::Context;
use super::item::Advice;
use crate::asl::state::Task;
use crate::asl::transition_graph::{TransitionGraph, node};
use crate::asl::{Kind, Machine, State};
use crate::aws::integration;
use crate::aws::resource::{self, Pattern, Resource};
use crate::document::Node;
use petgraph::algo::kosaraju_scc;
use rust_decimal::Decimal;

/// Verbs in the names of read-only actions.
const READ_VERBS: [&str; 6] = ["get", "describe", "list", "head", "check", "query"];

/// Every loop of a Wait, one read-only Task, and a Choice.
pub(super) fn loops(cx: &Context<'_, '_>) -> Vec<Advice> {
    let mut advice = Vec::new();
    cx.machine.for_each_machine(&mut |scope| {
        let flow = TransitionGraph::new(scope);
        for component in kosaraju_scc(&flow.graph) {
            let mut members: Vec<usize> = component.iter().map(|n| n.index()).collect();
            members.sort_unstable();
            let states: Vec<&State<'_>> = members.iter().filter_map(|&i| scope.states.get(i)).collect();
            advice.extend(poll(cx, scope, &flow, &states));
        }
    });
    advice
}

fn poll(
    cx: &Context<'_, '_>,
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
    let (&[(polling, task)], true, true) = (
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
        .filter_map(|s| cx.usage_of(s))
        .map(crate::cost::usage::StateUsage::billed_transitions)
        .sum();
    // One waiting state remains, entered once per loop.
    let entries = entries_from_outside(cx, scope, flow, states);
    Some(Advice {
        id: "polling-loop",
        states: states.iter().map(|s| s.name.as_str().to_owned()).collect(),
        saving: cx.transition_saving((transitions - entries).max(Decimal::ZERO)),
        text: format!("`{}` polls for completion; {instead}", polling.name.as_str()),
    })
}

/// How often the loop is entered, at most: the entries of all states before it.
fn entries_from_outside(
    cx: &Context<'_, '_>,
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
    let mut entries = if starts_here { Decimal::ONE } else { Decimal::ZERO };
    for (i, before) in scope.states.iter().enumerate() {
        let enters_loop = flow.graph.neighbors(node(i)).any(|n| is_member(n.index()));
        if enters_loop && !is_member(i) {
            entries += cx.usage_of(before).map_or(Decimal::ZERO, |u| u.entries);
        }
    }
    entries
}

/// The alternative to polling; `None` unless the task seems to be read-only.
fn replacement(text: &str) -> Option<String> {
    let callback = "use a callback from the worker instead (.waitForTaskToken)";
    let resource = resource::classify(text);
    let call = match resource {
        Resource::LambdaFunction { name, .. } => return is_read_only(name.text).then(|| callback.to_owned()),
        _ => resource.call()?,
    };
    if call.pattern != Pattern::RequestResponse {
        return None;
    }
    if (call.service.text, call.action.text) == ("lambda", "invoke") {
        return Some(callback.to_owned());
    }
    if !is_read_only(call.action.text) {
        return None;
    }
    let waiting = integration::all()
        .iter()
        .find(|row| row.polls == Some((call.service.text, call.action.text)));
    Some(waiting.map_or_else(
        || "use an event or a callback instead (.waitForTaskToken)".to_owned(),
        |row| {
            format!(
                "use {}:{}.sync instead, which waits in one state",
                row.service, row.action
            )
        },
    ))
}

fn is_read_only(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    READ_VERBS.iter().any(|verb| action.contains(verb))
        || action.contains("status")
        || action.contains("poll")
}
