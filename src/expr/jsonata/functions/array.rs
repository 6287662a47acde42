//! Functions of arrays.

use foldhash::HashMap;
use foldhash::fast::FixedState;
use jsonata_core::value::JValue;
use std::hash::BuildHasher;

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

/// `$distinct(array)`: the first of equal items. The crate compares each item with all others.
pub(super) fn distinct(args: &[JValue], environment: &Environment) -> Outcome {
    let array = first(args);
    let JValue::Array(items) = &array else {
        return Ok(array);
    };
    if items.len() <= 1 {
        return Ok(array);
    }
    environment.budget.allocate(items.len() * size_of::<JValue>())?;
    let mut known: HashMap<u64, Vec<&JValue>> = HashMap::default();
    let mut distinct = Vec::new();
    for item in items {
        let same = known.entry(hash(item)).or_default();
        if !same.contains(&item) {
            same.push(item);
            distinct.push(item.clone());
        }
    }
    // As in the reference implementation, the result is a sequence only if the array is one.
    Ok(if items.sequence {
        JValue::sequence(distinct)
    } else {
        JValue::array(distinct)
    })
}

/// A hash that is the same for equal values. The order of an object's members does not matter.
fn hash(value: &JValue) -> u64 {
    let state = FixedState::default();
    let tagged_hash = |kind: u8, hash: u64| state.hash_one((kind, hash));
    match value {
        JValue::Null => tagged_hash(0, 0),
        JValue::Bool(truth) => tagged_hash(1, u64::from(*truth)),
        // Zero and negative zero are equal.
        JValue::Number(number) => tagged_hash(2, (number + 0.0).to_bits()),
        JValue::String(text) => tagged_hash(3, state.hash_one(text.as_bytes())),
        JValue::Array(items) => items
            .iter()
            .fold(tagged_hash(4, 0), |all, item| tagged_hash(4, all ^ hash(item))),
        JValue::Object(members) => members.iter().fold(tagged_hash(5, 0), |all, (name, member)| {
            all.wrapping_add(state.hash_one((name.as_bytes(), hash(member))))
        }),
        _ => tagged_hash(6, 0),
    }
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
