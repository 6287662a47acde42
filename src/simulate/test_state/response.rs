//! The response of the `TestState` API.

use super::inspection::{Inspection, Level};
use super::result::{TestStateResult, TestStatus};

use crate::simulate::inspect::Point;
use crate::simulate::plan::{State, StateKind};
use crate::spec::QueryLanguage;
use crate::value::{Number, Object, Value};
use std::rc::Rc;

/// The response. `output` and the data are JSON text, as in the API.
pub(super) fn response(
    result: &TestStateResult,
    state: &State,
    input: &Value,
    level: Level,
    inspection: &Inspection,
) -> Value {
    let mut response = Object::default();
    if let Some(output) = &result.output {
        response.insert("output".into(), Value::from(output.to_json()));
    }
    if let Some(error) = &result.error {
        let texts = [("error", &error.error), ("cause", &error.cause)];
        for (name, text) in texts {
            if let Some(text) = text {
                response.insert(name.into(), Value::String(Rc::clone(text)));
            }
        }
    }
    if level != Level::Info {
        let data = inspection_data(result, state, input, inspection);
        response.insert("inspectionData".into(), Value::object(data));
    }
    if let Some(next) = &result.next {
        response.insert("nextState".into(), Value::String(Rc::clone(next)));
    }
    response.insert("status".into(), Value::from(result.status.as_str()));
    Value::object(response)
}

fn inspection_data(
    result: &TestStateResult,
    state: &State,
    input: &Value,
    inspection: &Inspection,
) -> Object {
    let mut data = Object::default();
    data.insert("input".into(), Value::from(input.to_json()));
    for (point, value) in inspection.points() {
        let Some(name) = name(*point, state) else { continue };
        let shown = match point {
            Point::MaxConcurrency | Point::ToleratedFailureCount | Point::ToleratedFailurePercentage => {
                value.clone()
            }
            _ => Value::from(value.to_json()),
        };
        data.insert(name.into(), shown);
    }
    if !result.variables.is_empty() {
        let variables = Value::object(result.variables.clone());
        data.insert("variables".into(), Value::from(variables.to_json()));
    }
    let details = error_details(result);
    if !details.is_empty() {
        data.insert("errorDetails".into(), Value::object(details));
    }
    data
}

/// AWS's name for a point in the data flow; `None` if AWS does not show it. Source: recordings of AWS.
fn name(point: Point, state: &State) -> Option<&'static str> {
    let is_jsonata = state.language == QueryLanguage::Jsonata;
    let is_parallel = matches!(state.kind, StateKind::Parallel(_));
    let has_static_result = matches!(state.kind, StateKind::Pass(Some(_)));
    let name = match point {
        Point::MaxConcurrency => return Some("maxConcurrency"),
        Point::ToleratedFailureCount => return Some("toleratedFailureCount"),
        Point::ToleratedFailurePercentage => return Some("toleratedFailurePercentage"),
        Point::Result => return (has_static_result || state.task().is_some()).then_some("result"),
        Point::ItemCount => return None,
        Point::AfterArguments if is_jsonata => return state.task().map(|_| "afterArguments"),
        // AWS does not show these before the result.
        Point::AfterInputPath | Point::AfterArguments if is_parallel || has_static_result => return None,
        Point::AfterArguments if matches!(state.kind, StateKind::Map(_)) => return None,
        Point::AfterInputPath => "afterInputPath",
        Point::AfterArguments => "afterParameters",
        Point::AfterItemsPath => "afterItemsPath",
        Point::AfterItemsPointer => "afterItemsPointer",
        Point::AfterItemSelector => "afterItemSelector",
        Point::AfterItemBatcher => "afterItemBatcher",
        Point::AfterResultSelector => "afterResultSelector",
        Point::AfterResultPath => "afterResultPath",
    };
    (!is_jsonata).then_some(name)
}

fn error_details(result: &TestStateResult) -> Object {
    let mut details = Object::default();
    let index = |at: usize| Value::from(i64::try_from(at).unwrap_or(i64::MAX));
    if let Some(at) = result.catcher {
        details.insert("catchIndex".into(), index(at));
    }
    if let Some(at) = result.retrier {
        details.insert("retryIndex".into(), index(at));
    }
    if let (TestStatus::Retriable, Some(delay)) = (result.status, result.delay) {
        let seconds = if delay % 1000 == 0 {
            Value::from(delay / 1000)
        } else {
            #[expect(clippy::cast_precision_loss, reason = "delays are far below 2^53 ms")]
            Number::from_f64(delay as f64 / 1000.0).map_or(Value::Null, Value::Number)
        };
        details.insert("retryBackoffIntervalSeconds".into(), seconds);
    }
    details
}
