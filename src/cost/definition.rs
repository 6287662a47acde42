//! Usage from the definition alone: how often each state is entered if choices fall as the assumptions say.
//!
//! Each scope (the machine, a branch, a Map's processor) is an absorbing Markov chain, solved from the inside out:
//! what lies in a Parallel or a Map is a factor of the state's own visits. Everything here is `f64` until the end,
//! where each figure is rounded to ten places.

mod analysis;
mod body;
mod bounds;
mod odds;
mod retries;

use super::Unpriceable;
use super::assumptions::{Assumptions, Setting};
use super::markov::Chain;
use super::usage::{
    self, Assumed, Basis, Children, Owner, Source, StateUsage, Transitions, Usage, billed_ms, quantity,
};
use crate::asl::semantics::event_count;
use crate::asl::state::Choice;
use crate::asl::transition_graph::{Cause, TransitionGraph, node};
use crate::asl::{Kind, Machine, State};
use crate::spec::WorkflowType;
use analysis::{Analysis, Entry, Scope, Started, memory_mb};
use body::Body;
use bounds::Weight;
use indexmap::IndexMap;
use odds::Odds;
use petgraph::visit::EdgeRef;
use rust_decimal::prelude::ToPrimitive;

/// Usage of one execution of a machine.
pub fn usage(machine: &Machine<'_>, assumptions: &Assumptions) -> Result<Usage, Unpriceable> {
    let mut analysis = Analysis {
        assumptions,
        assumed: IndexMap::new(),
    };
    let scope = analysis.scope(machine)?;
    let mut found = finish(machine, scope)?;
    found.assumed = analysis.report();
    found.assumed.push(Assumed {
        what: usage::MEMORY,
        value: "50 MB, the definition, and the data of the steps in flight".to_owned(),
        basis: Basis::Aws,
        states: Vec::new(),
    });
    Ok(found)
}

impl Analysis<'_> {
    fn report(self) -> Vec<Assumed> {
        let assumed = |((what, value, basis), states)| Assumed {
            what,
            value,
            basis,
            states,
        };
        self.assumed.into_iter().map(assumed).collect()
    }

    /// One run through a scope.
    fn scope(&mut self, machine: &Machine<'_>) -> Result<Scope, Unpriceable> {
        let flow = TransitionGraph::new(machine);
        let Some(start) = flow.start else {
            return Err(Unpriceable::NoStart {
                pointer: machine.pointer.clone(),
            });
        };
        let bodies = machine
            .states
            .iter()
            .map(|state| self.body(state))
            .collect::<Result<Vec<Body>, _>>()?;
        let (chain, success) = self.chain(machine, &flow, &bodies);
        let solved = chain.visits(start).map_err(|endless| Unpriceable::Endless {
            states: names(machine, &endless.0),
        })?;
        if solved.is_cut_short {
            let key = (
                "loops",
                "solved by iteration that was cut short".to_owned(),
                Basis::Default,
            );
            self.assumed.entry(key).or_default();
        }
        Ok(total(machine, &flow, bodies, &solved.visits, &success))
    }

    /// The scope as a chain, and for each state how likely it ends the scope well.
    fn chain(
        &mut self,
        machine: &Machine<'_>,
        flow: &TransitionGraph<'_>,
        bodies: &[Body],
    ) -> (Chain, Vec<f64>) {
        let mut chain = Chain::default();
        let mut success = Vec::with_capacity(bodies.len());
        for (i, (state, body)) in machine.states.iter().zip(bodies).enumerate() {
            let odds = match &state.kind {
                Kind::Choice(choice) => Some(self.odds(state, choice)),
                _ => None,
            };
            let catcher = retries::catcher(state.catch(), self.error(state));
            let through = 1.0 - body.attempts.failure;
            let mut next: Vec<(usize, f64)> = Vec::new();
            for edge in flow.graph.edges(node(i)) {
                let p = match (edge.weight().cause, &odds) {
                    (Cause::Next, _) => through,
                    (Cause::Rule(rule), Some(odds)) => odds.rules.get(rule).copied().unwrap_or(0.0),
                    (Cause::Default, Some(odds)) => odds.default,
                    (Cause::Catch(c), _) if Some(c) == catcher => body.attempts.failure,
                    _ => 0.0,
                };
                if p > 0.0 {
                    next.push((edge.target().index(), p));
                }
            }
            // petgraph lists the edge added last first; sums should not depend on that.
            next.reverse();
            let is_end = state.transition.end || matches!(state.kind, Kind::Succeed(_));
            success.push(if is_end { through } else { 0.0 });
            let stays: f64 = next.iter().map(|(_, p)| p).sum();
            let leaves = 1.0 - stays;
            // A state that passes on all it gets leaves the rounding of its odds behind, and nothing else.
            chain.leave.push(if leaves > 1e-12 { leaves } else { 0.0 });
            chain.next.push(next);
        }
        (chain, success)
    }

    fn odds(&mut self, state: &State<'_>, choice: &Choice<'_>) -> Odds {
        let given = self.assumptions.state(state.name).and_then(|s| s.odds.as_deref());
        let (odds, value, basis) = match given {
            Some(given) => (Odds::given(choice, given), shown_odds(given), Basis::File),
            None => (Odds::equal(choice), "equal odds".to_owned(), Basis::Default),
        };
        if odds.is_open() {
            self.assume("rules of a Choice", value, Setting { value: (), basis }, state);
        }
        odds
    }

    fn error(&self, state: &State<'_>) -> Option<&str> {
        self.assumptions.state(state.name)?.error.as_deref()
    }
}

fn shown_odds(odds: &[f64]) -> String {
    let shown: Vec<String> = odds.iter().map(|p| shown_probability(*p)).collect();
    shown.join(", ")
}

/// Four places, and what is too small for them in powers of ten: `0.3333`, `1e-9`.
fn shown_probability(p: f64) -> String {
    if p == 0.0 || p >= 1e-4 {
        return format!("{}", (p * 1e4).round() / 1e4);
    }
    let rounded: f64 = format!("{p:.2e}").parse().unwrap_or(p);
    format!("{rounded:e}")
}

fn names(machine: &Machine<'_>, states: &[usize]) -> Vec<String> {
    let name = |&i: &usize| machine.states.get(i).map(|s| s.name.as_str().to_owned());
    states.iter().filter_map(name).collect()
}

/// Sums a scope up, by the visits of its states.
fn total(
    machine: &Machine<'_>,
    flow: &TransitionGraph<'_>,
    bodies: Vec<Body>,
    visits: &[f64],
    success: &[f64],
) -> Scope {
    let weights: Vec<Weight> = machine
        .states
        .iter()
        .enumerate()
        .map(|(i, state)| Weight {
            min: bodies[i].min,
            max: bodies[i].max,
            is_end: state.transition.end || flow.graph.neighbors(node(i)).next().is_none(),
        })
        .collect();
    let bounds = bounds::of(flow, &weights);
    let mut scope = Scope {
        success: visits
            .iter()
            .zip(success)
            .map(|(v, s)| v * s)
            .sum::<f64>()
            .clamp(0.0, 1.0),
        min: bounds.min,
        max: bounds.max,
        unbounded: names(machine, &bounds.looping),
        ..Scope::default()
    };
    for ((state, body), &v) in machine.states.iter().zip(bodies).zip(visits) {
        let tries = v * body.attempts.count;
        scope.ms += v * body.attempts.wait_ms + tries * body.ms;
        scope.events += v * body.events + tries * body.events_per_attempt;
        scope.states.push(Entry {
            name: state.name.as_str().to_owned(),
            pointer: state.pointer.clone(),
            entries: v,
            retries: tries - v,
            starts: tries * body.starts,
            ms: v * body.attempts.wait_ms
                + if state.machines().is_empty() {
                    tries * body.ms
                } else {
                    0.0
                },
            iterations: tries * body.iterations,
            owner: Owner::Execution,
        });
        scope
            .states
            .extend(body.states.into_iter().map(|e| e.times(tries)));
        scope.children.extend(body.children.into_iter().map(|c| Started {
            count: c.count * tries,
            ..c
        }));
        scope.width_kb = scope.width_kb.max(body.width_kb);
        scope.unbounded.extend(body.unbounded);
    }
    scope
}

/// A scope that is an execution of its own, in decimals.
fn finish(machine: &Machine<'_>, scope: Scope) -> Result<Usage, Unpriceable> {
    let decimal = |estimate: f64| quantity(estimate).ok_or(Unpriceable::TooMany);
    let memory = memory_mb(machine, scope.width_kb);
    let listed: f64 = scope.states.iter().map(Entry::transitions).sum();
    let of_children: f64 = scope
        .states
        .iter()
        .filter(|e| e.owner != Owner::Execution)
        .map(Entry::transitions)
        .sum();
    let mut unlisted = 0.0;
    let mut children = Vec::with_capacity(scope.children.len());
    for started in scope.children {
        if !started.each.is_listed && started.each.workflow == WorkflowType::Standard {
            unlisted += started.count * started.each.transitions.to_f64().unwrap_or(0.0);
        }
        children.push(Children {
            count: decimal(started.count)?,
            ..started.each
        });
    }
    let states = scope.states.into_iter().map(|e| {
        Ok(StateUsage {
            entries: decimal(e.entries)?,
            retries: decimal(e.retries)?,
            starts: decimal(e.starts)?,
            iterations: decimal(e.iterations)?,
            ms: decimal(e.ms.min(1e12))?,
            owner: e.owner,
            name: e.name,
            pointer: e.pointer,
        })
    });
    // Longer than any execution may last; no price depends on how much longer.
    let duration_ms = decimal(scope.ms.min(1e12))?;
    Ok(Usage {
        source: Source::Definition,
        samples: None,
        transitions: Transitions {
            min: scope.min,
            expected: decimal(listed + unlisted)?,
            max: scope.max,
            unbounded: scope.unbounded,
        },
        child_transitions: decimal(of_children + unlisted)?,
        duration_ms,
        billed_ms: billed_ms(duration_ms),
        memory_mb: decimal(memory)?,
        events: decimal(scope.events + f64::from(event_count::EXECUTION))?,
        states: states.collect::<Result<_, Unpriceable>>()?,
        children,
        assumed: Vec::new(),
    })
}
