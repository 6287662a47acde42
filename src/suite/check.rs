//! Whether an execution is as expected.

use super::bound::Bound;
use super::calls;
use super::compare::{Extent, difference, expected_value};
use super::failure::Failure;
use super::model::{Cause, Expect};
use super::spanned::Spanned;
use super::text_pattern::TextPattern;
use crate::document::Node;
use crate::expr::{Scope, Seeded, jsonata};
use crate::history::{ErrorData, History, Origin, Status};
use crate::prose;
use crate::simulate::{self, Execution, NoteKind, Plan};
use crate::source::Span;
use crate::value::{Object, Value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// An execution to check.
#[derive(Clone, Copy)]
pub struct Observed<'e> {
    /// The execution.
    pub execution: &'e Execution,
    /// The machine.
    pub plan: &'e Plan,
    /// Computes its cost in US dollars.
    pub cost: &'e dyn Fn() -> Decimal,
}

impl Expect {
    /// Whether the execution must have recorded its events for the check.
    pub fn needs_history(&self) -> bool {
        let reads_events =
            |text: &Spanned<String>| ["history", "calls"].iter().any(|name| text.contains(name));
        !self.calls.is_empty()
            || self.caught_by.is_some()
            || self.failed_state.is_some()
            || self.cost.is_some()
            || self.assert.iter().any(reads_events)
    }

    /// The expected status, and where it is written.
    fn expected_status(&self) -> (Status, Option<Span>) {
        if let Some(status) = &self.status {
            return (status.value, Some(status.span));
        }
        let error = self.error.as_ref().map(|error| error.span);
        let cause = self.cause.as_ref().map(Cause::span);
        match error.or(cause).filter(|_| self.caught_by.is_none()) {
            Some(span) => (Status::Failed, Some(span)),
            None => (Status::Succeeded, None),
        }
    }

    /// Checks an execution; `place` is shown for what is expected without being written.
    pub fn check(&self, observed: &Observed<'_>, place: Span) -> Vec<Failure> {
        let mut check = Check {
            observed,
            place,
            calls: None,
            failures: Vec::new(),
        };
        check.all(self);
        check.failures
    }
}

impl Cause {
    /// Where it is written.
    pub(super) const fn span(&self) -> Span {
        match self {
            Self::Text(pattern) => pattern.span,
            Self::Json(node) => node.span,
        }
    }
}

struct Check<'c, 'e> {
    observed: &'c Observed<'e>,
    place: Span,
    calls: Option<BTreeMap<String, Vec<Value>>>,
    failures: Vec<Failure>,
}

impl Check<'_, '_> {
    fn all(&mut self, expect: &Expect) {
        let execution = self.observed.execution;
        self.status(expect);
        self.error(expect);
        if let Some(path) = &expect.path {
            self.path(path);
        }
        for (state, bound) in &expect.visits {
            let entered = self.entered(state);
            self.bound(
                "visits",
                bound,
                entered,
                |n| prose::plural(to_usize(*n), "time"),
                |got| format!("`{}` was entered {got}", state.value),
            );
        }
        for state in &expect.never {
            let entered = self.entered(state);
            if entered > 0 {
                let message = format!("`{}` was entered", state.value);
                self.failures.push(Failure::new("never", state.span, message));
            }
        }
        for (key, extent, expected) in [
            ("output", Extent::Whole, &expect.output),
            ("match", Extent::Part, &expect.matching),
        ] {
            if let Some(expected) = expected {
                self.failures
                    .extend(output(key, expected, execution.output.as_ref(), extent));
            }
        }
        for (state, requests) in &expect.calls {
            self.requests(state, requests);
        }
        if let Some(state) = &expect.failed_state {
            self.failed_state(state);
        }
        if let Some(bound) = &expect.duration {
            let millis = execution.stop.since(execution.start);
            let shown = |ms: &i64| prose::duration::exact(*ms);
            self.bound("duration", bound, millis, shown, |got| {
                format!("the execution took {got}")
            });
        }
        if let Some(bound) = &expect.transitions {
            let count = execution.billed_transitions();
            let shown = |n: &u64| prose::plural(to_usize(*n), "transition");
            self.bound("transitions", bound, count, shown, |got| {
                format!("the execution had {got}")
            });
        }
        if let Some(bound) = &expect.cost {
            let cost = (self.observed.cost)();
            let shown = |cost: &Decimal| format!("${}", cost.normalize());
            self.bound("cost", bound, cost, shown, |got| {
                format!("the execution cost {got}")
            });
        }
        for text in &expect.assert {
            self.assertion(text);
        }
    }

    fn entered(&self, name: &str) -> u64 {
        let counts = self.observed.execution.counts.iter();
        let named = self.observed.plan.states.iter().zip(counts);
        named
            .filter(|(state, _)| &*state.name == name)
            .map(|(_, count)| count.entered)
            .sum()
    }

    fn status(&mut self, expect: &Expect) {
        let execution = self.observed.execution;
        let (status, span) = expect.expected_status();
        if status == execution.status {
            return;
        }
        let mut message = format!(
            "the execution ended with {}, expected {}",
            execution.status.as_str(),
            status.as_str()
        );
        if let Some(error) = described(&execution.error) {
            push_fmt!(message, ": {error}");
        }
        let failure = Failure::new("status", span.unwrap_or(self.place), message);
        let [expected, got] = [status, execution.status].map(|status| Value::from(status.as_str()));
        self.failures.push(failure.values(&expected, Some(&got)));
    }

    /// The error and the cause: of the execution, or those that the state in `caught-by` caught.
    fn error(&mut self, expect: &Expect) {
        let execution = self.observed.execution;
        let Some(state) = &expect.caught_by else {
            if expect.expected_status().0 == execution.status || execution.error.error.is_some() {
                error(
                    expect.error.as_ref(),
                    expect.cause.as_ref(),
                    &execution.error,
                    &mut self.failures,
                );
            }
            return;
        };
        let caught = self.caught();
        let here: Vec<&ErrorData> = caught
            .iter()
            .filter(|(name, _)| *name == state.value)
            .map(|(_, data)| *data)
            .collect();
        let Some(first) = here.first() else {
            let message = match caught.as_slice() {
                [] => "no error was caught".to_owned(),
                caught => {
                    let mut names: Vec<&str> = caught.iter().map(|(name, _)| name.as_str()).collect();
                    names.dedup();
                    format!("errors were caught by {}", prose::quoted_list(names))
                }
            };
            let failure = Failure::new("caught-by", state.span, message);
            self.failures
                .push(failure.values(&Value::from(state.as_str()), None));
            return;
        };
        let of = |data: &ErrorData| {
            let mut failures = Vec::new();
            error(expect.error.as_ref(), expect.cause.as_ref(), data, &mut failures);
            failures
        };
        if !here.iter().any(|data| of(data).is_empty()) {
            let failures = of(first);
            self.failures.extend(failures);
        }
    }

    /// The errors that catchers handled, with the states of the catchers.
    fn caught(&self) -> Vec<(String, &ErrorData)> {
        let execution = self.observed.execution;
        let children = execution.map_runs.iter().flat_map(|run| &run.children);
        let histories = children.map(|child| (&child.history, &child.notes));
        std::iter::once((&execution.history, &execution.notes))
            .chain(histories)
            .flat_map(|(history, notes)| {
                notes.iter().filter_map(|note| match &note.kind {
                    NoteKind::Caught { error, .. } => Some((entered_name(history, note.entered)?, &**error)),
                    _ => None,
                })
            })
            .collect()
    }

    fn failed_state(&mut self, state: &Spanned<String>) {
        let execution = self.observed.execution;
        let found = match execution.failed_in {
            Some(id) => vec![self.observed.plan.state(id).name.to_string()],
            None => {
                let failed = execution.notes.iter().filter_map(|note| match &note.kind {
                    NoteKind::Failed { .. } | NoteKind::Caught { .. } => {
                        entered_name(&execution.history, note.entered)
                    }
                    _ => None,
                });
                failed.collect()
            }
        };
        if found.contains(&state.value) {
            return;
        }
        let message = match found.as_slice() {
            [] => "no state failed".to_owned(),
            found => format!("{} failed", prose::quoted_list(found)),
        };
        let got = found.last().map(|name| Value::from(name.as_str()));
        let failure = Failure::new("failed-state", state.span, message);
        self.failures
            .push(failure.values(&Value::from(state.as_str()), got.as_ref()));
    }

    fn path(&mut self, path: &Spanned<Vec<Spanned<String>>>) {
        let Observed { execution, plan, .. } = self.observed;
        let names = execution.path.iter().map(|id| &*plan.state(*id).name);
        let got: Vec<&str> = names.collect();
        let expected: Vec<&str> = path.iter().map(|state| state.as_str()).collect();
        if expected == got {
            return;
        }
        let common = expected.iter().zip(&got).take_while(|(a, b)| a == b).count();
        let span = path.value.get(common).map_or(path.span, |state| state.span);
        let message = match (expected.get(common), got.get(common)) {
            (Some(expected), Some(got)) => format!("`{got}` was entered instead of `{expected}`"),
            (Some(expected), None) => format!("`{expected}` was not entered"),
            (None, Some(got)) => format!("`{got}` was entered after the end of the expected path"),
            (None, None) => String::new(),
        };
        let lines = |names: &[&str]| names.iter().fold(String::new(), |all, name| all + name + "\n");
        let value = |names: &[&str]| Value::array(names.iter().map(|name| Value::from(*name)).collect());
        let mut failure = Failure::new("path", span, message).values(&value(&expected), Some(&value(&got)));
        failure.diff = Some(super::failure::Diff {
            expected: lines(&expected),
            got: lines(&got),
        });
        self.failures.push(failure);
    }

    fn requests(&mut self, state: &Spanned<String>, expected: &Node) {
        let execution = self.observed.execution;
        let all = self.calls.get_or_insert_with(|| calls::calls(execution));
        let got = Value::array(all.get(state.as_str()).cloned().unwrap_or_default());
        let Some(found) = difference(expected, &got, Extent::Part) else {
            return;
        };
        let counts = [
            expected.as_array().map_or(0, <[Node]>::len),
            got.as_array().map_or(0, <[Value]>::len),
        ];
        let message = if counts[0] == counts[1] {
            format!("a request of `{}` differs at `{}`", state.value, found.path)
        } else {
            format!(
                "`{}` sent {}, expected {}",
                state.value,
                prose::plural(counts[1], "request"),
                counts[0]
            )
        };
        let span = if counts[0] == counts[1] {
            found.span
        } else {
            state.span
        };
        let failure = Failure::new("calls", span, message);
        self.failures
            .push(failure.difference(&expected_value(expected), &got, &found));
    }

    fn bound<T: PartialOrd + Copy>(
        &mut self,
        expectation: &'static str,
        bound: &Spanned<Bound<T>>,
        quantity: T,
        shown: impl Fn(&T) -> String,
        message: impl FnOnce(&str) -> String,
    ) {
        if bound.is_satisfied_by(&quantity) {
            return;
        }
        let got = shown(&quantity);
        let expected = bound.to_text(&shown);
        let message = format!("{}, expected {expected}", message(&got));
        let failure = Failure::new(expectation, bound.span, message);
        self.failures
            .push(failure.values(&Value::from(expected.as_str()), Some(&Value::from(got.as_str()))));
    }

    fn assertion(&mut self, text: &Spanned<String>) {
        let variables = self.variables(text);
        let input = &self.observed.execution.input;
        self.failures.extend(assertion(text, input, &variables));
    }

    /// The variables of an assertion; those that take long only if it names them.
    fn variables(&mut self, text: &str) -> Object {
        let Observed { execution, plan, .. } = *self.observed;
        let name = |text: &Option<std::rc::Rc<str>>| text.as_deref().map_or(Value::Null, Value::from);
        let path = execution
            .path
            .iter()
            .map(|id| Value::from(&*plan.state(*id).name));
        let mut variables: Object = [
            ("input".into(), execution.input.clone()),
            ("output".into(), execution.output.clone().unwrap_or_default()),
            ("status".into(), Value::from(execution.status.as_str())),
            ("error".into(), name(&execution.error.error)),
            ("cause".into(), name(&execution.error.cause)),
            ("path".into(), Value::array(path.collect())),
            ("duration".into(), seconds(execution.stop.since(execution.start))),
            ("transitions".into(), count(execution.billed_transitions())),
        ]
        .into_iter()
        .collect();
        if text.contains("visits") {
            let mut visits = Object::default();
            for (state, counted) in plan.states.iter().zip(&execution.counts) {
                visits.insert(state.name.clone(), count(counted.entered));
            }
            variables.insert("visits".into(), Value::object(visits));
        }
        if text.contains("calls") {
            let all = self.calls.get_or_insert_with(|| calls::calls(execution));
            let all = all
                .iter()
                .map(|(state, list)| (state.as_str().into(), Value::array(list.clone())));
            variables.insert("calls".into(), Value::object(all.collect()));
        }
        if text.contains("history") {
            variables.insert("history".into(), events(execution));
        }
        variables
    }
}

/// Checks a JSONata expression that must be `true`.
pub(super) fn assertion(text: &Spanned<String>, input: &Value, variables: &Object) -> Option<Failure> {
    let message = match jsonata::Expression::parse(text) {
        Ok(expression) => {
            let scope = Scope::new(input, &Value::Null, variables);
            match expression.eval(&scope, &mut Seeded::new(0)) {
                Ok(Some(Value::Bool(true))) => return None,
                Ok(Some(value)) => {
                    let failure = Failure::new("assert", text.span, "the expression is not true");
                    return Some(failure.values(&Value::Bool(true), Some(&value)));
                }
                Ok(None) => "the expression is undefined".to_owned(),
                Err(error) => format!("the expression failed: {error}"),
            }
        }
        Err(error) => format!("invalid expression: {error}"),
    };
    Some(Failure::new("assert", text.span, message).values(&Value::Bool(true), None))
}

/// Checks an output.
pub(super) fn output(
    key: &'static str,
    expected: &Node,
    got: Option<&Value>,
    extent: Extent,
) -> Option<Failure> {
    let Some(got) = got else {
        let failure = Failure::new(key, expected.span, "there is no output");
        return Some(failure.values(&expected_value(expected), None));
    };
    let found = difference(expected, got, extent)?;
    let message = if found.path.is_empty() {
        "the output differs".to_owned()
    } else {
        format!("the output differs at `{}`", found.path)
    };
    Some(Failure::new(key, found.span, message).difference(&expected_value(expected), got, &found))
}

/// Checks an error and its cause.
pub(super) fn error(
    error: Option<&Spanned<TextPattern>>,
    cause: Option<&Cause>,
    data: &ErrorData,
    failures: &mut Vec<Failure>,
) {
    let text = |text: &Option<std::rc::Rc<str>>| text.as_deref().map(Value::from);
    if let Some(pattern) = error {
        failures.extend(pattern_failure("error", "error", pattern, data.error.as_deref()));
    }
    match cause {
        Some(Cause::Text(pattern)) => {
            failures.extend(pattern_failure("cause", "cause", pattern, data.cause.as_deref()));
        }
        Some(Cause::Json(expected)) => {
            let parsed = data.cause.as_deref().and_then(|cause| Value::parse(cause).ok());
            let Some(got) = parsed else {
                let failure = Failure::new("cause", expected.span, "the cause is not JSON");
                failures.push(failure.values(&expected_value(expected), text(&data.cause).as_ref()));
                return;
            };
            if let Some(found) = difference(expected, &got, Extent::Part) {
                let message = format!("the cause differs at `{}`", found.path);
                let failure = Failure::new("cause", found.span, message);
                failures.push(failure.difference(&expected_value(expected), &got, &found));
            }
        }
        None => {}
    }
}

fn pattern_failure(
    expectation: &'static str,
    noun: &str,
    pattern: &Spanned<TextPattern>,
    got: Option<&str>,
) -> Option<Failure> {
    if got.is_some_and(|got| pattern.matches(got)) {
        return None;
    }
    let message = match got {
        Some(got) => format!("the {noun} is `{got}`"),
        None => format!("there is no {noun}"),
    };
    let failure = Failure::new(expectation, pattern.span, message);
    let expected = Value::from(pattern.as_str());
    Some(failure.values(&expected, got.map(Value::from).as_ref()))
}

/// The name of the state that an event of entry is about.
fn entered_name(history: &History, entered: u64) -> Option<String> {
    let event = history.binary_search_by_key(&entered, |event| event.id).ok()?;
    match &history.get(event)?.kind {
        crate::history::EventKind::StateEntered { name, .. } => Some(name.to_string()),
        _ => None,
    }
}

/// An error with its cause, in a line.
pub(super) fn described(data: &ErrorData) -> Option<String> {
    match (&data.error, &data.cause) {
        (Some(error), Some(cause)) => Some(format!("{error}: {cause}")),
        (Some(text), None) | (None, Some(text)) => Some(text.to_string()),
        (None, None) => None,
    }
}

/// The events as `GetExecutionHistory` returns them.
fn events(execution: &Execution) -> Value {
    let origin = Origin {
        role_arn: &execution.identity.role_arn,
        region: simulate::REGION,
    };
    let mut text = Vec::new();
    // Writing to memory does not fail.
    drop(crate::history::write(&execution.history, origin, &mut text));
    let text = String::from_utf8(text).unwrap_or_default();
    let root = Value::parse(&text).unwrap_or_default();
    root.get("events").cloned().unwrap_or_default()
}

fn seconds(millis: i64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "durations are far below 2^53 ms")]
    let seconds = millis as f64 / 1000.0;
    crate::value::Number::from_f64(seconds).map_or(Value::Null, Value::Number)
}

fn count(count: u64) -> Value {
    Value::from(i64::try_from(count).unwrap_or(i64::MAX))
}

fn to_usize(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
