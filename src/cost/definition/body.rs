//! What one visit of a state holds: its attempts, and what each of them does.

use super::analysis::{Analysis, Entry, Started, memory_mb};
use super::retries::{self, Attempts};
use crate::asl::semantics::event_count;
use crate::asl::state::{Map, Task, Wait};
use crate::asl::{Kind, Machine, Payload, Scalar, State};
use crate::aws::resource::{self, Pattern, Resource};
use crate::cost::Unpriceable;
use crate::cost::assumptions::{Setting, Spread};
use crate::cost::usage::{self, Basis, Children, billed_ms, quantity};
use crate::document::Node;
use crate::spec::WorkflowType;
use crate::spec::quota;
use rust_decimal::Decimal;

/// One visit of a state.
#[derive(Debug)]
pub(super) struct Body {
    /// How often it is tried.
    pub(super) attempts: Attempts,
    /// How long an attempt takes, in milliseconds.
    pub(super) ms: f64,
    /// Child executions that a Distributed Map starts in an attempt.
    pub(super) starts: f64,
    /// Iterations that an inline Map runs in an attempt.
    pub(super) iterations: f64,
    /// The states inside, per attempt.
    pub(super) states: Vec<Entry>,
    /// The executions started, per attempt.
    pub(super) children: Vec<Started>,
    /// The fewest transitions of a visit, its own included.
    pub(super) min: Option<u64>,
    /// The most.
    pub(super) max: Option<u64>,
    /// The states that leave it without a bound.
    pub(super) unbounded: Vec<String>,
    /// The data of the steps in flight at once, in kilobytes.
    pub(super) width_kb: f64,
    /// Events of a visit, whatever its attempts.
    pub(super) events: f64,
    /// Events of each attempt.
    pub(super) events_per_attempt: f64,
}

/// What an attempt at a state does.
struct Attempt {
    /// How likely it fails.
    failure: f64,
    ms: f64,
    starts: f64,
    iterations: f64,
    states: Vec<Entry>,
    children: Vec<Started>,
    /// The fewest transitions inside.
    min: Option<u64>,
    /// The most transitions inside.
    max: Option<u64>,
    unbounded: Vec<String>,
    width_kb: f64,
    events: f64,
}

impl Analysis<'_> {
    /// One visit of a state.
    pub(super) fn body(&mut self, state: &State<'_>) -> Result<Body, Unpriceable> {
        let task = match &state.kind {
            Kind::Task(task) => Some(task),
            _ => None,
        };
        // The attempts of a task add their own.
        let events = event_count::of_state(&state.kind, task.is_some_and(|task| waits(task)))
            - task.map_or(0, |_| event_count::RETRY);
        let attempt = match &state.kind {
            Kind::Task(task) => self.task(state, task),
            Kind::Wait(wait) => self.plain(state, Some(self.wait_ms(wait))),
            Kind::Parallel(_) => self.parallel(state, state.machines())?,
            Kind::Map(map) if map.is_distributed => self.distributed_map(state, map)?,
            Kind::Map(map) => self.inline_map(state, map)?,
            Kind::Fail(_) => Attempt {
                failure: 1.0,
                ..self.plain(state, None)
            },
            _ => self.plain(state, None),
        };
        let attempts = retries::attempts(state.retry(), attempt.failure, self.error(state));
        let most = retries::most_retries(state.retry()).checked_add(1);
        let own = |inside: u64| inside.checked_add(1);
        Ok(Body {
            attempts,
            ms: attempt.ms,
            starts: attempt.starts,
            iterations: attempt.iterations,
            states: attempt.states,
            children: attempt.children,
            min: attempt.min.and_then(own),
            max: attempt
                .max
                .and_then(own)
                .zip(most)
                .and_then(|(each, most)| each.checked_mul(most)),
            unbounded: attempt.unbounded,
            width_kb: attempt.width_kb,
            events: f64::from(events),
            events_per_attempt: attempt.events,
        })
    }

    /// A state that does nothing but take time, if any: `None` where it takes none.
    fn plain(&mut self, state: &State<'_>, ms: Option<Setting<f64>>) -> Attempt {
        let ms = ms.map_or(0.0, |ms| self.duration("length of a Wait", ms, state));
        Attempt {
            failure: 0.0,
            ms,
            starts: 0.0,
            iterations: 0.0,
            states: Vec::new(),
            children: Vec::new(),
            min: Some(0),
            max: Some(0),
            unbounded: Vec::new(),
            width_kb: self.payload_kb(state),
            events: 0.0,
        }
    }

    fn duration(&mut self, what: &'static str, ms: Setting<f64>, state: &State<'_>) -> f64 {
        let own = self.assumptions.of_state(state.name, |s| s.duration_ms, ms);
        if own.basis == Basis::Definition {
            return own.value;
        }
        self.assume(what, shown_ms(own.value), own, state)
    }

    fn payload_kb(&mut self, state: &State<'_>) -> f64 {
        let default = self.assumptions.defaults.payload_kb;
        let kb = self.assumptions.of_state(state.name, |s| s.payload_kb, default);
        self.assume(usage::OF_MEMORY, format!("{} KB", kb.value), kb, state)
    }

    fn wait_ms(&self, wait: &Wait<Scalar<'_>>) -> Setting<f64> {
        let written = wait.seconds.as_ref().and_then(literal);
        written.map_or(self.assumptions.defaults.wait_ms, |seconds| Setting {
            value: seconds * 1_000.0,
            basis: Basis::Definition,
        })
    }

    fn task(&mut self, state: &State<'_>, task: &Task<'_>) -> Attempt {
        let defaults = self.assumptions.defaults;
        let (what, ms) = if waits(task) {
            ("length of a task that waits", defaults.job_ms)
        } else {
            ("length of a task", defaults.task_ms)
        };
        // A default must not be longer than the definition lets the task run.
        let limit = task
            .settings
            .timeout_seconds
            .as_ref()
            .and_then(literal)
            .map(|s| s * 1_000.0);
        let ms = Setting {
            value: ms.value.min(limit.unwrap_or(f64::INFINITY)),
            ..ms
        };
        let rate = self
            .assumptions
            .of_state(state.name, |s| s.failure_rate, defaults.failure_rate);
        let mut attempt = Attempt {
            failure: self.assume(
                "failure rate of a task's attempt",
                rate.value.to_string(),
                rate,
                state,
            ),
            events: f64::from(event_count::RETRY),
            ..self.plain(state, None)
        };
        attempt.ms = self.duration(what, ms, state);
        if let Some(child) = self.assumptions.state(state.name).and_then(|s| s.child) {
            attempt.children.push(Started {
                count: 1.0,
                each: Children {
                    state: state.name.as_str().to_owned(),
                    workflow: child.workflow,
                    count: Decimal::ONE,
                    transitions: child.transitions,
                    billed_ms: billed_ms(child.duration_ms),
                    memory_mb: child.memory_mb,
                    events: Decimal::ZERO,
                    is_listed: false,
                },
            });
        } else if starts_execution(task) {
            let none = Setting {
                value: (),
                basis: Basis::Default,
            };
            self.assume("child executions of a task", "not priced".to_owned(), none, state);
        }
        attempt
    }

    /// How likely an attempt at a Map or Parallel fails for reasons of its own.
    fn own_failure(&mut self, state: &State<'_>) -> f64 {
        let Some(value) = self.assumptions.state(state.name).and_then(|s| s.failure_rate) else {
            return 0.0;
        };
        let rate = Setting {
            value,
            basis: Basis::File,
        };
        self.assume(
            "failure rate of a Map's or Parallel's attempt",
            value.to_string(),
            rate,
            state,
        )
    }

    fn parallel(&mut self, state: &State<'_>, branches: &[Machine<'_>]) -> Result<Attempt, Unpriceable> {
        let mut attempt = self.plain(state, None);
        let mut success = 1.0 - self.own_failure(state);
        let mut width_kb = 0.0;
        for branch in branches {
            let scope = self.scope(branch)?;
            success *= scope.success;
            attempt.ms = attempt.ms.max(scope.ms);
            attempt.min = attempt.min.zip(scope.min).and_then(|(a, b)| a.checked_add(b));
            attempt.max = attempt.max.zip(scope.max).and_then(|(a, b)| a.checked_add(b));
            attempt.events += scope.events;
            width_kb += scope.width_kb;
            attempt.states.extend(scope.states);
            attempt.children.extend(scope.children);
            attempt.unbounded.extend(scope.unbounded);
        }
        attempt.failure = 1.0 - success;
        attempt.width_kb = attempt.width_kb.max(width_kb);
        Ok(attempt)
    }

    /// The items of a Map: assumed for it, written in the definition, or assumed for all.
    fn items(&mut self, state: &State<'_>, map: &Map<'_>) -> Spread {
        let limit = map
            .item_reader
            .as_ref()
            .and_then(|r| r.max_items.as_ref())
            .and_then(literal);
        let mut default = self.assumptions.defaults.items;
        if let Some(limit) = limit {
            let items = &mut default.value;
            items.mean = items.mean.min(limit);
            items.max = Some(items.max.map_or(limit, |max| max.min(limit)));
        }
        if let Some(written) = map.items.as_ref().and_then(written_items) {
            default = Setting {
                value: Spread::fixed(written),
                basis: Basis::Definition,
            };
        }
        let items = self.assumptions.of_state(state.name, |s| s.items, default);
        self.assume("items of a Map", items.value.mean.to_string(), items, state)
    }

    fn inline_map(&mut self, state: &State<'_>, map: &Map<'_>) -> Result<Attempt, Unpriceable> {
        let mut attempt = self.plain(state, None);
        let own = 1.0 - self.own_failure(state);
        let items = self.items(state, map);
        let Some(processor) = state.machines().first() else {
            attempt.failure = 1.0 - own;
            return Ok(attempt);
        };
        let scope = self.scope(processor)?;
        let at_once = at_once(map, quota::INLINE_MAP_CONCURRENCY);
        let started = started(items.mean, at_once, scope.success);
        attempt.failure = 1.0 - own * scope.success.powf(items.mean);
        attempt.iterations = started;
        attempt.ms = (started / at_once).ceil() * scope.ms;
        attempt.events = started * (scope.events + f64::from(event_count::ITERATION));
        attempt.min = scope.min.map_or_else(
            || (items.min < 1.0).then_some(0),
            |each| floor(items.min).checked_mul(each),
        );
        attempt.max = most(items.max, scope.max);
        attempt.width_kb = attempt.width_kb.max(items.mean.min(at_once) * scope.width_kb);
        attempt.unbounded = unbounded(state, items, scope.unbounded);
        attempt.states = scope.states.into_iter().map(|e| e.times(started)).collect();
        attempt.children = scope
            .children
            .into_iter()
            .map(|c| Started {
                count: c.count * started,
                ..c
            })
            .collect();
        Ok(attempt)
    }

    fn distributed_map(&mut self, state: &State<'_>, map: &Map<'_>) -> Result<Attempt, Unpriceable> {
        let mut attempt = self.plain(state, None);
        let own = 1.0 - self.own_failure(state);
        let items = self.items(state, map);
        let batch = self.batch(state, map);
        let Some(processor) = state.machines().first() else {
            attempt.failure = 1.0 - own;
            return Ok(attempt);
        };
        let scope = self.scope(processor)?;
        let count = (items.mean / batch).ceil();
        let is_tolerant = map.settings.tolerated_failure_count.is_some()
            || map.settings.tolerated_failure_percentage.is_some();
        attempt.failure = if is_tolerant {
            1.0 - own
        } else {
            1.0 - own * scope.success.powf(count)
        };
        attempt.ms = (count / at_once(map, quota::DISTRIBUTED_MAP_CONCURRENCY)).ceil() * scope.ms;
        attempt.starts = count;
        let workflow = map.child_type();
        let (child_min, child_max) = match workflow {
            WorkflowType::Standard => (scope.min, scope.max),
            WorkflowType::Express => (Some(0), Some(0)),
        };
        let with_start = |transitions: u64| transitions.checked_add(1);
        let fewest = floor((items.min / batch).ceil());
        attempt.min = child_min
            .and_then(with_start)
            .and_then(|each| fewest.checked_mul(each));
        attempt.max = most(
            items.max.map(|n| (n / batch).ceil()),
            child_max.and_then(with_start),
        );
        attempt.unbounded = unbounded(
            state,
            items,
            if workflow == WorkflowType::Standard {
                scope.unbounded
            } else {
                Vec::new()
            },
        );
        let states: Vec<Entry> = scope.states.into_iter().map(|e| e.of_child(workflow)).collect();
        let transitions: f64 = states.iter().map(Entry::transitions).sum();
        let decimal = |estimate: f64| quantity(estimate).ok_or(Unpriceable::TooMany);
        attempt.children.push(Started {
            count,
            each: Children {
                state: state.name.as_str().to_owned(),
                workflow,
                count: Decimal::ONE,
                transitions: decimal(transitions)?,
                billed_ms: billed_ms(decimal(scope.ms.min(1e12))?),
                memory_mb: decimal(memory_mb(processor, scope.width_kb))?,
                events: decimal(scope.events + f64::from(event_count::EXECUTION))?,
                is_listed: true,
            },
        });
        attempt
            .children
            .extend(scope.children.into_iter().map(|c| Started {
                count: c.count * count,
                ..c
            }));
        attempt.states = states.into_iter().map(|e| e.times(count)).collect();
        Ok(attempt)
    }

    /// Items per child execution.
    fn batch(&mut self, state: &State<'_>, map: &Map<'_>) -> f64 {
        let Some(batcher) = &map.item_batcher else {
            return 1.0;
        };
        let written = batcher
            .settings
            .max_items_per_batch
            .as_ref()
            .and_then(literal)
            .filter(|&n| n >= 1.0);
        let bytes = batcher
            .settings
            .max_input_bytes_per_batch
            .as_ref()
            .and_then(literal);
        let kb = self.payload_kb(state);
        let by_size = bytes.map(|bytes| (bytes / (kb * 1_000.0)).floor().max(1.0));
        match (written, by_size) {
            (Some(a), Some(b)) => a.min(b),
            (Some(n), None) | (None, Some(n)) => n,
            (None, None) => 1.0,
        }
    }
}

/// Iterations that are started when each succeeds with probability `s`, so many at once, and none after a failure.
fn started(items: f64, at_once: f64, s: f64) -> f64 {
    if s >= 1.0 || items <= at_once {
        return items;
    }
    let rounds = (items / at_once).floor();
    let last = items - rounds * at_once;
    let goes_on = s.powf(at_once);
    at_once * (1.0 - goes_on.powf(rounds)) / (1.0 - goes_on) + last * goes_on.powf(rounds)
}

fn unbounded(state: &State<'_>, items: Spread, inside: Vec<String>) -> Vec<String> {
    let own = items.max.is_none().then(|| state.name.as_str().to_owned());
    own.into_iter().chain(inside).collect()
}

/// So many times so many; nothing is bounded even where each is not.
fn most(count: Option<f64>, each: Option<u64>) -> Option<u64> {
    match (count, each) {
        (Some(count), _) if count < 1.0 => Some(0),
        (Some(count), Some(each)) => ceil(count).checked_mul(each),
        _ => None,
    }
}

/// Counts are at most 1e9, the schema says, so that they fit.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "counts are from 0 to 1e9"
)]
fn floor(count: f64) -> u64 {
    count.clamp(0.0, 1e15) as u64
}

fn ceil(count: f64) -> u64 {
    floor(count.ceil())
}

/// Iterations or children that run at once.
fn at_once(map: &Map<'_>, limit: u32) -> f64 {
    let written = map
        .settings
        .max_concurrency
        .as_ref()
        .and_then(literal)
        .filter(|&n| n >= 1.0);
    written.map_or(f64::from(limit), |n| n.min(f64::from(limit)))
}

fn literal(scalar: &Scalar<'_>) -> Option<f64> {
    match scalar {
        Scalar::Literal(node) => node.as_f64().filter(|n| *n >= 0.0),
        Scalar::Computed(_) => None,
    }
}

/// The length of an array that is written down, or of an object, whose members are items too.
#[expect(
    clippy::cast_precision_loss,
    reason = "a definition holds fewer items than 2^52"
)]
fn written_items(items: &Payload<'_>) -> Option<f64> {
    let array = items.node.as_array().map(<[Node]>::len);
    let object = items.node.as_object().map(<[_]>::len);
    array.or(object).map(|n| n as f64)
}

fn classified<'d>(task: &Task<'d>) -> Option<Resource<'d>> {
    task.resource.and_then(Node::as_str).map(resource::classify)
}

/// Whether a task goes on only when a job, a token or a worker says so.
fn waits(task: &Task<'_>) -> bool {
    classified(task).is_some_and(|resource| resource.express_refusal().is_some())
}

fn starts_execution(task: &Task<'_>) -> bool {
    let call = classified(task).and_then(|r| r.call());
    call.is_some_and(|call| {
        matches!(call.service.text, "states" | "sfn")
            && matches!(call.action.text, "startExecution" | "startSyncExecution")
            && call.pattern != Pattern::WaitForTaskToken
    })
}

fn shown_ms(ms: f64) -> String {
    if ms >= 1_000.0 {
        format!("{} s", ms / 1_000.0)
    } else {
        format!("{ms} ms")
    }
}
