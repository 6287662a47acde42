//! Items that no execution can use, and why.

use super::catalog::Catalog;
use super::item::Part;
use crate::asl::semantics::backoff::Backoff;
use crate::asl::semantics::error_match::{Handlers, matches};
use crate::asl::transition_graph::{Cause, TransitionGraph, node};
use crate::asl::{Catcher, Kind as StateKind, Machine, Retrier, State};
use crate::decision::{Decision, Reachability, decide};
use crate::shape::{Analysis, Declarations, Detail, analyze};
use crate::simulate::plan::Plan;
use crate::spec::error_name;
use foldhash::HashMap;
use petgraph::visit::EdgeRef;
use std::borrow::Cow;

/// By item of a catalog, why it is unreachable; `None` if that is not proved.
#[derive(Debug, Clone, Default)]
pub struct Proofs(Vec<Option<Cow<'static, str>>>);

/// Why a state, or everything in it, is unreachable.
type Reason = Option<Cow<'static, str>>;

impl Proofs {
    /// Analyzes a machine. `declarations` say what is known about its data.
    pub fn new(machine: &Machine<'_>, catalog: &Catalog, declarations: &Declarations) -> Self {
        let analysis = analyze(machine, declarations, Detail::Shapes);
        let states: Vec<&State<'_>> = Plan::numbered(machine).map(|(state, _)| state).collect();
        let mut of_state: Vec<(usize, Reason)> = Vec::with_capacity(states.len());
        unreachable_states(machine, &analysis, None, &mut of_state);
        let mut reasons = vec![None; states.len()];
        let numbers: HashMap<usize, usize> = (0..)
            .zip(&states)
            .map(|(at, state)| (std::ptr::from_ref(*state).addr(), at))
            .collect();
        for (address, reason) in of_state {
            if let Some(at) = numbers.get(&address) {
                reasons[*at] = reason;
            }
        }
        let mut proofs = Vec::with_capacity(catalog.items().len());
        let mut facts: Option<(usize, Facts<'_>)> = None;
        for item in catalog.items() {
            let at = item.state.0 as usize;
            let Some(state) = states.get(at).filter(|_| item.part != Part::Deadline) else {
                proofs.push(None);
                continue;
            };
            if let Some(reason) = &reasons[at] {
                proofs.push(Some(match item.part {
                    Part::State => reason.clone(),
                    _ => format!("`{}` is unreachable", state.name.as_str()).into(),
                }));
                continue;
            }
            // The items of a state follow one another.
            let of_state = match &mut facts {
                Some((of, known)) if *of == at => known,
                _ => &mut facts.insert((at, Facts::new(state))).1,
            };
            proofs.push(unreachable_part(state, item.part, of_state, &analysis));
        }
        Self(proofs)
    }

    /// Why an item is unreachable.
    pub fn get(&self, item: usize) -> Option<&str> {
        self.0.get(item)?.as_deref()
    }
}

/// Why each state of a scope is unreachable, by its address. `outer` is the reason for the state around the scope.
fn unreachable_states(
    machine: &Machine<'_>,
    analysis: &Analysis<'_, '_>,
    outer: Option<&str>,
    reasons: &mut Vec<(usize, Reason)>,
) {
    let graph = TransitionGraph::new(machine);
    let reachable = graph.reachable();
    let open = reachable_by_open_exits(machine, &graph, analysis);
    for (index, state) in machine.states.iter().enumerate() {
        let reason: Reason = if let Some(outer) = outer {
            Some(outer.to_owned().into())
        } else if graph.is_partial || graph.start.is_none() {
            None
        } else if !reachable[index] {
            Some("no path from StartAt reaches it".into())
        } else if !open[index] {
            Some("every transition to it is unreachable".into())
        } else if analysis.state(state).is_none() {
            Some("every path to it fails, or needs data that never occurs".into())
        } else {
            None
        };
        let inner = reason
            .as_ref()
            .map(|_| format!("`{}` is unreachable", state.name.as_str()));
        reasons.push((std::ptr::from_ref(state).addr(), reason));
        for scope in state.machines() {
            unreachable_states(scope, analysis, inner.as_deref(), reasons);
        }
    }
}

/// Whether each state of a scope is reachable through transitions that are not proved unreachable.
fn reachable_by_open_exits(
    machine: &Machine<'_>,
    graph: &TransitionGraph<'_>,
    analysis: &Analysis<'_, '_>,
) -> Vec<bool> {
    let mut seen = vec![false; machine.states.len()];
    let mut open: Vec<usize> = graph.start.into_iter().collect();
    while let Some(index) = open.pop() {
        if std::mem::replace(&mut seen[index], true) {
            continue;
        }
        let state = &machine.states[index];
        let facts = Facts::new(state);
        for edge in graph.graph.edges(node(index)) {
            if unreachable_exit(state, edge.weight().cause, &facts, analysis).is_none() {
                open.push(edge.target().index());
            }
        }
    }
    seen
}

/// What is known about a state, for all of its items.
struct Facts<'s> {
    decision: Option<Decision>,
    retriers: Handlers<'s>,
    catchers: Handlers<'s>,
}

impl<'s> Facts<'s> {
    fn new(state: &'s State<'_>) -> Self {
        Self {
            decision: match &state.kind {
                StateKind::Choice(choice) => decide(choice),
                _ => None,
            },
            retriers: Handlers::new(state.retry().iter().map(Retrier::names)),
            catchers: Handlers::new(state.catch().iter().map(Catcher::names)),
        }
    }
}

fn unreachable_part(state: &State<'_>, part: Part, facts: &Facts<'_>, analysis: &Analysis<'_, '_>) -> Reason {
    match part {
        Part::Exit(cause) => unreachable_exit(state, cause, facts, analysis),
        Part::RetryUsed(index) | Part::RetryExhausted(index) => {
            let retrier = state.retry().get(index)?;
            let handled = never_handles(index, retrier.names(), &facts.retriers);
            let has_none = part == Part::RetryUsed(index)
                && Backoff::from_retrier(retrier).is_some_and(|backoff| backoff.max_attempts == 0);
            handled.or_else(|| has_none.then(|| "MaxAttempts is 0".into()))
        }
        _ => None,
    }
}

fn unreachable_exit(
    state: &State<'_>,
    cause: Cause,
    facts: &Facts<'_>,
    analysis: &Analysis<'_, '_>,
) -> Reason {
    let decision = facts.decision.as_ref();
    let proved: Reason = match cause {
        Cause::Rule(rule) => match decision.and_then(|decision| decision.rules.get(rule)) {
            Some(Reachability::Never) => Some("its condition is never true".into()),
            Some(Reachability::Shadowed(Some(earlier))) => {
                Some(format!("Choices[{earlier}] is taken whenever its condition is true").into())
            }
            Some(Reachability::Shadowed(None)) => {
                Some("an earlier rule is taken whenever its condition is true".into())
            }
            Some(Reachability::Preempted(earlier)) => Some(format!("Choices[{earlier}] fails first").into()),
            _ => None,
        },
        Cause::Default if decision.is_some_and(|decision| decision.has_unmatched == Some(false)) => {
            Some("a rule matches every value".into())
        }
        Cause::Catch(index) => {
            let catcher = state.catch().get(index)?;
            never_handles(index, catcher.names(), &facts.catchers)
        }
        _ => None,
    };
    proved.or_else(|| {
        (!analysis.may_take(state, cause)).then(|| match cause {
            Cause::Next => "the state always fails".into(),
            Cause::Catch(_) => "the catcher itself always fails".into(),
            Cause::Rule(_) | Cause::Default => "no data that reaches the state takes it".into(),
        })
    })
}

/// Why the handler with this index and these names never applies.
fn never_handles<'n>(index: usize, names: impl Iterator<Item = &'n str>, handlers: &Handlers<'_>) -> Reason {
    let names: Vec<&str> = names.collect();
    if names.is_empty() {
        return None;
    }
    if names
        .iter()
        .all(|name| *name != error_name::ALL && *name != error_name::TASK_FAILED && !matches(name, name))
    {
        return Some(format!("no handler matches {}", names.join(", ")).into());
    }
    let is_covered = |name: &&str| handlers.covering(name).is_some_and(|earlier| earlier < index);
    names
        .iter()
        .all(is_covered)
        .then(|| "an earlier handler matches all its errors".into())
}
