//! Whether a state machine can have a workflow type.

use super::usage::Usage;
use crate::asl::{Kind, Machine, Scalar, State};
use crate::aws::resource::{self, Pattern, Resource};
use crate::document::Node;
use crate::prose::duration;
use crate::spec::quota;
use indexmap::IndexMap;
use rust_decimal::Decimal;

/// A reason why a state machine cannot have a workflow type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Its id, in kebab case.
    pub id: &'static str,
    /// The states that cause it; empty if it concerns the whole execution.
    pub states: Vec<String>,
    /// The reason, in one sentence without a period.
    pub text: String,
}

/// Why a state machine cannot be of type EXPRESS.
pub fn express_obstacles(machine: &Machine<'_>, usage: &Usage) -> Vec<Obstacle> {
    let mut causes: IndexMap<(&'static str, &'static str), Vec<String>> = IndexMap::new();
    own_states(machine, &mut |state| {
        if let Some(obstacle) = state_obstacle(state) {
            causes
                .entry(obstacle)
                .or_default()
                .push(state.name.as_str().to_owned());
        }
    });
    let obstacle = |((id, text), states): ((&'static str, &'static str), Vec<String>)| Obstacle {
        id,
        states,
        text: text.to_owned(),
    };
    let mut obstacles: Vec<Obstacle> = causes.into_iter().map(obstacle).collect();
    let limit = Decimal::from(quota::EXPRESS_SECONDS) * Decimal::ONE_THOUSAND;
    if usage.duration_ms > limit {
        obstacles.push(Obstacle {
            id: "over-five-minutes",
            states: Vec::new(),
            text: format!(
                "executions take {}, but an Express execution is limited to 300 s",
                duration::mean(usage.duration_ms)
            ),
        });
    }
    obstacles
}

/// Why a state machine cannot be of type STANDARD.
pub fn standard_obstacles(usage: &Usage) -> Vec<Obstacle> {
    let limit = Decimal::from(quota::HISTORY_EVENTS);
    if usage.events <= limit {
        return Vec::new();
    }
    vec![Obstacle {
        id: "history-too-long",
        states: Vec::new(),
        text: format!(
            "executions have about {} events, but a history is limited to {limit}",
            usage.events.round()
        ),
    }]
}

/// Visits every state of the execution itself, without the states of child executions of a Distributed Map.
fn own_states<'a, 'd>(machine: &'a Machine<'d>, f: &mut dyn FnMut(&'a State<'d>)) {
    for state in &machine.states {
        f(state);
        if !matches!(&state.kind, Kind::Map(map) if map.is_distributed) {
            state.machines().iter().for_each(|inner| own_states(inner, f));
        }
    }
}

/// The id and text of the reason why a state is not possible in an Express workflow.
fn state_obstacle(state: &State<'_>) -> Option<(&'static str, &'static str)> {
    match &state.kind {
        Kind::Map(map) if map.is_distributed => {
            Some(("distributed-map", "Distributed Maps require a Standard workflow"))
        }
        Kind::Task(task) => {
            let text = task.resource.and_then(Node::as_str)?;
            let resource = resource::classify(text);
            if matches!(resource, Resource::Activity { .. }) {
                return Some(("activity", "activities require a Standard workflow"));
            }
            match resource.call()?.pattern {
                Pattern::RequestResponse => None,
                Pattern::Sync | Pattern::Sync2 => {
                    Some(("sync", "waiting for a job (.sync) requires a Standard workflow"))
                }
                Pattern::WaitForTaskToken => Some((
                    "wait-for-task-token",
                    "waiting for a task token (.waitForTaskToken) requires a Standard workflow",
                )),
            }
        }
        Kind::Wait(wait) => {
            let seconds = match wait.seconds.as_ref()? {
                Scalar::Literal(node) => node.as_f64()?,
                Scalar::Computed(_) => return None,
            };
            (seconds > f64::from(quota::EXPRESS_SECONDS)).then_some((
                "long-wait",
                "it waits longer than 300 s, the limit of an Express execution",
            ))
        }
        _ => None,
    }
}

/// Whether the item processor of a Map can run as an Express execution.
pub(super) fn can_be_express(machine: &Machine<'_>) -> bool {
    let mut is_possible = true;
    own_states(machine, &mut |state| {
        is_possible &= state_obstacle(state).is_none();
    });
    is_possible
}
