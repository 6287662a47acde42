//! What a function is given, and what it gives.

use std::rc::Rc;

use crate::value::Value;

/// An argument, evaluated.
pub(super) struct Given {
    pub(super) value: Value,
    /// A literal's text with its escapes, which `States.Format` reads itself.
    pub(super) raw: Option<Rc<str>>,
    /// Whether it came straight out of `States.StringToJson`, which gives what prints as JSON text.
    pub(super) is_json: bool,
}

/// Why a function failed.
pub(super) enum Failure {
    /// The arguments are not what it takes: AWS has one sentence for all of that.
    Arguments,
    /// AWS's words for this case.
    Detail(String),
}

/// What a function gives.
pub(super) type Outcome = Result<Value, Failure>;

impl Given {
    pub(super) fn array(&self) -> Result<&[Value], Failure> {
        self.value.as_array().ok_or(Failure::Arguments)
    }

    pub(super) fn text(&self) -> Result<&str, Failure> {
        self.value.as_str().ok_or(Failure::Arguments)
    }

    /// A number cut to an integer of 32 bits, toward zero.
    pub(super) fn truncated(&self) -> Result<i64, Failure> {
        self.integer(f64::trunc)
    }

    /// A number rounded to an integer of 32 bits, halves up, as Java's `Math.round` does.
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

/// `integer`, if 32 bits hold it.
pub(super) fn in_range(integer: i64) -> Result<i64, Failure> {
    i32::try_from(integer)
        .map(i64::from)
        .map_err(|_| Failure::Arguments)
}
