//! `Fail`: the end, in failure.

use crate::expr::Fault;
use crate::history::ErrorData;
use crate::simulate::bindings::Bindings;
use crate::simulate::engine::{Engine, Flow};
use crate::simulate::failure::{Failure, Problem};
use crate::simulate::ids::FrameId;
use crate::simulate::inspect::Point;
use crate::simulate::plan::{self, Setting, Step};
use crate::spec::QueryLanguage;
use crate::value::Value;
use std::rc::Rc;

impl Engine<'_> {
    pub(in crate::simulate) fn fail_state(
        &mut self,
        id: FrameId,
        step: &Step,
        fail: &plan::Fail,
    ) -> Result<Flow, Problem> {
        if step.language == QueryLanguage::JsonPath {
            let input = self.frames[id].input.clone();
            self.note(Point::AfterInputPath, step, &input);
        }
        let error = self.fail_text(id, fail.error.as_ref(), "Error")?;
        let cause = self.fail_text(id, fail.cause.as_ref(), "Cause")?;
        Err(Failure::said(ErrorData { error, cause }).into())
    }

    fn fail_text(
        &mut self,
        id: FrameId,
        setting: Option<&Setting>,
        field: &str,
    ) -> Result<Option<Rc<str>>, Fault> {
        let Some(setting) = setting else { return Ok(None) };
        let input = self.frames[id].input.clone();
        let value = match setting {
            Setting::Path { path, field, .. } => {
                let found = self.with_scope(
                    id,
                    Bindings::from_input(&input),
                    setting.uses_context(),
                    |scope, _| path.eval(scope),
                );
                found.map_err(|_| {
                    Fault::runtime(format!(
                        "The JSONPath '{}' specified for the field '{field}' could not be found in the input '{input}'",
                        path.text()
                    ))
                })?
            }
            _ => self.setting(id, setting, &input)?,
        };
        match (&value, setting) {
            (Value::String(text), _) => Ok(Some(Rc::clone(text))),
            (
                other,
                Setting::Jsonata {
                    expression, location, ..
                },
            ) => Err(expression.unexpected_type(location, "string", other)),
            (other, Setting::Path { path, field, .. }) => Err(Fault::runtime(format!(
                "The {field} parameter does not reference a string: {} == {other}",
                path.text()
            ))),
            (other, _) => Err(Fault::runtime(format!(
                "The {field} field is not a string: {other}"
            ))),
        }
    }
}
