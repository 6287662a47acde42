//! The least number of events that a state adds to the history of its execution.

use crate::asl::state::Map;
use crate::asl::transition_graph::node;
use crate::asl::{Kind, Machine, State};
use crate::aws::quota;
use crate::aws::resource::{Pattern, classify};
use crate::document::Node;
use crate::lint::context::Context;
use petgraph::algo::dijkstra;
use petgraph::visit::EdgeRef;

/// How many items of a Map are written down; 0 where they are computed.
pub(super) fn items(map: &Map<'_>) -> u64 {
    let written = map.items.as_ref().and_then(|items| items.node.as_array());
    written.map_or(0, |items| items.len() as u64)
}

/// The events of a state that succeeds at the first attempt.
pub(super) fn of_state(cx: &Context<'_, '_>, state: &State<'_>) -> u64 {
    let inside = || {
        state
            .machines()
            .iter()
            .map(|machine| of_machine(cx, machine))
            .sum::<u64>()
    };
    let events = |n: u32| u64::from(n);
    match &state.kind {
        Kind::Pass(_) | Kind::Choice(_) | Kind::Wait(_) | Kind::Succeed(_) => {
            events(quota::EVENTS_OF_PLAIN_STATE)
        }
        Kind::Task(task) => {
            let resource = task.resource.and_then(Node::as_str).map(classify);
            let pattern = resource.and_then(|r| r.call()).map(|call| call.pattern);
            events(match pattern {
                None | Some(Pattern::RequestResponse) => quota::EVENTS_OF_TASK,
                Some(_) => quota::EVENTS_OF_WAITING_TASK,
            })
        }
        Kind::Parallel(_) => events(quota::EVENTS_OF_BRANCHING) + inside(),
        Kind::Map(map) if map.is_distributed => events(quota::EVENTS_OF_DISTRIBUTED_MAP),
        Kind::Map(map) => {
            let items = items(map);
            if items == 0 {
                return events(quota::EVENTS_OF_BRANCHING);
            }
            let each = inside() + events(quota::EVENTS_OF_ITERATION);
            items.saturating_mul(each) + events(quota::EVENTS_OF_BRANCHING)
        }
        Kind::Fail(_) | Kind::Unknown => 0,
    }
}

/// The events of the shortest way through a scope; 0 where there is none, or a template hides some.
fn of_machine(cx: &Context<'_, '_>, machine: &Machine<'_>) -> u64 {
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
    let of: Vec<u64> = machine.states.iter().map(|state| of_state(cx, state)).collect();
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
