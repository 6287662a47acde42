//! `Fail`: ends the execution with an error.

use crate::expr::EvalError;
use crate::history::ErrorData;
use crate::simulate::bindings::Bindings;
use crate::simulate::inspect::Point;
use crate::simulate::plan::{self, Setting};
use crate::simulate::state_cx::{Control, StateCx};
use crate::simulate::state_error::{StateError, StepError};
use crate::spec::QueryLanguage;
use crate::value::Value;
use std::rc::Rc;

pub(super) fn enter(cx: &mut StateCx<'_, '_>, fail: &plan::Fail) -> Result<Control, StepError> {
    if cx.state.language == QueryLanguage::JsonPath {
        let input = cx.input();
        cx.inspect(Point::AfterInputPath, &input);
    }
    let error = evaluate_text(cx, fail.error.as_ref(), "Error")?;
    let cause = evaluate_text(cx, fail.cause.as_ref(), "Cause")?;
    Err(StateError::from_fail_state(ErrorData { error, cause }).into())
}

fn evaluate_text(
    cx: &mut StateCx<'_, '_>,
    setting: Option<&Setting>,
    field: &str,
) -> Result<Option<Rc<str>>, EvalError> {
    let Some(setting) = setting else { return Ok(None) };
    let input = cx.input();
    let value = match setting {
        Setting::Path { path, field, .. } => {
            let found = cx.with_scope(
                Bindings::from_input(&input),
                setting.uses_context(),
                |scope, _| path.eval(scope),
            );
            found.map_err(|_| {
                EvalError::runtime(format!(
                    "The JSONPath '{}' specified for the field '{field}' could not be found in the input '{input}'",
                    path.text()
                ))
            })?
        }
        _ => cx.setting(setting, &input)?,
    };
    match (&value, setting) {
        (Value::String(text), _) => Ok(Some(Rc::clone(text))),
        (
            other,
            Setting::Jsonata {
                expression, location, ..
            },
        ) => Err(expression.unexpected_type(location, "string", other)),
        (other, Setting::Path { path, field, .. }) => Err(EvalError::runtime(format!(
            "The {field} parameter does not reference a string: {} == {other}",
            path.text()
        ))),
        (other, _) => Err(EvalError::runtime(format!(
            "The {field} field is not a string: {other}"
        ))),
    }
}
