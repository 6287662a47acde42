//! `Pass`: transforms data.

use crate::simulate::bindings::{Bindings, StateOutput};
use crate::simulate::data_flow::apply_result_path;
use crate::simulate::inspect::Point;
use crate::simulate::state_cx::{Control, StateCx};
use crate::simulate::state_error::StepError;
use crate::spec::QueryLanguage;
use crate::value::Value;

pub(super) fn enter(cx: &mut StateCx<'_, '_>, result: Option<&Value>) -> Result<Control, StepError> {
    if cx.state.language == QueryLanguage::Jsonata {
        let output = cx.pass_through()?;
        return Ok(cx.leave(output));
    }
    let data = &cx.state.data;
    let effective = cx.effective_input()?;
    let arguments = cx.arguments(&effective)?;
    let result = result.cloned().unwrap_or(arguments);
    cx.inspect(Point::Result, &result);
    cx.inspect(Point::AfterResultSelector, &result);
    let placed = apply_result_path(&data.result_path, &cx.input(), result.clone())?;
    cx.inspect(Point::AfterResultPath, &placed);
    let output = cx.select(&data.output_path, &placed)?;
    let assigned = cx.assign(data.assign.as_deref(), Bindings::from_input(&result))?;
    Ok(cx.leave(StateOutput { output, assigned }))
}
