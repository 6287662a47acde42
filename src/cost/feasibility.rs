//! Whether a machine can be of a type at all.

use super::usage::Usage;
use crate::asl::{Kind, Machine, Scalar, State};
use crate::aws::resource::{self, Pattern, Resource};
use crate::document::Node;
use crate::prose::duration;
use crate::spec::quota;
use indexmap::IndexMap;
use rust_decimal::Decimal;

/// Something that rules a type out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// Its name, kebab-case.
    pub id: &'static str,
    /// The states that cause it; none where it is the whole execution.
    pub states: Vec<String>,
    /// What it is, one sentence without a full stop.
    pub text: String,
}

/// Why a machine cannot be of type EXPRESS.
pub fn against_express(machine: &Machine<'_>, usage: &Usage) -> Vec<Obstacle> {
    let mut causes: IndexMap<(&'static str, &'static str), Vec<String>> = IndexMap::new();
    own_states(machine, &mut |state| {
        if let Some(cause) = cause(state) {
            causes
                .entry(cause)
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
                "an execution takes {}, and an Express execution ends after 300 s",
                duration::mean(usage.duration_ms)
            ),
        });
    }
    obstacles
}

/// Why a machine cannot be of type STANDARD.
pub fn against_standard(usage: &Usage) -> Vec<Obstacle> {
    let limit = Decimal::from(quota::HISTORY_EVENTS);
    if usage.events <= limit {
        return Vec::new();
    }
    vec![Obstacle {
        id: "history-too-long",
        states: Vec::new(),
        text: format!(
            "an execution has about {} events, and its history ends at {limit}",
            usage.events.round()
        ),
    }]
}

/// Every state of the execution itself: the children of a Distributed Map are other executions.
fn own_states<'a, 'd>(machine: &'a Machine<'d>, f: &mut dyn FnMut(&'a State<'d>)) {
    for state in &machine.states {
        f(state);
        if !matches!(&state.kind, Kind::Map(map) if map.is_distributed) {
            state.machines().iter().for_each(|inner| own_states(inner, f));
        }
    }
}

/// What about one state an Express machine cannot have.
pub(super) fn cause(state: &State<'_>) -> Option<(&'static str, &'static str)> {
    match &state.kind {
        Kind::Map(map) if map.is_distributed => Some((
            "distributed-map",
            "a Distributed Map runs in Standard machines only",
        )),
        Kind::Task(task) => {
            let text = task.resource.and_then(Node::as_str)?;
            let resource = resource::classify(text);
            if matches!(resource, Resource::Activity { .. }) {
                return Some(("activity", "an activity is polled in Standard machines only"));
            }
            match resource.call()?.pattern {
                Pattern::RequestResponse => None,
                Pattern::Sync | Pattern::Sync2 => Some((
                    "sync",
                    "waiting for a job (.sync) works in Standard machines only",
                )),
                Pattern::WaitForTaskToken => Some((
                    "wait-for-task-token",
                    "waiting for a token (.waitForTaskToken) works in Standard machines only",
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
                "it waits longer than the 300 s that an Express execution may take",
            ))
        }
        _ => None,
    }
}

/// Whether a machine inside a Map or a Parallel could run as an Express execution.
pub(super) fn may_be_express(machine: &Machine<'_>) -> bool {
    let mut may = true;
    own_states(machine, &mut |state| may &= cause(state).is_none());
    may
}
