//! Functions of arrays.

use jsonata_core::value::JValue;

use super::environment::{Environment, Outcome, error, first};

/// `$sort(array)`: numbers, or strings in the order of their UTF-16 units.
pub(super) fn sort(args: &[JValue], environment: &Environment) -> Outcome {
    let array = first(args);
    let JValue::Array(items) = &array else {
        return Ok(JValue::Undefined);
    };
    if items.len() <= 1 {
        return Ok(array);
    }
    environment.budget.allocate(items.len() * size_of::<JValue>())?;
    let mut sorted: Vec<JValue> = items.to_vec();
    if sorted.iter().all(|item| matches!(item, JValue::Number(_))) {
        sorted.sort_by(|a, b| {
            let order = a.as_f64().partial_cmp(&b.as_f64());
            order.unwrap_or(std::cmp::Ordering::Equal)
        });
    } else if sorted.iter().all(|item| matches!(item, JValue::String(_))) {
        let units = |item: &JValue| {
            item.as_str()
                .unwrap_or_default()
                .encode_utf16()
                .collect::<Vec<_>>()
        };
        sorted.sort_by_cached_key(units);
    } else {
        return Err(error("D3070: mixed types"));
    }
    Ok(JValue::array(sorted))
}

/// Step Functions merges the objects in arrays among the items, too.
#[expect(
    clippy::unnecessary_wraps,
    reason = "all functions of the table have one signature"
)]
pub(super) fn splice(args: &[JValue], _: &Environment) -> Outcome {
    let value = first(args);
    let JValue::Array(items) = &value else {
        return Ok(value);
    };
    if !items.iter().any(|item| matches!(item, JValue::Array(_))) {
        return Ok(value);
    }
    let mut spliced = Vec::new();
    for item in items {
        match item {
            JValue::Array(inner) => spliced.extend(inner.iter().cloned()),
            other => spliced.push(other.clone()),
        }
    }
    Ok(JValue::array(spliced))
}
