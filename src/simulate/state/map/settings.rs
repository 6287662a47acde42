//! Numeric settings of a Map.

use crate::expr::EvalError;
use crate::simulate::inspect::Point;
use crate::simulate::number;
use crate::simulate::plan::{Map, Setting};
use crate::simulate::state_cx::StateCx;
use crate::value::Value;

/// `MaxConcurrency`; 0 for no limit.
pub(super) fn max_concurrency(
    cx: &mut StateCx<'_, '_>,
    map: &Map,
    effective: &Value,
) -> Result<usize, EvalError> {
    let Some(setting) = &map.max_concurrency else {
        return Ok(0);
    };
    let limit = integer(cx, setting, effective, "MaxConcurrency")?;
    cx.inspect(Point::MaxConcurrency, &Value::from(limit));
    usize::try_from(limit).map_err(|_| setting.refuse("MaxConcurrency cannot be negative."))
}

/// The value of an integer setting.
pub(super) fn integer(
    cx: &mut StateCx<'_, '_>,
    setting: &Setting,
    effective: &Value,
    name: &str,
) -> Result<i64, EvalError> {
    let value = cx.setting(setting, effective)?;
    match setting {
        Setting::Jsonata {
            expression, location, ..
        } => match &value {
            Value::Number(_) => number::as_integer(&value).ok_or_else(|| {
                EvalError::query(
                    location.as_ref(),
                    format!("The {name} field cannot be parsed as an integer: {value}"),
                )
            }),
            _ => Err(expression.unexpected_type(location, "number", &value)),
        },
        Setting::Path { path, field, .. } => {
            number::as_long(&value).ok_or_else(|| number::not_an_integer(field, path, &value))
        }
        _ => Ok(number::as_integer(&value).unwrap_or_default()),
    }
}

impl Setting {
    /// The error for a value that is out of range, as reported in the query language of the setting.
    pub(super) fn refuse(&self, sentence: &str) -> EvalError {
        match self {
            Self::Jsonata { location, .. } => EvalError::query(location.as_ref(), sentence),
            _ => EvalError::runtime(sentence),
        }
    }
}
