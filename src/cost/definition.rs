//! Usage estimated from the definition: how often each state is entered, given the probabilities of choices and failures.
//!
//! Each scope (the state machine, a branch, an item processor) is an absorbing Markov chain. Inner scopes are solved
//! first; their usage is multiplied by the visits of the Parallel or Map state. Values are `f64` and are rounded to ten
//! decimal places at the end.

mod analysis;
mod bounds;
mod odds;
mod retries;
mod run_usage;
mod visit;

use super::EstimateError;
use super::assumptions::{Assumptions, Setting};
use super::markov::Chain;
use super::usage::{
    self, Basis, ChildExecutions, Owner, Source, StateUsage, Transitions, Usage, billed_ms, quantity,
};
use crate::asl::semantics::event_count;
use crate::asl::state::Choice;
use crate::asl::transition_graph::{Cause, TransitionGraph, node};
use crate::asl::{Kind, Machine, State};
use crate::prose;
use crate::spec::WorkflowType;
use analysis::Analysis;
use bounds::StateWeight;
use odds::Odds;
use petgraph::visit::EdgeRef;
use run_usage::{RunUsage, StateRun, memory_mb};
use rust_decimal::prelude::ToPrimitive;
use visit::{Attempt, Visit};

/// The usage of one execution.
pub fn usage(machine: &Machine<'_>, assumptions: &Assumptions) -> Result<Usage, EstimateError> {
    let mut analysis = Analysis::new(assumptions);
    let scope = analysis.scope(machine)?;
    let mut usage = into_usage(machine, scope)?;
    usage.assumed = analysis.into_used();
    usage.assumed.push(usage::memory_formula());
    Ok(usage)
}

impl Analysis<'_> {
    /// One run of a scope.
    fn scope(&mut self, machine: &Machine<'_>) -> Result<RunUsage, EstimateError> {
        let flow = TransitionGraph::new(machine);
        let Some(start) = flow.start else {
            return Err(EstimateError::NoStart {
                pointer: machine.pointer.to_string(),
            });
        };
        let visits = machine
            .states
            .iter()
            .map(|state| self.visit(state))
            .collect::<Result<Vec<Visit>, _>>()?;
        let (chain, success) = self.chain(machine, &flow, &visits);
        let solved = chain
            .visits(start)
            .map_err(|infinite| EstimateError::InfiniteLoop {
                states: names(machine, &infinite.0),
            })?;
        if !solved.has_converged {
            self.assume_globally(
                "loops",
                "approximated, since the iteration did not converge",
                Basis::Default,
            );
        }
        Ok(total(machine, &flow, visits, &solved.visits, &success))
    }

    /// The scope as a Markov chain, and for each state the probability that the scope ends successfully with it.
    fn chain(
        &mut self,
        machine: &Machine<'_>,
        flow: &TransitionGraph<'_>,
        visits: &[Visit],
    ) -> (Chain, Vec<f64>) {
        let mut chain = Chain::default();
        let mut success = Vec::with_capacity(visits.len());
        for (i, (state, visit)) in machine.states.iter().zip(visits).enumerate() {
            let odds = match &state.kind {
                Kind::Choice(choice) => Some(self.odds(state, choice)),
                _ => None,
            };
            let catcher = retries::catcher(state.catch(), self.error(state));
            let completes = 1.0 - visit.attempts.failure;
            let mut next: Vec<(usize, f64)> = Vec::new();
            for edge in flow.graph.edges(node(i)) {
                let p = match (edge.weight().cause, &odds) {
                    (Cause::Next, _) => completes,
                    (Cause::Rule(rule), Some(odds)) => odds.rules.get(rule).copied().unwrap_or(0.0),
                    (Cause::Default, Some(odds)) => odds.default,
                    (Cause::Catch(c), _) if Some(c) == catcher => visit.attempts.failure,
                    _ => 0.0,
                };
                if p > 0.0 {
                    next.push((edge.target().index(), p));
                }
            }
            // petgraph lists edges in reverse order; sums should not depend on that.
            next.reverse();
            let is_end = state.transition.end || matches!(state.kind, Kind::Succeed(_));
            success.push(if is_end { completes } else { 0.0 });
            let continues: f64 = next.iter().map(|(_, p)| p).sum();
            let exit = 1.0 - continues;
            // Remove the rounding error of probabilities that should sum to 1.
            chain.exit.push(if exit > 1e-12 { exit } else { 0.0 });
            chain.next.push(next);
        }
        (chain, success)
    }

    fn odds(&mut self, state: &State<'_>, choice: &Choice<'_>) -> Odds {
        let given = self.assumptions.state(state.name).and_then(|s| s.odds.as_deref());
        let (odds, value, basis) = match given {
            Some(given) => (Odds::from_given(choice, given), format_odds(given), Basis::File),
            None => (Odds::equal(choice), "equal".to_owned(), Basis::Default),
        };
        if odds.is_uncertain() {
            self.assume("odds of a Choice", value, Setting { value: (), basis }, state);
        }
        odds
    }

    fn error(&self, state: &State<'_>) -> Option<&str> {
        self.assumptions.state(state.name)?.error.as_deref()
    }
}

fn format_odds(odds: &[f64]) -> String {
    let formatted: Vec<String> = odds.iter().map(|p| format_probability(*p)).collect();
    prose::list(&formatted)
}

/// With four decimal places, or in scientific notation below that: `0.3333`, `1e-9`.
fn format_probability(p: f64) -> String {
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

/// The usage of a scope, from the expected visits of its states.
fn total(
    machine: &Machine<'_>,
    flow: &TransitionGraph<'_>,
    visits: Vec<Visit>,
    counts: &[f64],
    success: &[f64],
) -> RunUsage {
    let weights: Vec<StateWeight> = machine
        .states
        .iter()
        .zip(&visits)
        .enumerate()
        .map(|(i, (state, visit))| StateWeight {
            transitions: visit.transitions,
            is_end: state.transition.end || flow.graph.neighbors(node(i)).next().is_none(),
        })
        .collect();
    let bounds = bounds::scope_bounds(flow, &weights);
    let mut scope = RunUsage {
        success: counts
            .iter()
            .zip(success)
            .map(|(v, s)| v * s)
            .sum::<f64>()
            .clamp(0.0, 1.0),
        transitions: bounds.transitions,
        unbounded: names(machine, &bounds.looping),
        ..RunUsage::default()
    };
    for ((state, visit), &entries) in machine.states.iter().zip(visits).zip(counts) {
        let Attempt {
            run,
            starts,
            iterations,
        } = visit.attempt;
        let attempts = entries * visit.attempts.count;
        let wait_ms = entries * visit.attempts.wait_ms;
        scope.ms += wait_ms + attempts * run.ms;
        scope.events += entries * visit.events + attempts * run.events;
        scope.states.push(StateRun {
            name: state.name.as_str().to_owned(),
            pointer: state.pointer(),
            entries,
            retries: attempts - entries,
            starts: attempts * starts,
            ms: wait_ms
                + if state.machines().is_empty() {
                    attempts * run.ms
                } else {
                    0.0
                },
            iterations: attempts * iterations,
            owner: Owner::Execution,
        });
        scope
            .states
            .extend(run.states.into_iter().map(|s| s.times(attempts)));
        scope
            .children
            .extend(run.children.into_iter().map(|c| c.times(attempts)));
        scope.data_kb = scope.data_kb.max(run.data_kb);
        scope.unbounded.extend(run.unbounded);
    }
    scope
}

/// The usage of an execution, in decimals, from that of its outermost scope.
fn into_usage(machine: &Machine<'_>, scope: RunUsage) -> Result<Usage, EstimateError> {
    let decimal = |estimate: f64| quantity(estimate).ok_or(EstimateError::TooMany);
    let memory = memory_mb(machine, scope.data_kb);
    let listed: f64 = scope.states.iter().map(StateRun::billed_transitions).sum();
    let of_children: f64 = scope
        .states
        .iter()
        .filter(|e| e.owner != Owner::Execution)
        .map(StateRun::billed_transitions)
        .sum();
    let mut unlisted = 0.0;
    let mut children = Vec::with_capacity(scope.children.len());
    for started in scope.children {
        if !started.each.is_listed && started.each.workflow == WorkflowType::Standard {
            unlisted += started.count * started.each.transitions.to_f64().unwrap_or(0.0);
        }
        children.push(ChildExecutions {
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
    // 1e12 ms is longer than any execution can last.
    let duration_ms = decimal(scope.ms.min(1e12))?;
    Ok(Usage {
        source: Source::Definition,
        samples: None,
        incomplete: None,
        transitions: Transitions {
            min: scope.transitions.min,
            expected: decimal(listed + unlisted)?,
            max: scope.transitions.max,
            unbounded: scope.unbounded,
        },
        child_transitions: decimal(of_children + unlisted)?,
        duration_ms,
        billed_ms: billed_ms(duration_ms),
        memory_mb: decimal(memory)?,
        events: decimal(scope.events + f64::from(event_count::EXECUTION))?,
        states: states.collect::<Result<_, EstimateError>>()?,
        children,
        assumed: Vec::new(),
    })
}
