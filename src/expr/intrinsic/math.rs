//! `States.MathAdd`, `States.MathRandom`, `States.UUID`

use super::argument::{ArgumentValue, Failure, Outcome, in_range};
use super::function::{Function, Kind, Returns};
use super::name;
use crate::expr::Randomness;
use crate::expr::random::{JavaRandom, uuid};

/// The functions of this family, by name.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(name::MATH_ADD, &[Kind::Integer; 2], 2, Some(2), add).returning(Returns::Number),
    Function::new("States.MathRandom", &[Kind::Integer; 3], 2, Some(3), random).returning(Returns::Number),
    Function::new("States.UUID", &[], 0, Some(0), unique_id).returning(Returns::Text),
];

/// Rounds each operand before the addition.
fn add(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    Ok(in_range(arguments[0].rounded()? + arguments[1].rounded()?)?.into())
}

/// An integer from the first argument (inclusive) to the second (exclusive). The same seed yields the same number.
fn random(arguments: &[ArgumentValue], randomness: &mut dyn Randomness) -> Outcome {
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

#[expect(clippy::unnecessary_wraps, reason = "all functions have one signature")]
fn unique_id(_: &[ArgumentValue], randomness: &mut dyn Randomness) -> Outcome {
    Ok(uuid(randomness).into())
}
