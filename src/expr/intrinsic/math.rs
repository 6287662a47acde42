//! `States.MathAdd`, `States.MathRandom`, `States.UUID`

use super::eval::{Failure, Given, Outcome, in_range};
use crate::expr::Randomness;
use crate::expr::random::{JavaRandom, uuid};
use crate::value::Value;

/// Each operand is rounded before they are added.
pub(super) fn add(arguments: &[Given]) -> Outcome {
    Ok(in_range(arguments[0].rounded()? + arguments[1].rounded()?)?.into())
}

/// An integer from the first argument up to, and without, the second. A seed gives the same number every time.
pub(super) fn random(arguments: &[Given], randomness: &mut dyn Randomness) -> Outcome {
    let (start, end) = (arguments[0].truncated()?, arguments[1].truncated()?);
    if start >= end {
        return Err(Failure::Arguments);
    }
    let seed = match arguments.get(2) {
        Some(seed) => seed.truncated()?,
        None => randomness.next_u64().cast_signed(),
    };
    Ok(JavaRandom::new(seed).between(start, end).into())
}

pub(super) fn unique_id(randomness: &mut dyn Randomness) -> Value {
    uuid(randomness).into()
}
