//! `States.Array…`

use super::eval::{Failure, Given, Outcome};
use super::java_set;
use crate::value::Value;

/// Most items `States.ArrayRange` makes.
const MAX_RANGE: usize = 1000;

pub(super) fn make(arguments: &[Given]) -> Value {
    Value::array(arguments.iter().map(|given| given.value.clone()).collect())
}

/// Values are compared by their text, so that `1` is found in `["1"]` and the order of an object's keys
/// matters.
pub(super) fn contains(arguments: &[Given]) -> Outcome {
    let text = |value: &Value| match value {
        Value::String(text) => text.as_ref().to_owned(),
        other => other.to_json(),
    };
    let wanted = text(&arguments[1].value);
    Ok(arguments[0]
        .array()?
        .iter()
        .any(|item| text(item) == wanted)
        .into())
}

pub(super) fn get_item(arguments: &[Given]) -> Outcome {
    let items = arguments[0].array()?;
    let index = usize::try_from(arguments[1].truncated()?).map_err(|_| Failure::Arguments)?;
    if items.is_empty() {
        return Ok(Value::Null);
    }
    items.get(index).cloned().ok_or(Failure::Arguments)
}

pub(super) fn length(arguments: &[Given]) -> Outcome {
    Ok(i64::try_from(arguments[0].array()?.len())
        .unwrap_or(i64::MAX)
        .into())
}

pub(super) fn partition(arguments: &[Given]) -> Outcome {
    let items = arguments[0].array()?;
    let size = usize::try_from(arguments[1].truncated()?).map_err(|_| Failure::Arguments)?;
    if size == 0 {
        return Err(Failure::Arguments);
    }
    Ok(Value::array(
        items
            .chunks(size)
            .map(|chunk| Value::array(chunk.to_vec()))
            .collect(),
    ))
}

pub(super) fn range(arguments: &[Given]) -> Outcome {
    let (first, last) = (arguments[0].truncated()?, arguments[1].truncated()?);
    let step = arguments[2].truncated()?;
    if step == 0 {
        return Err(Failure::Arguments);
    }
    let mut items = Vec::new();
    let mut next = first;
    while if step > 0 { next <= last } else { next >= last } {
        if items.len() == MAX_RANGE {
            return Err(Failure::Arguments);
        }
        items.push(Value::from(next));
        next += step;
    }
    Ok(Value::array(items))
}

pub(super) fn unique(arguments: &[Given]) -> Outcome {
    Ok(Value::array(java_set::in_set_order(arguments[0].array()?)))
}
