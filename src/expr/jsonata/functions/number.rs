//! Functions that write and read numbers by pictures.

use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

use super::environment::{Environment, Outcome, error, first};
use super::number_picture::{NumberPicture, Symbols};
use crate::expr::jsonata::picture::IntegerPicture;

/// `$formatNumber(number, picture, symbols)`
pub(super) fn format_number(args: &[JValue], _: &Environment) -> Outcome {
    let [JValue::Number(number), picture, symbols] = args else {
        return Ok(JValue::Undefined);
    };
    let picture = required(picture, 2, "formatNumber")?;
    let symbols = Symbols::new(symbols);
    let written = NumberPicture::parse(picture, &symbols)?.format(finite(*number)?, &symbols)?;
    Ok(JValue::from(written))
}

/// `$formatInteger(number, picture)`
pub(super) fn format_integer(args: &[JValue], _: &Environment) -> Outcome {
    let [JValue::Number(number), picture] = args else {
        return Ok(JValue::Undefined);
    };
    let picture = IntegerPicture::parse(required(picture, 2, "formatInteger")?)?;
    Ok(JValue::from(picture.format(finite(*number)?.floor())?))
}

/// `$parseInteger(text, picture)`
pub(super) fn parse_integer(args: &[JValue], _: &Environment) -> Outcome {
    let [JValue::String(text), picture] = args else {
        return Ok(JValue::Undefined);
    };
    let picture = IntegerPicture::parse(required(picture, 2, "parseInteger")?)?;
    Ok(JValue::Number(picture.read(text)?))
}

/// A number without its fraction; any other value as it is.
#[expect(
    clippy::unnecessary_wraps,
    reason = "all functions of the table have one signature"
)]
pub(super) fn truncate(args: &[JValue], _: &Environment) -> Outcome {
    Ok(match args {
        [JValue::Number(number)] => JValue::Number(number.trunc()),
        _ => first(args),
    })
}

fn finite(number: f64) -> Result<f64, EvaluatorError> {
    if number.is_finite() {
        Ok(number)
    } else {
        Err(error("D3001: Infinity or NaN"))
    }
}

/// A picture; the reference implementation fails where it is undefined.
fn required<'a>(picture: &'a JValue, index: usize, function: &str) -> Result<&'a str, EvaluatorError> {
    picture.as_str().ok_or_else(|| {
        error(format!(
            "T0410: Argument {index} of function \"{function}\" does not match function signature"
        ))
    })
}
