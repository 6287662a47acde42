//! The six functions that Step Functions adds to JSONata.

use std::cell::RefCell;

use jsonata_core::evaluator::{Evaluator, EvaluatorError};
use jsonata_core::value::JValue;

use super::convert::to_jsonata;
use super::limits::Limits;
use crate::expr::Randomness as _;
use crate::expr::intrinsic::digest;
use crate::expr::random::{JavaRandom, Seeded, uuid};
use crate::value::Value;

/// The names of AWS's functions, of those that Step Functions overrides, and of `$eval`, which it removes.
pub(super) const NAMES: [&str; 7] = ["eval", "hash", "parse", "partition", "random", "range", "uuid"];

type Outcome = Result<JValue, EvaluatorError>;

/// Registers the function `name`, one of [`NAMES`], in `evaluator`. `seed` is the seed of its random values.
pub(super) fn register(evaluator: &mut Evaluator, name: &str, seed: u64, limits: Limits) {
    // Registration fails only for names on the crate's compiled fast path, and none of these is.
    let _ = match name {
        "eval" => evaluator.register_fn_override(name, |_: &[JValue]| -> Outcome {
            Err(error("T1006: Attempted to invoke a non-function"))
        }),
        "hash" => evaluator.register_fn(name, hash),
        "parse" => evaluator.register_fn(name, parse),
        "partition" => evaluator.register_fn(name, partition),
        "random" => {
            let generator = RefCell::new(Seeded::new(seed));
            evaluator.register_fn_override(name, move |args: &[JValue]| random(args, &generator))
        }
        "range" => evaluator.register_fn(name, move |args: &[JValue]| range(args, limits)),
        _ => {
            let generator = RefCell::new(Seeded::new(seed.wrapping_add(1)));
            evaluator.register_fn("uuid", move |args: &[JValue]| {
                no_more(args, 0, "uuid")?;
                Ok(JValue::from(uuid(&mut *generator.borrow_mut())))
            })
        }
    };
}

fn error(message: impl Into<String>) -> EvaluatorError {
    EvaluatorError::EvaluationError(message.into())
}

/// JSONata's own message for an invalid argument.
fn mismatch(index: usize, function: &str) -> EvaluatorError {
    error(format!(
        "T0410: Argument {index} of function \"{function}\" does not match function signature"
    ))
}

fn no_more(args: &[JValue], most: usize, function: &str) -> Result<(), EvaluatorError> {
    if args.len() > most {
        Err(mismatch(most + 1, function))
    } else {
        Ok(())
    }
}

/// A number, truncated to an integer; `None` if the argument is undefined or omitted.
fn integer(args: &[JValue], index: usize, function: &str) -> Result<Option<f64>, EvaluatorError> {
    match args.get(index) {
        None | Some(JValue::Undefined) => Ok(None),
        Some(JValue::Number(number)) => Ok(Some(number.trunc())),
        Some(_) => Err(mismatch(index + 1, function)),
    }
}

/// A string; `None` if the argument is undefined. An omitted argument is invalid.
fn text<'a>(args: &'a [JValue], index: usize, function: &str) -> Result<Option<&'a str>, EvaluatorError> {
    match args.get(index) {
        Some(JValue::Undefined) => Ok(None),
        Some(JValue::String(text)) => Ok(Some(text)),
        _ => Err(mismatch(index + 1, function)),
    }
}

fn hash(args: &[JValue]) -> Outcome {
    let data = text(args, 0, "hash")?;
    let algorithm = text(args, 1, "hash")?;
    no_more(args, 2, "hash")?;
    let (Some(data), Some(algorithm)) = (data, algorithm) else {
        return Ok(JValue::Undefined);
    };
    let digest = digest(data.as_bytes(), algorithm).ok_or_else(|| {
        error(format!(
            "D3137: Hash algorithm '{algorithm}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"
        ))
    });
    digest.map(JValue::from)
}

fn parse(args: &[JValue]) -> Outcome {
    let text = text(args, 0, "parse")?;
    no_more(args, 1, "parse")?;
    let Some(text) = text else {
        return Ok(JValue::Undefined);
    };
    let value = Value::parse(text).map_err(|_| error("D3137: Invalid JSON"));
    value.map(|value| to_jsonata(&value))
}

/// Chunks of the given size; a single chunk without a size, none for a size below 1.
fn partition(args: &[JValue]) -> Outcome {
    let items = match args.first() {
        Some(JValue::Array(items)) => items,
        Some(JValue::Undefined) => return Ok(JValue::Undefined),
        Some(_) => {
            return Err(error(
                "T0412: Argument 1 of function \"partition\" must be an array of undefined",
            ));
        }
        None => return Err(mismatch(1, "partition")),
    };
    let size = integer(args, 1, "partition")?;
    no_more(args, 2, "partition")?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 1; larger saturates"
    )]
    let size = match size {
        Some(size) if size < 1.0 => return Ok(JValue::Undefined),
        Some(size) => size as usize,
        None => items.len().max(1),
    };
    Ok(JValue::array(
        items
            .chunks(size)
            .map(|chunk| JValue::array(chunk.to_vec()))
            .collect(),
    ))
}

/// A sequence: a single item becomes that item, and no items become undefined.
fn range(args: &[JValue], limits: Limits) -> Outcome {
    let first = integer(args, 0, "range")?;
    let last = integer(args, 1, "range")?;
    let step = integer(args, 2, "range")?;
    no_more(args, 3, "range")?;
    let (Some(first), Some(last), Some(step)) = (first, last, step) else {
        return Ok(JValue::Undefined);
    };
    if step == 0.0 {
        return Ok(JValue::Undefined);
    }
    let mut items = Vec::new();
    let mut next = first;
    while if step > 0.0 { next <= last } else { next >= last } {
        limits.check_items(items.len() + 1)?;
        items.push(JValue::Number(next));
        next += step;
    }
    Ok(JValue::sequence(items))
}

/// A number in `0.0..1.0`; the same seed yields the same number.
fn random(args: &[JValue], generator: &RefCell<Seeded>) -> Outcome {
    let seed = integer(args, 0, "random")?;
    no_more(args, 1, "random")?;
    #[expect(clippy::cast_possible_truncation, reason = "any seed will do")]
    let seed = match seed {
        Some(seed) => seed as i64,
        None => generator.borrow_mut().next_u64().cast_signed(),
    };
    Ok(JValue::Number(JavaRandom::new(seed).unit()))
}
