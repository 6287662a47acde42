//! Whether a single state is as expected.

use super::check::{assertion, error, output};
use super::compare::Extent;
use super::failure::Failure;
use super::model::StateExpect;
use super::spanned::Spanned;
use crate::history::ErrorData;
use crate::prose;
use crate::simulate::test_state::TestStatus;
use crate::source::Span;
use crate::value::{Object, Value};

impl StateExpect {
    /// The expected status, and where it is written.
    fn expected_status(&self) -> (TestStatus, Option<Span>) {
        if let Some(status) = &self.status {
            return (status.value, Some(status.span));
        }
        let backoff = self.backoff.as_ref().map(|backoff| backoff.span);
        let retrier = self.retrier.as_ref().map(|retrier| retrier.span);
        let catcher = self.catcher.as_ref().map(|catcher| catcher.span);
        let error = self.error.as_ref().map(|error| error.span);
        let cause = self.cause.as_ref().map(super::model::Cause::span);
        if let Some(span) = catcher {
            (TestStatus::CaughtError, Some(span))
        } else if let Some(span) = backoff.or(retrier) {
            (TestStatus::Retriable, Some(span))
        } else if let Some(span) = error.or(cause) {
            (TestStatus::Failed, Some(span))
        } else {
            (TestStatus::Succeeded, None)
        }
    }

    /// Checks the response of the `TestState` API with inspection level DEBUG; `place` is shown for what is expected
    /// without being written.
    pub fn check(&self, input: &Value, response: &Value, place: Span) -> Vec<Failure> {
        let mut failures = Vec::new();
        let text = |key: &str| response.get(key).and_then(Value::as_str);
        let data = ErrorData {
            error: text("error").map(Into::into),
            cause: text("cause").map(Into::into),
        };
        let got = text("status").unwrap_or_default();
        let (status, span) = self.expected_status();
        if got != status.as_str() {
            let mut message = format!("the state ended with {got}, expected {}", status.as_str());
            if let Some(error) = super::check::described(&data) {
                push_fmt!(message, ": {error}");
            }
            let failure = Failure::new("status", span.unwrap_or(place), message);
            failures.push(failure.values(&Value::from(status.as_str()), Some(&Value::from(got))));
        }
        error(self.error.as_ref(), self.cause.as_ref(), &data, &mut failures);
        let produced = text("output").and_then(|output| Value::parse(output).ok());
        for (key, extent, expected) in [
            ("output", Extent::Whole, &self.output),
            ("match", Extent::Part, &self.matching),
        ] {
            if let Some(expected) = expected {
                failures.extend(output(key, expected, produced.as_ref(), extent));
            }
        }
        if let Some(next) = &self.next {
            let got = text("nextState");
            if got != Some(next.as_str()) {
                let message = match got {
                    Some(got) => format!("the next state is `{got}`"),
                    None => "there is no next state".to_owned(),
                };
                let failure = Failure::new("next", next.span, message);
                failures.push(failure.values(&Value::from(next.as_str()), got.map(Value::from).as_ref()));
            }
        }
        self.details(response, &mut failures);
        if !self.assert.is_empty() {
            let mut variables: Object = [
                ("input".into(), input.clone()),
                ("output".into(), produced.unwrap_or_default()),
                ("response".into(), response.clone()),
            ]
            .into_iter()
            .collect();
            for key in ["status", "error", "cause"] {
                variables.insert(key.into(), text(key).map_or(Value::Null, Value::from));
            }
            failures.extend(
                self.assert
                    .iter()
                    .filter_map(|text| assertion(text, input, &variables)),
            );
        }
        failures
    }

    /// Checks how the error was handled.
    fn details(&self, response: &Value, failures: &mut Vec<Failure>) {
        let details = response
            .get("inspectionData")
            .and_then(|data| data.get("errorDetails"));
        let number = |key: &str| details.and_then(|details| details.get(key)?.as_number());
        let indexes = [
            ("retrier", "retryIndex", &self.retrier),
            ("catcher", "catchIndex", &self.catcher),
        ];
        for (noun, key, expected) in indexes {
            if let Some(expected) = expected {
                let got = number(key).and_then(crate::value::Number::as_i64);
                failures.extend(index(noun, expected, got));
            }
        }
        if let Some(bound) = &self.backoff {
            let got = number("retryBackoffIntervalSeconds").map(millis);
            if !got.is_some_and(|got| bound.is_satisfied_by(&got)) {
                let shown = |ms: &i64| prose::duration::exact(*ms);
                let expected = bound.to_text(shown);
                let found = got.as_ref().map(shown);
                let message = match &found {
                    Some(got) => format!("the backoff is {got}, expected {expected}"),
                    None => "the state is not retried".to_owned(),
                };
                let failure = Failure::new("backoff", bound.span, message);
                let found = found.as_deref().map(Value::from);
                failures.push(failure.values(&Value::from(expected.as_str()), found.as_ref()));
            }
        }
    }
}

fn index(noun: &'static str, expected: &Spanned<usize>, got: Option<i64>) -> Option<Failure> {
    let wanted = i64::try_from(expected.value).ok();
    if wanted == got {
        return None;
    }
    let message = match got {
        Some(got) => format!(
            "{noun} {got} handled the error, expected {noun} {}",
            expected.value
        ),
        None => format!("no {noun} handled the error"),
    };
    let wanted = Value::from(wanted.unwrap_or(i64::MAX));
    let failure = Failure::new(noun, expected.span, message);
    Some(failure.values(&wanted, got.map(Value::from).as_ref()))
}

#[expect(clippy::cast_possible_truncation, reason = "delays are far below 2^53 ms")]
fn millis(seconds: &crate::value::Number) -> i64 {
    (seconds.as_f64() * 1000.0).round() as i64
}
