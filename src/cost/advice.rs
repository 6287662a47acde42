//! Recommendations that reduce the cost, with the states they apply to and the monthly savings.

mod context;
mod item;
mod polling;
mod thin_functions;

use super::assumptions::Assumptions;
use super::bill::{Metered, gb_seconds};
use super::feasibility::can_be_express;
use super::usage::{ChildExecutions, Owner, StateUsage, billed_ms};
use super::{Estimate, Terms};
use crate::asl::state::NullablePath;
use crate::asl::transition_graph::{TransitionGraph, node};
use crate::asl::{Kind, Machine, State};
use crate::spec::WorkflowType;
use crate::spec::quota;
use context::Context;
use petgraph::Direction::Incoming;
use rust_decimal::Decimal;

pub use item::Advice;

/// The share of retries in all transitions from which on a recommendation is made.
const MIN_RETRY_SHARE: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// All recommendations that reduce the cost, largest savings first.
pub(super) fn find(
    machine: &Machine<'_>,
    estimate: &Estimate,
    assumptions: &Assumptions,
    terms: &Terms<'_>,
) -> Vec<Advice> {
    let cx = Context {
        machine,
        estimate,
        assumptions,
        terms,
        by_name: estimate
            .usage
            .states
            .iter()
            .map(|s| (s.name.as_str(), s))
            .collect(),
    };
    let mut advice = vec![cx.other_type(), cx.retries()];
    advice.push(cx.passes());
    advice.extend(cx.maps().into_iter().map(Some));
    advice.extend(polling::loops(&cx).into_iter().map(Some));
    advice.extend(thin_functions::find(&cx).into_iter().map(Some));
    let mut advice: Vec<Advice> = advice
        .into_iter()
        .flatten()
        .filter(|a| a.saving > Decimal::ZERO)
        .collect();
    advice.sort_by(|a, b| b.saving.cmp(&a.saving).then(a.id.cmp(b.id)));
    advice
}

impl Context<'_, '_> {
    /// The other workflow type.
    fn other_type(&self) -> Option<Advice> {
        let (own, other, id, text) = match self.estimate.workflow {
            WorkflowType::Standard => (
                &self.estimate.standard,
                &self.estimate.express,
                "use-express",
                "change the type to EXPRESS; executions are then limited to 5 minutes, may run more than once, and have no \
                 history except their logs",
            ),
            WorkflowType::Express => (
                &self.estimate.express,
                &self.estimate.standard,
                "use-standard",
                "change the type to STANDARD, which is billed by transitions and not by duration",
            ),
        };
        other.is_possible().then(|| Advice {
            id,
            states: Vec::new(),
            saving: own.total() - other.total(),
            text: text.to_owned(),
        })
    }

    /// A large share of retries in all transitions.
    fn retries(&self) -> Option<Advice> {
        let states = &self.estimate.usage.states;
        let billed = |s: &&StateUsage| s.owner != Owner::Child(WorkflowType::Express);
        let all: Decimal = states.iter().filter(billed).map(StateUsage::transitions).sum();
        let retries: Decimal = states.iter().filter(billed).map(|s| s.retries).sum();
        let share = retries.checked_div(all)?;
        if share < MIN_RETRY_SHARE {
            return None;
        }
        let mut by_retries: Vec<&StateUsage> = states.iter().filter(|s| s.retries > Decimal::ZERO).collect();
        by_retries.sort_by_key(|s| std::cmp::Reverse(s.retries));
        Some(Advice {
            id: "fewer-retries",
            states: by_retries.iter().map(|s| s.name.clone()).collect(),
            saving: self.transition_saving(retries),
            text: format!(
                "{}% of the transitions are retries; fix the causes of the failures, or increase the delay between attempts",
                (share * Decimal::ONE_HUNDRED).round()
            ),
        })
    }

    /// Pass states that have no effect or that can be merged into the Pass state before them.
    fn passes(&self) -> Option<Advice> {
        let (mut states, mut transitions) = (Vec::new(), Decimal::ZERO);
        self.machine.for_each_machine(&mut |scope| {
            let flow = TransitionGraph::new(scope);
            for (i, state) in scope.states.iter().enumerate() {
                if !is_redundant(scope, &flow, i) {
                    continue;
                }
                if let Some(used) = self.usage_of(state).filter(|u| !u.entries.is_zero()) {
                    states.push(state.name.as_str().to_owned());
                    transitions += used.billed_transitions();
                }
            }
        });
        (!states.is_empty()).then(|| Advice {
            id: "merge-pass-states",
            saving: self.transition_saving(transitions),
            text: "remove Pass states without effect, and merge consecutive Pass states".to_owned(),
            states,
        })
    }

    /// Maps whose iterations or child executions could be Express executions.
    fn maps(&self) -> Vec<Advice> {
        let mut advice = Vec::new();
        if self.estimate.workflow == WorkflowType::Express {
            return advice;
        }
        self.machine.for_each_state(&mut |_, state| {
            let (Kind::Map(map), Some(used)) = (&state.kind, self.usage_of(state)) else {
                return;
            };
            let Some(processor) = state.machines().first().filter(|p| can_be_express(p)) else {
                return;
            };
            if used.owner == Owner::Child(WorkflowType::Express) {
                return;
            }
            advice.extend(if map.is_distributed {
                self.express_children(state)
            } else {
                self.express_iterations(state, used, processor)
            });
        });
        advice
    }

    fn express_children(&self, state: &State<'_>) -> Option<Advice> {
        let is_it = |c: &&ChildExecutions| {
            c.state == state.name.as_str() && c.workflow == WorkflowType::Standard && c.is_listed
        };
        let children = self.estimate.usage.children.iter().find(is_it)?;
        if children.billed_ms > limit_ms() {
            return None;
        }
        let removed = Metered {
            transitions: children.count * children.transitions,
            ..Metered::default()
        };
        let added = Metered {
            requests: children.count,
            gb_seconds: children.count * gb_seconds(children.billed_ms, children.memory_mb),
            ..Metered::default()
        };
        Some(Advice {
            id: "express-children",
            states: vec![state.name.as_str().to_owned()],
            saving: self.saving(removed, added),
            text: "set ProcessorConfig.ExecutionType to EXPRESS; child executions are then limited to 5 minutes and may run \
                   more than once"
                .to_owned(),
        })
    }

    fn express_iterations(
        &self,
        state: &State<'_>,
        used: &StateUsage,
        processor: &Machine<'_>,
    ) -> Option<Advice> {
        let (mut transitions, mut ms) = (Decimal::ZERO, Decimal::ZERO);
        processor.for_each_state(&mut |_, inner| {
            if let Some(inner) = self.usage_of(inner) {
                transitions += inner.transitions();
                ms += inner.ms;
            }
        });
        let each = billed_ms(ms.checked_div(used.iterations)?);
        if each > limit_ms() {
            return None;
        }
        let removed = Metered {
            transitions,
            ..Metered::default()
        };
        let added = Metered {
            transitions: used.iterations,
            requests: used.iterations,
            gb_seconds: used.iterations * gb_seconds(each, Decimal::ONE),
        };
        Some(Advice {
            id: "express-iterations",
            states: vec![state.name.as_str().to_owned()],
            saving: self.saving(removed, added),
            text: "use a Distributed Map with EXPRESS children; each item is then billed as one transition and one request, \
                   whatever its number of states, but children may run more than once and cannot read outer variables"
                .to_owned(),
        })
    }
}

fn limit_ms() -> Decimal {
    Decimal::from(quota::EXPRESS_SECONDS) * Decimal::ONE_THOUSAND
}

/// Whether a Pass state has no effect, or is the only successor of a Pass state that is its only predecessor.
fn is_redundant(scope: &Machine<'_>, flow: &TransitionGraph<'_>, i: usize) -> bool {
    let Some(state) = scope.states.get(i) else {
        return false;
    };
    if !matches!(state.kind, Kind::Pass(_)) {
        return false;
    }
    if has_no_effect(state) {
        return state.transition.next.is_some();
    }
    let mut predecessors = flow.graph.neighbors_directed(node(i), Incoming);
    let (Some(only), None) = (predecessors.next(), predecessors.next()) else {
        return false;
    };
    let is_pass = |s: &State<'_>| matches!(s.kind, Kind::Pass(_)) && !has_no_effect(s);
    flow.start != Some(i) && scope.states.get(only.index()).is_some_and(is_pass)
}

fn has_no_effect(state: &State<'_>) -> bool {
    let Kind::Pass(pass) = &state.kind else {
        return false;
    };
    let data = &state.data;
    let is_root = |path: &NullablePath<'_>| match path {
        NullablePath::Absent => true,
        NullablePath::Null => false,
        NullablePath::Path(path) => path.text.as_str() == "$",
    };
    let has_payload = data.parameters.is_some() || data.output.is_some() || data.assign.is_some();
    pass.result.is_none()
        && !has_payload
        && is_root(&data.input_path)
        && is_root(&data.output_path)
        && (is_root(&data.result_path) || matches!(data.result_path, NullablePath::Null))
}
