//! Usage from executions that ran: recorded ones, or simulated ones.
//!
//! Events alone are counted, as AWS counts them: each state entered is a transition, and so is each attempt beyond a
//! state's first, and each child execution of a Distributed Map. Source: facts of the pricing page and the developer
//! guide, "State transitions".

use super::assumptions::Assumptions;
use super::usage::{
    Assumed, Basis, Children, Owner, Source, StateUsage, Transitions, Usage, billed_ms, memory_mb, quantity,
};
use super::{Unpriceable, definition};
use crate::asl::{Kind, Machine};
use crate::history::{Event, EventKind, Trace};
use crate::spec::WorkflowType;
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// An execution that ran.
#[derive(Debug)]
pub struct Run<'a> {
    /// Its events.
    pub events: &'a [Event],
    /// The Map Runs whose children are known; those of a recorded execution are not in its history.
    pub map_runs: Vec<MapRun<'a>>,
}

/// The children that a Distributed Map started.
#[derive(Debug)]
pub struct MapRun<'a> {
    /// The name of the state.
    pub state: &'a str,
    /// The children's type.
    pub workflow: WorkflowType,
    /// Each child.
    pub children: Vec<Run<'a>>,
}

/// Sums up executions, one after the other.
#[derive(Debug)]
pub struct Observer<'a, 'd> {
    machine: &'a Machine<'d>,
    assumptions: &'a Assumptions,
    samples: u64,
    states: HashMap<String, Seen>,
    transitions: Spread,
    child_transitions: u64,
    ms: u64,
    billed_ms: Decimal,
    memory_mb: f64,
    events: u64,
    children: Vec<Started>,
}

/// What was seen of a state.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    entries: u64,
    retries: u64,
    starts: u64,
    iterations: u64,
    ms: u64,
    /// Map Runs whose children are not known.
    unknown_runs: u64,
    /// Items that those of them had which were given them by their input.
    items: u64,
}

#[derive(Debug, Clone, Copy, Default)]
struct Spread {
    least: Option<u64>,
    most: u64,
    total: u64,
}

/// Children of one state and type.
#[derive(Debug)]
struct Started {
    state: String,
    workflow: WorkflowType,
    count: u64,
    transitions: u64,
    billed_ms: Decimal,
    memory_mb: f64,
    events: u64,
}

/// What one execution came to.
struct Counted {
    /// Its own transitions, children started included.
    transitions: u64,
    /// The transitions of its children of type STANDARD.
    of_children: u64,
    ms: u64,
    memory_mb: f64,
    events: u64,
}

impl<'a, 'd> Observer<'a, 'd> {
    /// Of executions of a machine. What their histories leave out is filled in from the definition and the assumptions.
    pub fn new(machine: &'a Machine<'d>, assumptions: &'a Assumptions) -> Self {
        Self {
            machine,
            assumptions,
            samples: 0,
            states: HashMap::new(),
            transitions: Spread::default(),
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
        let counted = self.count(run);
        self.samples += 1;
        let transitions = counted.transitions + counted.of_children;
        self.transitions.add(transitions);
        self.child_transitions += counted.of_children;
        self.ms += counted.ms;
        self.billed_ms += billed_ms(counted.ms.into());
        self.memory_mb += counted.memory_mb;
        self.events += counted.events;
    }

    /// The states that executions entered and the definition does not have, in alphabetical order.
    pub fn strangers(&self) -> Vec<String> {
        let mut known = HashSet::new();
        self.machine.for_each_state(&mut |_, state| {
            known.insert(state.name.as_str());
        });
        let mut strangers: Vec<String> = self
            .states
            .keys()
            .filter(|name| !known.contains(name.as_str()))
            .cloned()
            .collect();
        strangers.sort();
        strangers
    }

    fn count(&mut self, run: &Run<'_>) -> Counted {
        let trace = Trace::new(run.events);
        let mut transitions = 0;
        for visit in &trace.visits {
            transitions += 1 + visit.retries();
            let seen = self.seen(visit.name);
            seen.entries += 1;
            seen.retries += visit.retries();
            seen.iterations += visit.iterations();
            seen.unknown_runs += visit.map_runs();
            if visit.map_runs() > 0 {
                seen.items += visit.items();
            }
            seen.ms += visit.ms();
        }
        let mut of_children = 0;
        for map_run in &run.map_runs {
            let started = map_run.children.len() as u64;
            transitions += started;
            let seen = self.seen(map_run.state);
            seen.starts += started;
            seen.unknown_runs = seen.unknown_runs.saturating_sub(1);
            for child in &map_run.children {
                let counted = self.count(child);
                let all = counted.transitions + counted.of_children;
                of_children += match map_run.workflow {
                    WorkflowType::Standard => all,
                    WorkflowType::Express => 0,
                };
                let started = self.started(map_run);
                started.count += 1;
                started.transitions += all;
                started.billed_ms += billed_ms(counted.ms.into());
                started.memory_mb += counted.memory_mb;
                started.events += counted.events;
            }
        }
        let (first, last) = (run.events.first(), run.events.last());
        let ms = first
            .zip(last)
            .map_or(0, |(first, last)| last.time.since(first.time));
        Counted {
            transitions,
            of_children,
            ms: u64::try_from(ms).unwrap_or(0),
            memory_mb: memory_mb(
                f64::from(self.machine.node.span.len()) / 1_000.0,
                kilobytes(peak_bytes(&trace, run.events)),
            ),
            events: run.events.len() as u64,
        }
    }

    fn seen(&mut self, name: &str) -> &mut Seen {
        if !self.states.contains_key(name) {
            self.states.insert(name.to_owned(), Seen::default());
        }
        self.states.entry(name.to_owned()).or_default()
    }

    fn started(&mut self, map_run: &MapRun<'_>) -> &mut Started {
        let is_it = |s: &Started| s.state == map_run.state && s.workflow == map_run.workflow;
        let index = self.children.iter().position(is_it).unwrap_or_else(|| {
            self.children.push(Started {
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

    /// The mean of the executions that were added; there must be one.
    pub fn usage(self, source: Source) -> Result<Usage, Unpriceable> {
        let mean = |sum: u64| Decimal::from(sum) / Decimal::from(self.samples.max(1));
        let mut usage = Usage {
            source,
            samples: Some(self.samples),
            transitions: Transitions {
                min: self.transitions.least,
                expected: rounded(mean(self.transitions.total)),
                max: Some(self.transitions.most),
                unbounded: Vec::new(),
            },
            child_transitions: rounded(mean(self.child_transitions)),
            duration_ms: rounded(mean(self.ms)),
            billed_ms: rounded(self.billed_ms / Decimal::from(self.samples.max(1))),
            memory_mb: quantity(self.memory_mb / as_float(self.samples.max(1)))
                .ok_or(Unpriceable::TooMany)?,
            events: rounded(mean(self.events)),
            states: Vec::new(),
            children: self.children.iter().map(|s| s.mean(self.samples)).collect(),
            assumed: vec![Assumed {
                what: super::usage::MEMORY,
                value: "50 MB, the definition, and the data of the steps in flight".to_owned(),
                basis: Basis::Aws,
                states: Vec::new(),
            }],
        };
        let base = definition::usage(self.machine, self.assumptions).ok();
        let of_base = |name: &str| base.iter().flat_map(|b| &b.states).find(|s| s.name == name);
        self.machine.for_each_state(&mut |_, state| {
            let name = state.name.as_str();
            let seen = self.states.get(name).copied().unwrap_or_default();
            usage.states.push(StateUsage {
                name: name.to_owned(),
                pointer: state.pointer.clone(),
                entries: rounded(mean(seen.entries)),
                retries: rounded(mean(seen.retries)),
                starts: rounded(mean(seen.starts)),
                iterations: rounded(mean(seen.iterations)),
                ms: rounded(mean(seen.ms)),
                owner: of_base(name).map_or(Owner::Execution, |s| s.owner),
            });
        });
        if let Some(base) = base {
            self.fill_in(&mut usage, base);
        }
        Ok(usage)
    }

    /// Whether a Map puts items together for its children.
    fn puts_together(&self, name: &str) -> bool {
        let mut found = false;
        self.machine.for_each_state(&mut |_, state| {
            if let Kind::Map(map) = &state.kind {
                found |= state.name.as_str() == name && map.item_batcher.is_some();
            }
        });
        found
    }

    /// Adds the executions that the histories do not tell of, as the definition has them: children of a Distributed
    /// Map, and executions that tasks start.
    fn fill_in(&self, usage: &mut Usage, base: Usage) {
        let samples = Decimal::from(self.samples.max(1));
        let entries_of = |states: &[StateUsage], name: &str| {
            let found = states.iter().find(|s| s.name == name);
            found.map_or(Decimal::ZERO, |s| s.entries)
        };
        let mut filled = Vec::new();
        for children in base.children {
            let seen = self.states.get(&children.state).copied().unwrap_or_default();
            let visits = if children.is_listed {
                Decimal::from(seen.unknown_runs) / samples
            } else {
                entries_of(&usage.states, &children.state)
            };
            let expected = entries_of(&base.states, &children.state);
            let has_items = seen.unknown_runs > 0 && seen.items > 0;
            let factor = if children.is_listed && has_items && !self.puts_together(&children.state) {
                // Each item is a child, and the history says how many there were.
                (Decimal::from(seen.items) / samples).checked_div(children.count)
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
                        let of_base = base.states.iter().find(|s| s.name == state.name);
                        state.entries += of_base.map_or(Decimal::ZERO, |s| rounded(s.entries * factor));
                        state.retries += of_base.map_or(Decimal::ZERO, |s| rounded(s.retries * factor));
                    }
                }
            }
            if children.is_listed || children.workflow == WorkflowType::Standard {
                // How many there may be at most, no history says.
                usage.transitions.max = None;
                usage.transitions.unbounded.push(children.state.clone());
            }
            filled.push(children.state.clone());
            usage.children.push(Children { count, ..children });
        }
        if !filled.is_empty() {
            usage
                .assumed
                .extend(base.assumed.into_iter().filter(|a| a.basis != Basis::Aws));
            usage.assumed.push(Assumed {
                what: "executions that these states start",
                value: "as the definition has them: a history does not tell of them".to_owned(),
                basis: Basis::Definition,
                states: filled,
            });
        }
    }
}

impl Spread {
    fn add(&mut self, value: u64) {
        self.least = Some(self.least.map_or(value, |least| least.min(value)));
        self.most = self.most.max(value);
        self.total += value;
    }
}

impl Started {
    fn mean(&self, samples: u64) -> Children {
        let count = Decimal::from(self.count.max(1));
        Children {
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

/// The most bytes of input that are in flight at one time, in visits that are not over.
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
