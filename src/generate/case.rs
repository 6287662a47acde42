//! Cases: scripts as mocks, and what executions with them do.

use super::run::{Run, Runner};
use super::script::{Outcome, ScriptedCompletion};
use crate::coverage::{Counts, Recorder};
use crate::document::{self, Syntax};
use crate::history::{ErrorData, Status};
use crate::simulate::mocks::{self, MockedWorld, Settings, Unmocked};
use crate::simulate::run_observed;
use crate::source::SourceFile;
use crate::value::{Object, Value};
use std::rc::Rc;
use std::sync::Arc;

/// A generated test case.
#[derive(Debug, Clone)]
pub struct Case {
    /// The behavior that it demonstrates; unique among the cases.
    pub name: String,
    /// The input.
    pub input: Value,
    /// The mocks, as in a mock file.
    pub mocks: Value,
    /// How the execution ends.
    pub status: Status,
    /// The states entered at the top level, in order.
    pub path: Vec<Rc<str>>,
    /// The output, if it succeeded.
    pub output: Option<Value>,
    /// The error, if it did not succeed.
    pub error: Option<Rc<str>>,
}

/// The case of a run, with what it covers. It is run again with its mocks; `None` if that is not possible.
pub(super) fn from_run(runner: &Runner<'_>, name: String, run: &Run) -> Option<(Case, Counts)> {
    let mocks = mocks_of(run, runner);
    let text = mocks.to_json();
    let document = document::read(Arc::new(SourceFile::new("mocks", text)), Syntax::Json);
    let read = mocks::read(document.roots.first()?, &mut |_| Err(String::new())).ok()?;
    let settings = Settings {
        seed: 0,
        start: runner.start,
    };
    let mut world = MockedWorld::new(&read, settings, Unmocked::Error);
    let mut recorder = Recorder::new(runner.catalog, runner.plan);
    let input = run.script.input.clone();
    let execution = run_observed(
        runner.plan,
        input.clone(),
        &mut world,
        runner.options,
        &mut recorder,
    )
    .ok()?;
    let counts = recorder.finish(Some(&execution));
    let path = execution
        .path
        .iter()
        .map(|state| Rc::clone(&runner.plan.state(*state).name));
    let case = Case {
        name,
        input,
        mocks,
        status: execution.status,
        path: path.collect(),
        output: execution.output.clone(),
        error: execution.error.error.clone(),
    };
    Some((case, counts))
}

/// The outcomes of a state, with the number of the attempt of each.
type Used<'o> = (Rc<str>, Vec<(usize, &'o Outcome)>);

/// The outcomes that a run used, as mocks.
fn mocks_of(run: &Run, runner: &Runner<'_>) -> Value {
    let mut used: Vec<Used<'_>> = Vec::new();
    for visit in &run.trace.visits {
        let name = &runner.plan.state(visit.state).name;
        for call in &visit.calls {
            let at = used
                .iter()
                .position(|(known, _)| known == name)
                .unwrap_or_else(|| {
                    used.push((Rc::clone(name), Vec::new()));
                    used.len() - 1
                });
            used[at].1.push((call.attempt, &call.outcome));
        }
    }
    let mut states = Object::default();
    for (name, mut outcomes) in used {
        outcomes.sort_by_key(|(attempt, _)| *attempt);
        let mut list: Vec<(&Outcome, i64)> = Vec::new();
        for (_, outcome) in outcomes {
            match list.last_mut() {
                Some((last, times)) if *last == outcome => *times += 1,
                _ => list.push((outcome, 1)),
            }
        }
        let last = list.len().saturating_sub(1);
        let mut written: Vec<Value> = list
            .iter()
            .enumerate()
            .map(|(at, (outcome, times))| {
                outcome_value(outcome, Some(*times).filter(|n| *n > 1 && at < last))
            })
            .collect();
        let value = match written.len() {
            1 => written.swap_remove(0),
            _ => Value::array(written),
        };
        states.insert(name, value);
    }
    let mut mocks = Object::default();
    if !states.is_empty() {
        mocks.insert("states".into(), Value::object(states));
    }
    if !run.objects.is_empty() {
        let objects = run.objects.iter().map(|((bucket, key), body)| {
            let body: Value = [("body", Value::String(Rc::clone(body)))].into();
            (Rc::from(format!("s3://{bucket}/{key}")), body)
        });
        mocks.insert("objects".into(), Value::object(objects.collect()));
    }
    Value::object(mocks)
}

fn outcome_value(outcome: &Outcome, times: Option<i64>) -> Value {
    let mut members = Object::default();
    match &outcome.completion {
        ScriptedCompletion::Return(result) => members.insert("return".into(), result.clone()),
        ScriptedCompletion::Throw(error) => members.insert("throw".into(), error_value(error)),
        ScriptedCompletion::Timeout => members.insert("timeout".into(), Value::Bool(true)),
    };
    if outcome.duration > 0 {
        // Mocks give durations in seconds, and only whole ones are generated.
        members.insert("duration".into(), Value::from(outcome.duration / 1000));
    }
    if let Some(times) = times {
        members.insert("times".into(), Value::from(times));
    }
    Value::object(members)
}

fn error_value(error: &ErrorData) -> Value {
    let mut members = Object::default();
    for (key, text) in [("error", &error.error), ("cause", &error.cause)] {
        if let Some(text) = text {
            members.insert(key.into(), Value::String(Rc::clone(text)));
        }
    }
    Value::object(members)
}
