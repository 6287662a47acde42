//! One visit of a state: its attempts, and what each of them uses.

use super::analysis::Analysis;
use super::retries::{self, Attempts};
use super::run_usage::{RunUsage, Started, StateRun, TransitionRange, memory_mb};
use crate::asl::semantics::event_count;
use crate::asl::state::{Map, Task, Wait};
use crate::asl::{Kind, Machine, Payload, Scalar, State};
use crate::aws::resource::{self, Pattern, Resource};
use crate::cost::EstimateError;
use crate::cost::assumptions::{Distribution, Setting};
use crate::cost::usage::{self, Basis, ChildExecutions, billed_ms, quantity};
use crate::document::Node;
use crate::spec::WorkflowType;
use crate::spec::quota;
use rust_decimal::Decimal;

/// One visit of a state.
#[derive(Debug)]
pub(super) struct Visit {
    /// How often the state is tried.
    pub(super) attempts: Attempts,
    /// What each attempt uses.
    pub(super) attempt: Attempt,
    /// State transitions of the visit, its own included.
    pub(super) transitions: TransitionRange,
    /// History events of the visit that do not depend on the number of attempts.
    pub(super) events: f64,
}

/// One attempt of a state.
#[derive(Debug, Default)]
pub(super) struct Attempt {
    /// What it uses, including the states inside.
    pub(super) run: RunUsage,
    /// Child executions that a Distributed Map starts.
    pub(super) starts: f64,
    /// Iterations of an inline Map.
    pub(super) iterations: f64,
}

impl Analysis<'_> {
    /// One visit of a state.
    pub(super) fn visit(&mut self, state: &State<'_>) -> Result<Visit, EstimateError> {
        let task = match &state.kind {
            Kind::Task(task) => Some(task),
            _ => None,
        };
        // The attempts of a task add their own events.
        let events = event_count::state_events(&state.kind, task.is_some_and(|task| waits(task)))
            - task.map_or(0, |_| event_count::RETRY);
        let attempt = match &state.kind {
            Kind::Task(task) => self.task(state, task),
            Kind::Wait(wait) => self.simple(state, Some(self.wait_ms(wait))),
            Kind::Parallel(_) => self.parallel(state, state.machines())?,
            Kind::Map(map) if map.is_distributed => self.distributed_map(state, map)?,
            Kind::Map(map) => self.inline_map(state, map)?,
            Kind::Fail(_) => {
                let mut attempt = self.simple(state, None);
                attempt.run.success = 0.0;
                attempt
            }
            _ => self.simple(state, None),
        };
        let attempts = retries::attempts(state.retry(), 1.0 - attempt.run.success, self.error(state));
        let max_attempts = retries::max_retries(state.retry()).checked_add(1);
        let once = TransitionRange::exactly(1).plus(attempt.run.transitions);
        Ok(Visit {
            attempts,
            transitions: TransitionRange {
                min: once.min,
                max: once
                    .max
                    .zip(max_attempts)
                    .and_then(|(each, attempts)| each.checked_mul(attempts)),
            },
            attempt,
            events: f64::from(events),
        })
    }

    /// A state that only takes time, or none if `ms` is `None`.
    fn simple(&mut self, state: &State<'_>, ms: Option<Setting<f64>>) -> Attempt {
        let ms = ms.map_or(0.0, |ms| self.duration("duration of a Wait", ms, state));
        Attempt {
            run: RunUsage {
                ms,
                data_kb: self.payload_kb(state),
                ..RunUsage::default()
            },
            ..Attempt::default()
        }
    }

    fn duration(&mut self, subject: &'static str, ms: Setting<f64>, state: &State<'_>) -> f64 {
        let own = self.assumptions.setting(state.name, |s| s.duration_ms, ms);
        if own.basis == Basis::Definition {
            return own.value;
        }
        self.assume(subject, format_ms(own.value), own, state)
    }

    fn payload_kb(&mut self, state: &State<'_>) -> f64 {
        let default = self.assumptions.defaults.payload_kb;
        let kb = self.assumptions.setting(state.name, |s| s.payload_kb, default);
        self.assume(usage::STATE_PAYLOAD, format!("{} KB", kb.value), kb, state)
    }

    fn wait_ms(&self, wait: &Wait<Scalar<'_>>) -> Setting<f64> {
        let literal_seconds = wait.seconds.as_ref().and_then(literal);
        literal_seconds.map_or(self.assumptions.defaults.wait_ms, |seconds| Setting {
            value: seconds * 1_000.0,
            basis: Basis::Definition,
        })
    }

    fn task(&mut self, state: &State<'_>, task: &Task<'_>) -> Attempt {
        let defaults = self.assumptions.defaults;
        let (subject, ms) = if waits(task) {
            ("duration of a task that waits", defaults.job_ms)
        } else {
            ("duration of a task", defaults.task_ms)
        };
        // A task cannot take longer than its timeout.
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
            .setting(state.name, |s| s.failure_rate, defaults.failure_rate);
        let failure = self.assume(
            "failure rate of a task's attempt",
            rate.value.to_string(),
            rate,
            state,
        );
        let mut attempt = self.simple(state, None);
        attempt.run.success = 1.0 - failure;
        attempt.run.events = f64::from(event_count::RETRY);
        attempt.run.ms = self.duration(subject, ms, state);
        if let Some(child) = self.assumptions.state(state.name).and_then(|s| s.child) {
            attempt.run.children.push(Started {
                count: 1.0,
                each: ChildExecutions {
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

    /// The probability that an attempt of a Map or Parallel does not fail by itself.
    fn own_success(&mut self, state: &State<'_>) -> f64 {
        let Some(value) = self.assumptions.state(state.name).and_then(|s| s.failure_rate) else {
            return 1.0;
        };
        let rate = Setting {
            value,
            basis: Basis::File,
        };
        let failure = self.assume(
            "failure rate of a Map's or Parallel's attempt",
            value.to_string(),
            rate,
            state,
        );
        1.0 - failure
    }

    fn parallel(&mut self, state: &State<'_>, branches: &[Machine<'_>]) -> Result<Attempt, EstimateError> {
        let mut attempt = self.simple(state, None);
        let run = &mut attempt.run;
        run.success = self.own_success(state);
        let mut data_kb = 0.0;
        for branch in branches {
            let scope = self.scope(branch)?;
            run.success *= scope.success;
            run.ms = run.ms.max(scope.ms);
            run.transitions = run.transitions.plus(scope.transitions);
            run.events += scope.events;
            data_kb += scope.data_kb;
            run.states.extend(scope.states);
            run.children.extend(scope.children);
            run.unbounded.extend(scope.unbounded);
        }
        run.data_kb = run.data_kb.max(data_kb);
        Ok(attempt)
    }

    /// The number of items of a Map: assumed for it, written in the definition, or assumed for all Maps.
    fn items(&mut self, state: &State<'_>, map: &Map<'_>) -> Distribution {
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
        if let Some(count) = map.items.as_ref().and_then(literal_items) {
            default = Setting {
                value: Distribution::fixed(count),
                basis: Basis::Definition,
            };
        }
        let items = self.assumptions.setting(state.name, |s| s.items, default);
        self.assume("items of a Map", items.value.mean.to_string(), items, state)
    }

    fn inline_map(&mut self, state: &State<'_>, map: &Map<'_>) -> Result<Attempt, EstimateError> {
        let mut attempt = self.simple(state, None);
        attempt.run.success = self.own_success(state);
        let items = self.items(state, map);
        let Some(processor) = state.machines().first() else {
            return Ok(attempt);
        };
        let scope = self.scope(processor)?;
        let concurrency = concurrency(map, quota::INLINE_MAP_CONCURRENCY);
        let started = started_iterations(items.mean, concurrency, scope.success);
        attempt.iterations = started;
        let run = &mut attempt.run;
        run.success *= scope.success.powf(items.mean);
        run.ms = (started / concurrency).ceil() * scope.ms;
        run.events = started * (scope.events + f64::from(event_count::ITERATION));
        run.transitions = TransitionRange {
            min: scope.transitions.min.map_or_else(
                || (items.min < 1.0).then_some(0),
                |each| floor(items.min).checked_mul(each),
            ),
            max: max_product(items.max, scope.transitions.max),
        };
        run.data_kb = run.data_kb.max(items.mean.min(concurrency) * scope.data_kb);
        run.unbounded = unbounded(state, items, scope.unbounded);
        run.states = scope.states.into_iter().map(|s| s.times(started)).collect();
        run.children = scope.children.into_iter().map(|c| c.times(started)).collect();
        Ok(attempt)
    }

    fn distributed_map(&mut self, state: &State<'_>, map: &Map<'_>) -> Result<Attempt, EstimateError> {
        let mut attempt = self.simple(state, None);
        attempt.run.success = self.own_success(state);
        let items = self.items(state, map);
        let batch = self.batch(state, map);
        let Some(processor) = state.machines().first() else {
            return Ok(attempt);
        };
        let scope = self.scope(processor)?;
        let count = (items.mean / batch).ceil();
        let is_tolerant = map.settings.tolerated_failure_count.is_some()
            || map.settings.tolerated_failure_percentage.is_some();
        attempt.starts = count;
        let run = &mut attempt.run;
        if !is_tolerant {
            run.success *= scope.success.powf(count);
        }
        run.ms = (count / concurrency(map, quota::DISTRIBUTED_MAP_CONCURRENCY)).ceil() * scope.ms;
        let workflow = map.child_type();
        let each = TransitionRange::exactly(1).plus(match workflow {
            WorkflowType::Standard => scope.transitions,
            WorkflowType::Express => TransitionRange::exactly(0),
        });
        let fewest = floor((items.min / batch).ceil());
        run.transitions = TransitionRange {
            min: each.min.and_then(|each| fewest.checked_mul(each)),
            max: max_product(items.max.map(|n| (n / batch).ceil()), each.max),
        };
        run.unbounded = unbounded(
            state,
            items,
            if workflow == WorkflowType::Standard {
                scope.unbounded
            } else {
                Vec::new()
            },
        );
        let states: Vec<StateRun> = scope.states.into_iter().map(|s| s.in_child(workflow)).collect();
        let transitions: f64 = states.iter().map(StateRun::billed_transitions).sum();
        let decimal = |estimate: f64| quantity(estimate).ok_or(EstimateError::TooMany);
        run.children.push(Started {
            count,
            each: ChildExecutions {
                state: state.name.as_str().to_owned(),
                workflow,
                count: Decimal::ONE,
                transitions: decimal(transitions)?,
                billed_ms: billed_ms(decimal(scope.ms.min(1e12))?),
                memory_mb: decimal(memory_mb(processor, scope.data_kb))?,
                events: decimal(scope.events + f64::from(event_count::EXECUTION))?,
                is_listed: true,
            },
        });
        run.children
            .extend(scope.children.into_iter().map(|c| c.times(count)));
        run.states = states.into_iter().map(|s| s.times(count)).collect();
        Ok(attempt)
    }

    /// Items per child execution.
    fn batch(&mut self, state: &State<'_>, map: &Map<'_>) -> f64 {
        let Some(batcher) = &map.item_batcher else {
            return 1.0;
        };
        let by_count = batcher
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
        match (by_count, by_size) {
            (Some(a), Some(b)) => a.min(b),
            (Some(n), None) | (None, Some(n)) => n,
            (None, None) => 1.0,
        }
    }
}

/// The expected number of iterations that start, if each succeeds with the given probability and none starts after a
/// failure.
fn started_iterations(items: f64, concurrency: f64, success: f64) -> f64 {
    if success >= 1.0 || items <= concurrency {
        return items;
    }
    let rounds = (items / concurrency).floor();
    let last = items - rounds * concurrency;
    let round_success = success.powf(concurrency);
    concurrency * (1.0 - round_success.powf(rounds)) / (1.0 - round_success)
        + last * round_success.powf(rounds)
}

fn unbounded(state: &State<'_>, items: Distribution, inside: Vec<String>) -> Vec<String> {
    let own = items.max.is_none().then(|| state.name.as_str().to_owned());
    own.into_iter().chain(inside).collect()
}

/// The largest total: `count` times `each`. Zero items are bounded even if one is not.
fn max_product(count: Option<f64>, each: Option<u64>) -> Option<u64> {
    match (count, each) {
        (Some(count), _) if count < 1.0 => Some(0),
        (Some(count), Some(each)) => ceil(count).checked_mul(each),
        _ => None,
    }
}

/// The schema limits counts to 1e9.
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

/// Iterations or child executions that run at the same time.
fn concurrency(map: &Map<'_>, limit: u32) -> f64 {
    let setting = map
        .settings
        .max_concurrency
        .as_ref()
        .and_then(literal)
        .filter(|&n| n >= 1.0);
    setting.map_or(f64::from(limit), |n| n.min(f64::from(limit)))
}

fn literal(scalar: &Scalar<'_>) -> Option<f64> {
    match scalar {
        Scalar::Literal(node) => node.as_f64().filter(|n| *n >= 0.0),
        Scalar::Computed(_) => None,
    }
}

/// The length of an array or object that is written in the definition.
#[expect(
    clippy::cast_precision_loss,
    reason = "a definition has fewer items than 2^52"
)]
fn literal_items(items: &Payload<'_>) -> Option<f64> {
    let array = items.node.as_array().map(<[Node]>::len);
    let object = items.node.as_object().map(<[_]>::len);
    array.or(object).map(|n| n as f64)
}

fn classified<'d>(task: &Task<'d>) -> Option<Resource<'d>> {
    task.resource.and_then(Node::as_str).map(resource::classify)
}

/// Whether a task waits for a job, a task token, or an activity worker.
fn waits(task: &Task<'_>) -> bool {
    classified(task).is_some_and(|resource| !resource.is_supported_in_express())
}

fn starts_execution(task: &Task<'_>) -> bool {
    let call = classified(task).and_then(|r| r.call());
    call.is_some_and(|call| {
        matches!(call.service.text, "states" | "sfn")
            && matches!(call.action.text, "startExecution" | "startSyncExecution")
            && call.pattern != Pattern::WaitForTaskToken
    })
}

fn format_ms(ms: f64) -> String {
    if ms >= 1_000.0 {
        format!("{} s", ms / 1_000.0)
    } else {
        format!("{ms} ms")
    }
}
