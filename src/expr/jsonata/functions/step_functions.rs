//! The six functions that Step Functions adds to JSONata.

use std::cell::RefCell;
use std::rc::Rc;

use jsonata_core::evaluator::{Evaluator, EvaluatorError};
use jsonata_core::value::JValue;

use super::environment::{Environment, Outcome, error};
use crate::expr::Randomness as _;
use crate::expr::intrinsic::digest;
use crate::expr::jsonata::convert::to_jsonata;
use crate::expr::random::{JavaRandom, Seeded, uuid};
use crate::value::Value;

/// Registers the function `name`; false if it is none of these.
pub(super) fn register(evaluator: &mut Evaluator, name: &str, environment: &Rc<Environment>) -> bool {
    let seed = environment.seed;
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
        "range" => {
            let environment = Rc::clone(environment);
            evaluator.register_fn(name, move |args: &[JValue]| range(args, &environment))
        }
        "uuid" => {
            let generator = RefCell::new(Seeded::new(seed.wrapping_add(1)));
            evaluator.register_fn(name, move |args: &[JValue]| {
                check_max_args(args, 0, "uuid")?;
                Ok(JValue::from(uuid(&mut *generator.borrow_mut())))
            })
        }
        _ => return false,
    };
    true
}

/// JSONata's own message for an invalid argument.
fn mismatch(index: usize, function: &str) -> EvaluatorError {
    error(format!(
        "T0410: Argument {index} of function \"{function}\" does not match function signature"
    ))
}

fn check_max_args(args: &[JValue], most: usize, function: &str) -> Result<(), EvaluatorError> {
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

/// A string; `None` if the argument is undefined or omitted.
fn text<'a>(args: &'a [JValue], index: usize, function: &str) -> Result<Option<&'a str>, EvaluatorError> {
    match args.get(index) {
        None | Some(JValue::Undefined) => Ok(None),
        Some(JValue::String(text)) => Ok(Some(text)),
        _ => Err(mismatch(index + 1, function)),
    }
}

fn hash(args: &[JValue]) -> Outcome {
    let data = text(args, 0, "hash")?;
    let algorithm = text(args, 1, "hash")?;
    check_max_args(args, 2, "hash")?;
    let algorithm = match (data, algorithm, args.len()) {
        (_, _, 0) => return Err(mismatch(1, "hash")),
        (None, ..) | (_, None, 1) => return Ok(JValue::Undefined),
        // An undefined algorithm is Java's null.
        (_, algorithm, _) => algorithm.unwrap_or("null"),
    };
    let digest = digest(data.unwrap_or_default().as_bytes(), algorithm).ok_or_else(|| {
        error(format!(
            "D3137: Hash algorithm '{algorithm}' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"
        ))
    });
    digest.map(JValue::from)
}

fn parse(args: &[JValue]) -> Outcome {
    let text = text(args, 0, "parse")?;
    check_max_args(args, 1, "parse")?;
    let Some(text) = text else {
        return Ok(JValue::Undefined);
    };
    let value = parse_json(text).ok_or_else(|| error("D3137: Invalid JSON"));
    value.map(|value| to_jsonata(&value))
}

/// JSON with strings in single or double quotes. Repeated keys and numbers beyond an `f64` are invalid.
fn parse_json(text: &str) -> Option<Value> {
    let mut requoted = String::with_capacity(text.len());
    let mut quote = None;
    let mut members = 0;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (None, ':') => members += 1,
            (Some('\''), '"') => requoted.push('\\'),
            (Some(open), c) if c == open => quote = None,
            (Some(_), '\\') => {
                let escaped = chars.next()?;
                requoted.extend((escaped != '\'').then_some('\\'));
                requoted.push(escaped);
                continue;
            }
            _ => {}
        }
        let is_quote = c == '\'' && (quote.is_none() || quote == Some('\''));
        requoted.push(if is_quote { '"' } else { c });
    }
    let value = Value::parse(&requoted).ok()?;
    (count_members(&value)? == members).then_some(value)
}

/// How many members all objects of a value have; `None` if a number in it is beyond an `f64`.
fn count_members(value: &Value) -> Option<usize> {
    match value {
        Value::Number(number) => number.as_f64().is_finite().then_some(0),
        Value::Array(items) => items.iter().map(count_members).sum(),
        Value::Object(members) => {
            let inner: Option<usize> = members.values().map(count_members).sum();
            Some(members.len() + inner?)
        }
        _ => Some(0),
    }
}

/// Chunks of the given size; a single chunk without a size, and none for size 0 or no items.
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
    check_max_args(args, 2, "partition")?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at least 1; larger saturates"
    )]
    let size = match size {
        Some(size) if size < 0.0 => return Err(error("Second argument must be zero or greater")),
        Some(_) if items.is_empty() => return Ok(JValue::Undefined),
        Some(size) if size < 1.0 => return Ok(JValue::Undefined),
        Some(size) => size as usize,
        None => return Ok(JValue::array(vec![args[0].clone()])),
    };
    Ok(JValue::array(
        items
            .chunks(size)
            .map(|chunk| JValue::array(chunk.to_vec()))
            .collect(),
    ))
}

/// A sequence: a single item becomes that item, and no items become undefined.
fn range(args: &[JValue], environment: &Environment) -> Outcome {
    let first = integer(args, 0, "range")?;
    let last = integer(args, 1, "range")?;
    let step = integer(args, 2, "range")?;
    check_max_args(args, 3, "range")?;
    let (Some(first), Some(last), Some(step)) = (first, last, step) else {
        return Ok(JValue::Undefined);
    };
    if step == 0.0 {
        return Ok(JValue::Undefined);
    }
    let mut items = Vec::new();
    let mut next = first;
    while if step > 0.0 { next <= last } else { next >= last } {
        environment.limits.check_items(items.len() + 1)?;
        items.push(JValue::Number(next));
        next += step;
    }
    environment.budget.spend(items.len() as u64)?;
    environment.budget.allocate(items.len() * size_of::<JValue>())?;
    Ok(JValue::sequence(items))
}

/// A number in `0.0..1.0`; the same seed yields the same number.
fn random(args: &[JValue], generator: &RefCell<Seeded>) -> Outcome {
    let seed = integer(args, 0, "random")?;
    check_max_args(args, 1, "random")?;
    #[expect(clippy::cast_possible_truncation, reason = "any seed will do")]
    let seed = match seed {
        Some(seed) => seed as i64,
        None => generator.borrow_mut().next_u64().cast_signed(),
    };
    Ok(JValue::Number(JavaRandom::new(seed).unit()))
}
