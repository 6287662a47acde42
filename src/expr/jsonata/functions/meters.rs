//! Counters, which `instrument` adds to expressions.

use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

use super::environment::{Environment, Outcome, first};
use crate::expr::jsonata::limits::{CALL_STEPS, MAX_BYTES, memory};
use foldhash::HashSet;

/// Counts a call of a function with these arguments.
pub(super) fn call(args: &[JValue], environment: &Environment) -> Outcome {
    let mut steps = CALL_STEPS;
    for argument in args {
        environment.limits.check_size(argument)?;
        // Functions that accumulate copy what they have so far.
        steps += unfolded(argument, environment)? as u64 / 256;
    }
    environment.budget.spend(steps)?;
    Ok(JValue::Undefined)
}

/// The first argument; the second one, or else the first, is what it was read from.
pub(super) fn read(args: &[JValue], environment: &Environment) -> Outcome {
    let value = first(args);
    let (items, bytes) = match args.last() {
        Some(JValue::Array(items)) => (items.len() + 1, 0),
        Some(JValue::Object(members)) => (members.len(), 0),
        Some(JValue::String(text)) => (text.len() / 64, text.len()),
        _ => (0, 0),
    };
    environment.budget.spend(items as u64)?;
    environment.budget.allocate(bytes)?;
    Ok(value)
}

/// The first argument, which may be put into a value several times.
pub(super) fn share(args: &[JValue], environment: &Environment) -> Outcome {
    let value = first(args);
    environment
        .budget
        .spend(unfolded(&value, environment)? as u64 / 64)?;
    Ok(value)
}

/// The number of parts of a value, in which shared parts count each time. An object that was doubled forty times is small in
/// memory, but reading all of it never ends.
fn unfolded(value: &JValue, environment: &Environment) -> Result<usize, EvaluatorError> {
    let mut open = vec![value];
    let mut count = 0;
    while let Some(value) = open.pop() {
        count += 1;
        match value {
            JValue::Array(items) => open.extend(items.iter()),
            JValue::Object(members) => open.extend(members.values()),
            _ => {}
        }
        if count + open.len() > environment.limits.parts() {
            return Err(memory());
        }
    }
    Ok(count)
}

/// The first argument of `$match`, which is not limited otherwise: a string with too many matches.
pub(super) fn matched(args: &[JValue], environment: &Environment) -> Outcome {
    const BYTES_PER_MATCH: usize = 512;
    let value = first(args);
    match &value {
        JValue::String(text) if text.len() > MAX_BYTES / BYTES_PER_MATCH => Err(memory()),
        JValue::String(text) => {
            environment.budget.spend(text.len() as u64 / 64)?;
            Ok(value)
        }
        _ => Ok(value),
    }
}

/// The first argument of `$keys`, which compares each name with all others.
pub(super) fn keyed(args: &[JValue], environment: &Environment) -> Outcome {
    let value = first(args);
    if let JValue::Array(items) = &value {
        let objects = items.iter().filter_map(|item| match item {
            JValue::Object(members) => Some(members),
            _ => None,
        });
        let names = || objects.clone().flat_map(|members| members.keys());
        let different = names().collect::<HashSet<_>>().len();
        let compared = names().count().saturating_mul(different);
        environment.budget.spend(compared as u64 / 64)?;
    }
    Ok(value)
}

/// `[first..last]`, like the range operator.
pub(super) fn range(args: &[JValue], environment: &Environment) -> Outcome {
    let bound = |index: usize, code: &str, side: &str| match args.get(index) {
        None | Some(JValue::Undefined) => Ok(None),
        Some(JValue::Number(number)) if number.fract() == 0.0 => Ok(Some(*number)),
        Some(_) => Err(EvaluatorError::TypeError(format!(
            "{code}: The {side} side of the range operator (..) must evaluate to an integer"
        ))),
    };
    let first = bound(0, "T2003", "left")?;
    let last = bound(1, "T2004", "right")?;
    let (Some(first), Some(last)) = (first, last) else {
        return Ok(JValue::Undefined);
    };
    if first > last {
        return Ok(JValue::Undefined);
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "positive; larger saturates"
    )]
    let count = (last - first + 1.0) as usize;
    environment.limits.check_items(count)?;
    environment.budget.spend(count as u64)?;
    environment.budget.allocate(count * size_of::<JValue>())?;
    let mut items = Vec::with_capacity(count);
    let mut next = first;
    while items.len() < count {
        items.push(JValue::Number(next));
        next += 1.0;
    }
    Ok(JValue::sequence_flat(items, true))
}

/// The first argument, for which the second one is the number of bytes of what is built from it.
pub(super) fn allocate(args: &[JValue], environment: &Environment) -> Outcome {
    let bytes = args.last().and_then(JValue::as_f64).unwrap_or_default();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it was a count"
    )]
    let bytes = bytes as usize;
    environment.budget.allocate(bytes)?;
    Ok(first(args))
}
