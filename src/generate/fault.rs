//! Scripts in which a state fails, so that a certain retrier or catcher handles the error.

use super::handler::Handler;
use super::origin::Origins;
use super::run::{Run, Runner};
use super::script::{Outcome, Script, ScriptedCompletion};
use crate::asl::semantics::error_match::matches;
use crate::history::ErrorData;
use crate::simulate::StateId;
use crate::simulate::plan::{Setting, State, StateKind};
use crate::spec::error_name;
use std::rc::Rc;

/// More throws than this are not written down: the last one repeats.
const MAX_THROWS: i64 = 24;

/// The maximum number of errors that are tried for one handler.
const ERRORS: usize = 16;

/// The maximum number of tasks inside a Parallel or Map that are made to fail.
const INNER: usize = 6;

/// A script in which a state fails, and how, in words.
pub(super) struct Fault {
    pub(super) script: Script,
    pub(super) words: String,
}

/// The names in `ErrorEquals` of a handler.
fn names(state: &State, handler: Handler) -> &[Box<str>] {
    match handler {
        Handler::Retry(index) | Handler::Exhaust(index) => state.retry.get(index).map_or(&[], |r| &r.names),
        Handler::Catch(index) => state.catch.get(index).map_or(&[], |c| &c.names),
    }
}

fn is_named(names: &[Box<str>], error: &str) -> bool {
    names.iter().any(|name| matches(name, error))
}

/// Errors that a handler is the first to handle.
fn errors(runner: &Runner<'_>, id: StateId, handler: Handler) -> Vec<Rc<str>> {
    let state = runner.plan.state(id);
    let by_error = runner.by_error(id);
    let own = names(state, handler);
    let named = own.iter().map(|name| &**name);
    let named = named.filter(|name| *name != error_name::ALL && *name != error_name::TASK_FAILED);
    let others = [
        error_name::TASK_FAILED,
        "CustomError",
        error_name::TIMEOUT,
        error_name::PERMISSIONS,
    ];
    let mut errors: Vec<Rc<str>> = Vec::new();
    for error in named.chain(others) {
        let is_known = errors.iter().any(|known| **known == *error);
        if !is_known && by_error.is_first(handler, error) {
            errors.push(error.into());
            if errors.len() == ERRORS {
                break;
            }
        }
    }
    errors
}

/// The number of times that a state must fail with an error until no retrier handles it.
fn attempts(runner: &Runner<'_>, id: StateId, error: &str) -> i64 {
    let retrier = runner.by_error(id).retriers.matching(error);
    let retrier = retrier.and_then(|index| runner.plan.state(id).retry.get(index));
    retrier.map_or(1, |retrier| retrier.backoff.max_attempts.saturating_add(1))
}

/// An attempt that reaches its time limit.
fn timeout(state: &State) -> Outcome {
    let settings = state.task().map(|task| &task.settings);
    let limits = settings
        .into_iter()
        .flat_map(|s| [&s.timeout_seconds, &s.heartbeat_seconds]);
    let has_limit = limits.flatten().any(|limit| match limit {
        Setting::Literal(value) => value.as_number().is_some(),
        Setting::Invalid(_) => false,
        _ => true,
    });
    Outcome {
        completion: ScriptedCompletion::Timeout,
        // Without a limit, it would take longer than an execution may.
        duration: if has_limit { 0 } else { 60_000 },
    }
}

/// An attempt that ends with an error.
fn throw(state: &State, error: &Rc<str>) -> Outcome {
    if **error == *error_name::TIMEOUT || **error == *error_name::HEARTBEAT_TIMEOUT {
        return timeout(state);
    }
    Outcome::now(ScriptedCompletion::Throw(ErrorData {
        error: Some(Rc::clone(error)),
        cause: Some("sample".into()),
    }))
}

/// A script in which a task fails from an attempt on: `times` times, or always for `None`.
fn failing(
    runner: &Runner<'_>,
    script: &Script,
    state: &Rc<str>,
    attempt: usize,
    outcome: &Outcome,
    times: Option<i64>,
) -> Script {
    let mut changed = script.clone();
    changed.materialize(state, attempt, &|state, _| runner.default_outcome(state));
    if let Some(list) = changed.outcomes.get_mut(state) {
        match times.and_then(|times| usize::try_from(times).ok()) {
            Some(times) => {
                let throws = std::iter::repeat_n(outcome.clone(), times);
                list.splice(attempt..attempt, throws);
            }
            None => {
                list.truncate(attempt);
                list.push(outcome.clone());
            }
        }
    }
    changed
}

/// Scripts in which a visited state fails, so that a handler applies.
pub(super) fn faults(runner: &Runner<'_>, run: &Run, visit: usize, handler: Handler) -> Vec<Fault> {
    let origins = Origins {
        plan: runner.plan,
        trace: &run.trace,
        start: &run.script.input,
    };
    let state = origins.state(visit);
    match &state.kind {
        StateKind::Task(_) => {
            let Some(call) = run.trace.visits[visit].calls.first() else {
                return Vec::new();
            };
            let mut faults = Vec::new();
            let id = run.trace.visits[visit].state;
            for error in errors(runner, id, handler) {
                let words = match handler {
                    Handler::Retry(_) => format!("{} fails with {error} once, then succeeds", state.name),
                    Handler::Exhaust(_) => {
                        format!(
                            "{} fails with {error} until its retries are exhausted",
                            state.name
                        )
                    }
                    Handler::Catch(_) => format!("{} fails with {error}", state.name),
                };
                // In several iterations, the attempts of one are not consecutive: there, the task always fails.
                let times = match handler {
                    Handler::Retry(_) => vec![Some(1)],
                    Handler::Exhaust(_) | Handler::Catch(_) => {
                        let times = Some(attempts(runner, id, &error)).filter(|times| *times <= MAX_THROWS);
                        times.map(Some).into_iter().chain([None]).collect()
                    }
                };
                for times in times {
                    let outcome = throw(state, &error);
                    let script = failing(runner, &run.script, &state.name, call.attempt, &outcome, times);
                    let words = words.clone();
                    faults.push(Fault { script, words });
                }
            }
            faults
        }
        StateKind::Map(_) | StateKind::Parallel(_) => inner_faults(runner, run, &origins, visit, handler),
        _ => Vec::new(),
    }
}

/// Scripts in which a task inside a Parallel or a Map fails, so that a handler of the latter applies.
fn inner_faults(
    runner: &Runner<'_>,
    run: &Run,
    origins: &Origins<'_>,
    visit: usize,
    handler: Handler,
) -> Vec<Fault> {
    let state = origins.state(visit);
    let mut faults = Vec::new();
    let mut candidates = errors(runner, run.trace.visits[visit].state, handler);
    if let Some((_, distributed)) = state.distributed_map() {
        if distributed.reader.is_some() && is_named(names(state, handler), error_name::ITEM_READER_FAILED) {
            let mut script = run.script.clone();
            script.items.insert(run.trace.visits[visit].state, None);
            faults.push(Fault {
                script,
                words: format!("{} cannot read its items", state.name),
            });
        }
        // Failures of child workflows become one error.
        candidates = vec![
            error_name::TASK_FAILED.into(),
            "CustomError".into(),
            error_name::TIMEOUT.into(),
        ];
    }
    let mut seen: Vec<StateId> = Vec::new();
    for inner in visit + 1..run.trace.visits.len() {
        let visited = &run.trace.visits[inner];
        let Some(call) = visited.calls.first() else {
            continue;
        };
        if seen.contains(&visited.state) || !run.trace.is_inside(inner, visit) {
            continue;
        }
        seen.push(visited.state);
        if seen.len() > INNER {
            break;
        }
        for error in &candidates {
            let task = origins.state(inner);
            if is_caught_inside(runner, origins, inner, visit, error) {
                continue;
            }
            let times = match handler {
                Handler::Retry(_) => {
                    Some(attempts(runner, visited.state, error)).filter(|times| *times <= MAX_THROWS)
                }
                Handler::Exhaust(_) | Handler::Catch(_) => None,
            };
            let script = failing(
                runner,
                &run.script,
                &task.name,
                call.attempt,
                &throw(task, error),
                times,
            );
            faults.push(Fault {
                script,
                words: match handler {
                    Handler::Retry(_) => {
                        format!(
                            "{} is repeated after {} has failed with {error}",
                            state.name, task.name
                        )
                    }
                    Handler::Exhaust(_) => {
                        format!("{} is repeated until its retries are exhausted", state.name)
                    }
                    Handler::Catch(_) => {
                        format!("{} fails because {} fails with {error}", state.name, task.name)
                    }
                },
            });
        }
    }
    faults
}

/// Whether a state between a visit and an outer one catches an error.
fn is_caught_inside(
    runner: &Runner<'_>,
    origins: &Origins<'_>,
    inner: usize,
    outer: usize,
    error: &str,
) -> bool {
    let mut at = inner;
    loop {
        let state = origins.trace.visits[at].state;
        if runner.by_error(state).catchers.matching(error).is_some() {
            return true;
        }
        match origins.trace.enclosing(at) {
            Some((around, _)) if around != outer => at = around,
            _ => return false,
        }
    }
}

/// Scripts in which a visited task reaches its time limit once, or until it is not repeated.
pub(super) fn timeouts(runner: &Runner<'_>, run: &Run, visit: usize) -> Vec<Script> {
    let Some(call) = run.trace.visits[visit].calls.first() else {
        return Vec::new();
    };
    let state = runner.plan.state(run.trace.visits[visit].state);
    let outcome = timeout(state);
    vec![failing(
        runner,
        &run.script,
        &state.name,
        call.attempt,
        &outcome,
        Some(1),
    )]
}

/// Scripts in which the execution reaches its time limit, because a task takes too long.
pub(super) fn delays(runner: &Runner<'_>, run: &Run) -> Vec<(Script, String)> {
    let Some(seconds) = runner.plan.timeout_seconds else {
        return Vec::new();
    };
    let mut scripts = Vec::new();
    for visited in &run.trace.visits {
        let state = runner.plan.state(visited.state);
        let (Some(task), Some(call)) = (state.task(), visited.calls.first()) else {
            continue;
        };
        // A task reaches its own limit first, unless that is longer.
        let limits = [&task.settings.timeout_seconds, &task.settings.heartbeat_seconds];
        let is_limited = limits.into_iter().flatten().any(|limit| match limit {
            Setting::Literal(value) => value
                .as_number()
                .is_some_and(|limit| limit.as_i64() <= Some(seconds)),
            _ => true,
        });
        if is_limited {
            continue;
        }
        let slow = Outcome {
            completion: call.outcome.completion.clone(),
            duration: seconds.saturating_add(1).saturating_mul(1000),
        };
        let script = failing(runner, &run.script, &state.name, call.attempt, &slow, Some(1));
        scripts.push((
            script,
            format!("the execution times out while {} runs", state.name),
        ));
        if scripts.len() == INNER {
            break;
        }
    }
    scripts
}
