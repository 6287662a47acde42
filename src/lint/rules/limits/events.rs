//! The minimum number of events that a state adds to the history of its execution.

use crate::asl::semantics::event_count;
use crate::asl::state::Map;
use crate::asl::transition_graph::node;
use crate::asl::{Kind, Machine, State};
use crate::aws::resource::{Pattern, classify};
use crate::document::Node;
use crate::lint::context::Context;
use petgraph::algo::dijkstra;
use petgraph::visit::EdgeRef;

/// The number of literal items of a Map; 0 if they are computed.
pub(super) fn items(map: &Map<'_>) -> u64 {
    let written = map.items.as_ref().and_then(|items| items.node.as_array());
    written.map_or(0, |items| items.len() as u64)
}

/// The events of a state that succeeds at the first attempt.
pub(super) fn min_state_events(cx: &Context<'_, '_>, state: &State<'_>) -> u64 {
    let inside = || {
        state
            .machines()
            .iter()
            .map(|machine| min_machine_events(cx, machine))
            .sum::<u64>()
    };
    let waits = match &state.kind {
        Kind::Task(task) => {
            let resource = task.resource.and_then(Node::as_str).map(classify);
            let pattern = resource.and_then(|r| r.call()).map(|call| call.pattern);
            !matches!(pattern, None | Some(Pattern::RequestResponse))
        }
        _ => false,
    };
    let own = u64::from(event_count::state_events(&state.kind, waits));
    match &state.kind {
        Kind::Parallel(_) => own + inside(),
        Kind::Map(map) if !map.is_distributed => match items(map) {
            0 => own,
            items => own + items.saturating_mul(inside() + u64::from(event_count::ITERATION)),
        },
        Kind::Fail(_) | Kind::Unknown => 0,
        _ => own,
    }
}

/// The events of the shortest path through a scope; 0 if there is none, or if a template hides part of it.
fn min_machine_events(cx: &Context<'_, '_>, machine: &Machine<'_>) -> u64 {
    let scope = cx
        .scopes
        .iter()
        .find(|scope| scope.machine.pointer == machine.pointer);
    let Some((scope, start)) = scope.and_then(|s| Some((s, s.flow.start?))) else {
        return 0;
    };
    if scope.flow.is_partial {
        return 0;
    }
    let of: Vec<u64> = machine
        .states
        .iter()
        .map(|state| min_state_events(cx, state))
        .collect();
    let ways = dijkstra(&scope.flow.graph, node(start), None, |edge| {
        of[edge.target().index()]
    });
    let ends =
        machine.states.iter().enumerate().filter(|(_, state)| {
            state.transition.end || matches!(state.kind, Kind::Succeed(_) | Kind::Fail(_))
        });
    let least = ends.filter_map(|(i, _)| ways.get(&node(i))).min();
    least.map_or(0, |way| of[start] + way)
}
