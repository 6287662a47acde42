//! Arguments and results of intrinsic functions.

use std::rc::Rc;

use crate::value::Value;

/// An evaluated argument.
pub(super) struct ArgumentValue {
    pub(super) value: Value,
    /// The literal with its escapes, which `States.Format` decodes itself.
    pub(super) raw: Option<Rc<str>>,
    /// Whether it is the result of `States.StringToJson`, which is formatted as JSON.
    pub(super) is_json: bool,
}

/// Why a function failed.
pub(super) enum Failure {
    /// The arguments are invalid, for which AWS has one message.
    Arguments,
    /// AWS's message for this case.
    Detail(String),
}

/// The result of a function.
pub(super) type Outcome = Result<Value, Failure>;

impl ArgumentValue {
    pub(super) fn array(&self) -> Result<&[Value], Failure> {
        self.value.as_array().ok_or(Failure::Arguments)
    }

    pub(super) fn text(&self) -> Result<&str, Failure> {
        self.value.as_str().ok_or(Failure::Arguments)
    }

    /// The number truncated to a 32-bit integer.
    pub(super) fn truncated(&self) -> Result<i64, Failure> {
        self.integer(f64::trunc)
    }

    /// The number rounded to a 32-bit integer, halves up, like Java's `Math.round`.
    pub(super) fn rounded(&self) -> Result<i64, Failure> {
        self.integer(|number| (number + 0.5).floor())
    }

    #[expect(clippy::cast_possible_truncation, reason = "checked to be within 32 bits")]
    fn integer(&self, cut: fn(f64) -> f64) -> Result<i64, Failure> {
        let number = self.value.as_number().ok_or(Failure::Arguments)?;
        if let Some(integer) = number.as_i64() {
            return in_range(integer);
        }
        let float = number.as_f64();
        let (least, most) = (f64::from(i32::MIN), f64::from(i32::MAX));
        if float.is_infinite() {
            return Ok(float.clamp(least, most) as i64);
        }
        let integer = cut(float);
        if (least..=most).contains(&integer) {
            Ok(integer as i64)
        } else {
            Err(Failure::Arguments)
        }
    }
}

/// `integer`, if it fits into 32 bits.
pub(super) fn in_range(integer: i64) -> Result<i64, Failure> {
    i32::try_from(integer)
        .map(i64::from)
        .map_err(|_| Failure::Arguments)
}
