//! Numbers in fields, with AWS's messages for other values.

use crate::expr::jsonpath::Path;
use crate::expr::{EvalError, jsonata};
use crate::spec::quota;
use crate::value::Value;
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// An integer, or a string that contains one; neither `1.5` nor `1.0`.
pub(super) fn as_long(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}

/// A number, or a string that contains one.
pub(super) fn as_float(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(number.as_f64()),
        Value::String(text) => text.parse().ok().filter(|n: &f64| n.is_finite()),
        _ => None,
    }
}

/// A value as AWS prints it in a message: strings without quotes.
pub(super) fn display(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        other => Cow::Owned(other.to_json()),
    }
}

/// AWS's error for a `…Path` field whose value is not an integer.
pub(super) fn not_an_integer(field: &str, path: &Path, value: &Value) -> EvalError {
    EvalError::runtime(format!(
        "The {field} field refers to value \"{}\" which is not a valid integer: {}",
        display(value),
        path.text()
    ))
}

/// The integer value of a JSONata field, within a range.
pub(super) fn in_range(
    expression: &jsonata::Expression,
    location: &str,
    value: &Value,
    field: &str,
    range: RangeInclusive<i64>,
) -> Result<i64, EvalError> {
    let Value::Number(number) = value else {
        return Err(expression.unexpected_type(location, "number", value));
    };
    if !number.is_integer() {
        return Err(EvalError::query(
            location,
            format!("The {field} field cannot be parsed as an integer: {value}"),
        ));
    }
    as_integer(value)
        .filter(|n| range.contains(n))
        .ok_or_else(|| EvalError::query(location, out_of_range(field, value)))
}

/// AWS's message for a number of seconds that is out of range.
pub(super) fn out_of_range(field: &str, value: &Value) -> String {
    let max = quota::SECONDS_MAX;
    format!("{field} must be between 0 and {max} but was: {}", display(value))
}

/// The integer value of a number; `3.0` counts as an integer.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a cast of a float stops at the ends of the range"
)]
pub(super) fn as_integer(value: &Value) -> Option<i64> {
    let number = value.as_number()?;
    number
        .as_i64()
        .or_else(|| number.is_integer().then(|| number.as_f64() as i64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_numbers_in_strings_but_no_fractions() {
        let long = |text: &str| as_long(&Value::parse(text).unwrap());
        assert_eq!(
            (long("3"), long("\"3\""), long("-1")),
            (Some(3), Some(3), Some(-1))
        );
        assert_eq!((long("1.5"), long("\"x\""), long("{}")), (None, None, None));
        let float = |text: &str| as_float(&Value::parse(text).unwrap());
        assert_eq!(
            (float("\"0.5\""), float("2"), float("true")),
            (Some(0.5), Some(2.0), None)
        );
        assert_eq!(as_integer(&Value::parse("3.0").unwrap()), Some(3));
    }
}
