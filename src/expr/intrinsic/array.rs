//! `States.Array…`

use super::argument::{ArgumentValue, Failure, Outcome};
use super::function::{Function, Kind, Returns};
use super::java_set;
use super::name;
use crate::expr::Randomness;
use crate::spec::quota;
use crate::value::Value;

/// The functions of this family, by name.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(name::ARRAY, &[Kind::Any], 0, None, make).returning(Returns::Arguments),
    Function::new(
        name::ARRAY_CONTAINS,
        &[Kind::Array, Kind::Any],
        2,
        Some(2),
        contains,
    )
    .returning(Returns::Boolean),
    Function::new(
        name::ARRAY_GET_ITEM,
        &[Kind::Array, Kind::Integer],
        2,
        Some(2),
        get_item,
    )
    .returning(Returns::Item),
    Function::new(name::ARRAY_LENGTH, &[Kind::Array], 1, Some(1), length).returning(Returns::Number),
    Function::new(
        name::ARRAY_PARTITION,
        &[Kind::Array, Kind::Integer],
        2,
        Some(2),
        partition,
    )
    .returning(Returns::Batches),
    Function::new("States.ArrayRange", &[Kind::Integer; 3], 3, Some(3), range).returning(Returns::Numbers),
    Function::new(name::ARRAY_UNIQUE, &[Kind::Array], 1, Some(1), unique).returning(Returns::Items),
];

#[expect(clippy::unnecessary_wraps, reason = "all functions have one signature")]
fn make(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    Ok(Value::array(
        arguments.iter().map(|given| given.value.clone()).collect(),
    ))
}

/// Compares values by their text, so that `["1"]` contains `1`, and the order of an object's keys matters.
fn contains(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
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

fn get_item(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    let items = arguments[0].array()?;
    let index = usize::try_from(arguments[1].truncated()?).map_err(|_| Failure::Arguments)?;
    if items.is_empty() {
        return Ok(Value::Null);
    }
    items.get(index).cloned().ok_or(Failure::Arguments)
}

fn length(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    Ok(i64::try_from(arguments[0].array()?.len())
        .unwrap_or(i64::MAX)
        .into())
}

fn partition(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
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

fn range(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    let (first, last) = (arguments[0].truncated()?, arguments[1].truncated()?);
    let step = arguments[2].truncated()?;
    if step == 0 {
        return Err(Failure::Arguments);
    }
    let mut items = Vec::new();
    let mut next = first;
    while if step > 0 { next <= last } else { next >= last } {
        if items.len() == quota::ARRAY_RANGE_ITEMS {
            return Err(Failure::Arguments);
        }
        items.push(Value::from(next));
        next += step;
    }
    Ok(Value::array(items))
}

fn unique(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    Ok(Value::array(java_set::in_set_order(arguments[0].array()?)))
}
