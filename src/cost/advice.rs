//! Recommendations that reduce the cost: each with the states it is about and the monthly savings.

mod case;
mod forwarders;
mod item;
mod polling;

use super::assumptions::Assumptions;
use super::bill::{Metered, gb_seconds};
use super::feasibility::may_be_express;
use super::usage::{Children, Owner, StateUsage, billed_ms};
use super::{Estimate, Terms};
use crate::asl::state::NullablePath;
use crate::asl::transition_graph::{TransitionGraph, node};
use crate::asl::{Kind, Machine, State};
use crate::spec::WorkflowType;
use crate::spec::quota;
use case::Case;
use petgraph::Direction::Incoming;
use rust_decimal::Decimal;

pub use item::Advice;

/// Retries are worth a word from this part of all transitions on.
const MANY_RETRIES: Decimal = Decimal::from_parts(1, 0, 0, false, 1);

/// All advice that saves money, the best first.
pub(super) fn find(
    machine: &Machine<'_>,
    estimate: &Estimate,
    assumptions: &Assumptions,
    terms: &Terms<'_>,
) -> Vec<Advice> {
    let case = Case {
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
    let mut advice = vec![case.other_type(), case.retries()];
    advice.push(case.passes());
    advice.extend(case.maps().into_iter().map(Some));
    advice.extend(polling::loops(&case).into_iter().map(Some));
    advice.extend(forwarders::find(&case).into_iter().map(Some));
    let mut advice: Vec<Advice> = advice
        .into_iter()
        .flatten()
        .filter(|a| a.saving > Decimal::ZERO)
        .collect();
    advice.sort_by(|a, b| b.saving.cmp(&a.saving).then(a.id.cmp(b.id)));
    advice
}

impl Case<'_, '_> {
    /// The machine as the other type.
    fn other_type(&self) -> Option<Advice> {
        let (own, other, id, text) = match self.estimate.workflow {
            WorkflowType::Standard => (
                &self.estimate.standard,
                &self.estimate.express,
                "use-express",
                "make it an Express machine: its executions last 5 minutes at most, may run more than once, and leave \
                 no history but their logs",
            ),
            WorkflowType::Express => (
                &self.estimate.express,
                &self.estimate.standard,
                "use-standard",
                "make it a Standard machine: it is billed by transitions, however long they take",
            ),
        };
        other.is_possible().then(|| Advice {
            id,
            states: Vec::new(),
            saving: own.total() - other.total(),
            text: text.to_owned(),
        })
    }

    /// Retries that are a good part of all transitions.
    fn retries(&self) -> Option<Advice> {
        let states = &self.estimate.usage.states;
        let billed = |s: &&StateUsage| s.owner != Owner::Child(WorkflowType::Express);
        let all: Decimal = states.iter().filter(billed).map(StateUsage::transitions).sum();
        let retries: Decimal = states.iter().filter(billed).map(|s| s.retries).sum();
        let part = retries.checked_div(all)?;
        if part < MANY_RETRIES {
            return None;
        }
        let mut tried: Vec<&StateUsage> = states.iter().filter(|s| s.retries > Decimal::ZERO).collect();
        tried.sort_by_key(|s| std::cmp::Reverse(s.retries));
        Some(Advice {
            id: "fewer-retries",
            states: tried.iter().map(|s| s.name.clone()).collect(),
            saving: self.saving_of_transitions(retries),
            text: format!(
                "{} % of the transitions are retries: mend what fails, or wait longer between attempts",
                (part * Decimal::ONE_HUNDRED).round()
            ),
        })
    }

    /// Pass states that do nothing, or that another Pass state could do as well.
    fn passes(&self) -> Option<Advice> {
        let (mut states, mut transitions) = (Vec::new(), Decimal::ZERO);
        self.machine.for_each_machine(&mut |scope| {
            let flow = TransitionGraph::new(scope);
            for (i, state) in scope.states.iter().enumerate() {
                if !is_superfluous(scope, &flow, i) {
                    continue;
                }
                if let Some(used) = self.used(state).filter(|u| !u.entries.is_zero()) {
                    states.push(state.name.as_str().to_owned());
                    transitions += used.billed_transitions();
                }
            }
        });
        (!states.is_empty()).then(|| Advice {
            id: "merge-pass-states",
            saving: self.saving_of_transitions(transitions),
            text: "leave out Pass states that change nothing, and let the state before do what a second Pass does"
                .to_owned(),
            states,
        })
    }

    /// Maps whose iterations or children could be Express executions.
    fn maps(&self) -> Vec<Advice> {
        let mut advice = Vec::new();
        if self.estimate.workflow == WorkflowType::Express {
            return advice;
        }
        self.machine.for_each_state(&mut |_, state| {
            let (Kind::Map(map), Some(used)) = (&state.kind, self.used(state)) else {
                return;
            };
            let Some(processor) = state.machines().first().filter(|p| may_be_express(p)) else {
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
        let is_it = |c: &&Children| {
            c.state == state.name.as_str() && c.workflow == WorkflowType::Standard && c.is_listed
        };
        let children = self.estimate.usage.children.iter().find(is_it)?;
        if children.billed_ms > limit_ms() {
            return None;
        }
        let less = Metered {
            transitions: children.count * children.transitions,
            ..Metered::default()
        };
        let more = Metered {
            requests: children.count,
            gb_seconds: children.count * gb_seconds(children.billed_ms, children.memory_mb),
            ..Metered::default()
        };
        Some(Advice {
            id: "express-children",
            states: vec![state.name.as_str().to_owned()],
            saving: self.saving(less, more),
            text: "set ProcessorConfig.ExecutionType to EXPRESS: each child lasts 5 minutes at most and may run more \
                   than once"
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
            if let Some(inner) = self.used(inner) {
                transitions += inner.transitions();
                ms += inner.ms;
            }
        });
        let each = billed_ms(ms.checked_div(used.iterations)?);
        if each > limit_ms() {
            return None;
        }
        let less = Metered {
            transitions,
            ..Metered::default()
        };
        let more = Metered {
            transitions: used.iterations,
            requests: used.iterations,
            gb_seconds: used.iterations * gb_seconds(each, Decimal::ONE),
        };
        Some(Advice {
            id: "express-iterations",
            states: vec![state.name.as_str().to_owned()],
            saving: self.saving(less, more),
            text: "make it a Distributed Map with EXPRESS children: an item then costs one transition and one request, \
                   and its states none; children may run more than once and see no variables from outside"
                .to_owned(),
        })
    }
}

fn limit_ms() -> Decimal {
    Decimal::from(quota::EXPRESS_SECONDS) * Decimal::ONE_THOUSAND
}

/// A Pass state that goes on and either changes nothing, or alone follows another Pass state that leads only here.
fn is_superfluous(scope: &Machine<'_>, flow: &TransitionGraph<'_>, i: usize) -> bool {
    let Some(state) = scope.states.get(i) else {
        return false;
    };
    if !matches!(state.kind, Kind::Pass(_)) {
        return false;
    }
    if changes_nothing(state) {
        return state.transition.next.is_some();
    }
    let mut before = flow.graph.neighbors_directed(node(i), Incoming);
    let (Some(only), None) = (before.next(), before.next()) else {
        return false;
    };
    let is_pass = |s: &State<'_>| matches!(s.kind, Kind::Pass(_)) && !changes_nothing(s);
    flow.start != Some(i) && scope.states.get(only.index()).is_some_and(is_pass)
}

fn changes_nothing(state: &State<'_>) -> bool {
    let Kind::Pass(pass) = &state.kind else {
        return false;
    };
    let data = &state.data;
    let is_whole = |path: &NullablePath<'_>| match path {
        NullablePath::Absent => true,
        NullablePath::Null => false,
        NullablePath::Path(path) => path.text.as_str() == "$",
    };
    let has_payload = data.parameters.is_some() || data.output.is_some() || data.assign.is_some();
    pass.result.is_none()
        && !has_payload
        && is_whole(&data.input_path)
        && is_whole(&data.output_path)
        && (is_whole(&data.result_path) || matches!(data.result_path, NullablePath::Null))
}
