//! Usage of recorded or simulated executions.
//!
//! Transitions are counted from events as AWS counts them: one for each state entered, each retry, and each child
//! execution of a Distributed Map. Source: pricing page; Step Functions developer guide, "State transitions".

use super::assumptions::Assumptions;
use super::usage::{
    self, Assumption, Basis, ChildExecutions, Owner, Source, StateUsage, Transitions, Usage, billed_ms,
    memory_mb, quantity,
};
use super::{EstimateError, definition};
use crate::asl::{Kind, Machine};
use crate::history::{Event, EventKind, Trace};
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// A recorded or simulated execution.
#[derive(Debug)]
pub struct Run<'a> {
    /// Its events.
    pub events: &'a [Event],
    /// The Map Runs with known children. The history of a recorded execution does not contain them.
    pub map_runs: Vec<MapRun<'a>>,
}

/// The child executions of a Distributed Map.
#[derive(Debug)]
pub struct MapRun<'a> {
    /// The name of the state.
    pub state: &'a str,
    /// The workflow type of the children.
    pub workflow: WorkflowType,
    /// The children.
    pub children: Vec<Run<'a>>,
}

/// Sums the usage of executions.
#[derive(Debug)]
pub struct Observer<'a, 'd> {
    machine: &'a Machine<'d>,
    assumptions: &'a Assumptions,
    samples: u64,
    states: HashMap<String, StateCounts>,
    transitions: RangeSum,
    child_transitions: u64,
    ms: u64,
    billed_ms: Decimal,
    memory_mb: f64,
    events: u64,
    children: Vec<ChildCounts>,
}

/// The events of a state.
#[derive(Debug, Clone, Copy, Default)]
struct StateCounts {
    entries: u64,
    retries: u64,
    starts: u64,
    iterations: u64,
    ms: u64,
    /// Map Runs with unknown children.
    unknown_runs: u64,
    /// Items of those Map Runs, if they are in the history.
    items: u64,
}

#[derive(Debug, Clone, Copy, Default)]
struct RangeSum {
    min: Option<u64>,
    max: u64,
    total: u64,
}

/// Child executions of one state and workflow type.
#[derive(Debug)]
struct ChildCounts {
    state: String,
    workflow: WorkflowType,
    count: u64,
    transitions: u64,
    billed_ms: Decimal,
    memory_mb: f64,
    events: u64,
}

/// The totals of one execution.
struct Totals {
    /// Its own transitions, including one for each child execution.
    transitions: u64,
    /// The transitions of its STANDARD children.
    child_transitions: u64,
    ms: u64,
    memory_mb: f64,
    events: u64,
}

impl<'a, 'd> Observer<'a, 'd> {
    /// Creates an observer of executions of a state machine. What histories do not contain is estimated from the definition.
    pub fn new(machine: &'a Machine<'d>, assumptions: &'a Assumptions) -> Self {
        Self {
            machine,
            assumptions,
            samples: 0,
            states: HashMap::new(),
            transitions: RangeSum::default(),
            child_transitions: 0,
            ms: 0,
            billed_ms: Decimal::ZERO,
            memory_mb: 0.0,
            events: 0,
            children: Vec::new(),
        }
    }

    /// Adds one execution.
    pub fn add(&mut self, run: &Run<'_>) {
        let totals = self.count(run);
        self.samples += 1;
        let transitions = totals.transitions + totals.child_transitions;
        self.transitions.add(transitions);
        self.child_transitions += totals.child_transitions;
        self.ms += totals.ms;
        self.billed_ms += billed_ms(totals.ms.into());
        self.memory_mb += totals.memory_mb;
        self.events += totals.events;
    }

    /// The states that executions entered but the definition does not contain, sorted by name.
    pub fn unknown_states(&self) -> Vec<String> {
        let mut known = HashSet::new();
        self.machine.for_each_state(&mut |_, state| {
            known.insert(state.name.as_str());
        });
        let mut unknown: Vec<String> = self
            .states
            .keys()
            .filter(|name| !known.contains(name.as_str()))
            .cloned()
            .collect();
        unknown.sort();
        unknown
    }

    fn count(&mut self, run: &Run<'_>) -> Totals {
        let trace = Trace::new(run.events);
        let mut transitions = 0;
        for visit in &trace.visits {
            transitions += 1 + visit.retries();
            let counts = self.counts(visit.name);
            counts.entries += 1;
            counts.retries += visit.retries();
            counts.iterations += visit.iterations();
            counts.unknown_runs += visit.map_runs();
            if visit.map_runs() > 0 {
                counts.items += visit.items();
            }
            counts.ms += visit.ms();
        }
        let mut child_transitions = 0;
        for map_run in &run.map_runs {
            let started = map_run.children.len() as u64;
            transitions += started;
            let counts = self.counts(map_run.state);
            counts.starts += started;
            counts.unknown_runs = counts.unknown_runs.saturating_sub(1);
            for child in &map_run.children {
                let totals = self.count(child);
                let all = totals.transitions + totals.child_transitions;
                child_transitions += match map_run.workflow {
                    WorkflowType::Standard => all,
                    WorkflowType::Express => 0,
                };
                let started = self.child_counts(map_run);
                started.count += 1;
                started.transitions += all;
                started.billed_ms += billed_ms(totals.ms.into());
                started.memory_mb += totals.memory_mb;
                started.events += totals.events;
            }
        }
        let (first, last) = (run.events.first(), run.events.last());
        let ms = first
            .zip(last)
            .map_or(0, |(first, last)| last.time.since(first.time));
        Totals {
            transitions,
            child_transitions,
            ms: u64::try_from(ms).unwrap_or(0),
            memory_mb: memory_mb(
                f64::from(self.machine.node.span.len()) / 1_000.0,
                kilobytes(peak_bytes(&trace, run.events)),
            ),
            events: run.events.len() as u64,
        }
    }

    fn counts(&mut self, name: &str) -> &mut StateCounts {
        if !self.states.contains_key(name) {
            self.states.insert(name.to_owned(), StateCounts::default());
        }
        self.states.entry(name.to_owned()).or_default()
    }

    fn child_counts(&mut self, map_run: &MapRun<'_>) -> &mut ChildCounts {
        let is_it = |s: &ChildCounts| s.state == map_run.state && s.workflow == map_run.workflow;
        let index = self.children.iter().position(is_it).unwrap_or_else(|| {
            self.children.push(ChildCounts {
                state: map_run.state.to_owned(),
                workflow: map_run.workflow,
                count: 0,
                transitions: 0,
                billed_ms: Decimal::ZERO,
                memory_mb: 0.0,
                events: 0,
            });
            self.children.len() - 1
        });
        &mut self.children[index]
    }

    /// The mean usage of the added executions, of which there must be at least one.
    pub fn usage(self, source: Source) -> Result<Usage, EstimateError> {
        let mean = |sum: u64| Decimal::from(sum) / Decimal::from(self.samples.max(1));
        let mut usage = Usage {
            source,
            samples: Some(self.samples),
            incomplete: None,
            transitions: Transitions {
                min: self.transitions.min,
                expected: rounded(mean(self.transitions.total)),
                max: Some(self.transitions.max),
                unbounded: Vec::new(),
            },
            child_transitions: rounded(mean(self.child_transitions)),
            duration_ms: rounded(mean(self.ms)),
            billed_ms: rounded(self.billed_ms / Decimal::from(self.samples.max(1))),
            memory_mb: quantity(self.memory_mb / as_float(self.samples.max(1)))
                .ok_or(EstimateError::TooMany)?,
            events: rounded(mean(self.events)),
            states: Vec::new(),
            children: self.children.iter().map(|s| s.mean(self.samples)).collect(),
            assumed: vec![usage::memory_formula()],
        };
        let base = definition::usage(self.machine, self.assumptions).ok();
        let estimated = |name: &str| base.iter().flat_map(|b| &b.states).find(|s| s.name == name);
        self.machine.for_each_state(&mut |_, state| {
            let name = state.name.as_str();
            let counts = self.states.get(name).copied().unwrap_or_default();
            usage.states.push(StateUsage {
                name: name.to_owned(),
                pointer: state.pointer(),
                entries: rounded(mean(counts.entries)),
                retries: rounded(mean(counts.retries)),
                starts: rounded(mean(counts.starts)),
                iterations: rounded(mean(counts.iterations)),
                ms: rounded(mean(counts.ms)),
                owner: estimated(name).map_or(Owner::Execution, |s| s.owner),
            });
        });
        if let Some(base) = base {
            self.add_unobserved_children(&mut usage, base);
        }
        Ok(usage)
    }

    /// Whether a Map groups items into batches.
    fn has_item_batcher(&self, name: &str) -> bool {
        let mut found = false;
        self.machine.for_each_state(&mut |_, state| {
            if let Kind::Map(map) = &state.kind {
                found |= state.name.as_str() == name && map.item_batcher.is_some();
            }
        });
        found
    }

    /// Adds the executions that are not in the histories, as estimated from the definition: children of Distributed Maps
    /// and executions that tasks start.
    fn add_unobserved_children(&self, usage: &mut Usage, base: Usage) {
        let samples = Decimal::from(self.samples.max(1));
        let entries_of = |states: &[StateUsage], name: &str| {
            let found = states.iter().find(|s| s.name == name);
            found.map_or(Decimal::ZERO, |s| s.entries)
        };
        let mut estimated = Vec::new();
        for children in base.children {
            let counts = self.states.get(&children.state).copied().unwrap_or_default();
            let visits = if children.is_listed {
                Decimal::from(counts.unknown_runs) / samples
            } else {
                entries_of(&usage.states, &children.state)
            };
            let expected = entries_of(&base.states, &children.state);
            let has_items = counts.unknown_runs > 0 && counts.items > 0;
            let factor = if children.is_listed && has_items && !self.has_item_batcher(&children.state) {
                // Each item is a child, and the history contains their number.
                (Decimal::from(counts.items) / samples).checked_div(children.count)
            } else {
                visits.checked_div(expected)
            };
            let Some(factor) = factor.filter(|f| !f.is_zero()) else {
                continue;
            };
            let count = rounded(children.count * factor);
            if children.workflow == WorkflowType::Standard {
                let more = rounded(count * children.transitions);
                usage.child_transitions += more;
                usage.transitions.expected += more;
            }
            if children.is_listed {
                usage.transitions.expected += count;
                let prefix = usage.states.iter().find(|s| s.name == children.state);
                let prefix = prefix.map(|s| format!("{}/", s.pointer)).unwrap_or_default();
                for state in &mut usage.states {
                    if state.name == children.state {
                        state.starts += count;
                    } else if state.pointer.starts_with(&prefix) {
                        let estimate = base.states.iter().find(|s| s.name == state.name);
                        state.entries += estimate.map_or(Decimal::ZERO, |s| rounded(s.entries * factor));
                        state.retries += estimate.map_or(Decimal::ZERO, |s| rounded(s.retries * factor));
                    }
                }
            }
            if children.is_listed || children.workflow == WorkflowType::Standard {
                // Histories do not limit their number.
                usage.transitions.max = None;
                usage.transitions.unbounded.push(children.state.clone());
            }
            estimated.push(children.state.clone());
            usage.children.push(ChildExecutions { count, ..children });
        }
        if !estimated.is_empty() {
            usage
                .assumed
                .extend(base.assumed.into_iter().filter(|a| a.basis != Basis::Aws));
            usage.assumed.push(Assumption {
                subject: "executions that these states start",
                value: "estimated from the definition, since histories do not contain them".to_owned(),
                basis: Basis::Definition,
                states: estimated,
            });
        }
    }
}

impl RangeSum {
    fn add(&mut self, value: u64) {
        self.min = Some(self.min.map_or(value, |min| min.min(value)));
        self.max = self.max.max(value);
        self.total += value;
    }
}

impl ChildCounts {
    fn mean(&self, samples: u64) -> ChildExecutions {
        let count = Decimal::from(self.count.max(1));
        ChildExecutions {
            state: self.state.clone(),
            workflow: self.workflow,
            count: rounded(Decimal::from(self.count) / Decimal::from(samples.max(1))),
            transitions: rounded(Decimal::from(self.transitions) / count),
            billed_ms: rounded(self.billed_ms / count),
            memory_mb: quantity(self.memory_mb / as_float(self.count.max(1))).unwrap_or_default(),
            events: rounded(Decimal::from(self.events) / count),
            is_listed: true,
        }
    }
}

/// The maximum bytes of input of visits that are active at the same time.
fn peak_bytes(trace: &Trace<'_>, events: &[Event]) -> usize {
    let mut bytes: Vec<usize> = trace
        .visits
        .iter()
        .map(|visit| visit.input.json_len().unwrap_or(0))
        .collect();
    let (mut active, mut peak) = (0, 0);
    for (event, place) in events.iter().zip(&trace.places) {
        match (&event.kind, place.visit) {
            (EventKind::StateEntered { .. }, Some(visit)) => {
                active += bytes[visit];
                peak = active.max(peak);
            }
            (EventKind::StateExited { .. }, Some(visit)) => active -= std::mem::take(&mut bytes[visit]),
            _ => {}
        }
    }
    peak
}

fn rounded(value: Decimal) -> Decimal {
    value.round_dp(10).normalize()
}

#[expect(clippy::cast_precision_loss, reason = "an estimate in kilobytes")]
fn kilobytes(bytes: usize) -> f64 {
    bytes as f64 / 1_000.0
}

#[expect(clippy::cast_precision_loss, reason = "a count of executions")]
fn as_float(count: u64) -> f64 {
    count as f64
}
