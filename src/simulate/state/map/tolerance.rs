//! The number of items that can fail before a Map Run fails.

use super::settings;
use crate::expr::EvalError;
use crate::simulate::inspect::Point;
use crate::simulate::number;
use crate::simulate::plan::{Distributed, Setting};
use crate::simulate::state_cx::StateCx;
use crate::simulate::waiting::Tolerance;
use crate::value::{Number, Value};

/// Evaluates `ToleratedFailureCount` and `ToleratedFailurePercentage`.
pub(super) fn evaluate(
    cx: &mut StateCx<'_, '_>,
    distributed: &Distributed,
    effective: &Value,
) -> Result<Tolerance, EvalError> {
    let mut tolerance = Tolerance {
        count: None,
        percentage: None,
    };
    if let Some(setting) = &distributed.tolerated_count {
        let count = settings::integer(cx, setting, effective, "ToleratedFailureCount")?;
        cx.inspect(Point::ToleratedFailureCount, &Value::from(count));
        if count < 0 {
            return Err(setting.refuse("ToleratedFailureCount cannot be negative."));
        }
        tolerance.count = Some(count);
    }
    if let Some(setting) = &distributed.tolerated_percentage {
        let percentage = percentage(cx, setting, effective)?;
        let noted = Number::from_f64(percentage).map_or(Value::Null, Value::Number);
        cx.inspect(Point::ToleratedFailurePercentage, &noted);
        if !(0.0..=100.0).contains(&percentage) {
            return Err(setting.refuse("ToleratedFailurePercentage must be between 0 and 100."));
        }
        tolerance.percentage = Some(percentage);
    }
    Ok(tolerance)
}

fn percentage(cx: &mut StateCx<'_, '_>, setting: &Setting, effective: &Value) -> Result<f64, EvalError> {
    let value = cx.setting(setting, effective)?;
    match setting {
        Setting::Jsonata {
            expression, location, ..
        } => value
            .as_number()
            .map(Number::as_f64)
            .ok_or_else(|| expression.unexpected_type(location, "number", &value)),
        Setting::Path { path, field, .. } => number::as_float(&value).ok_or_else(|| {
            EvalError::runtime(format!(
                "The {field} field refers to value \"{}\" which is not a valid float: {}",
                number::display(&value),
                path.text()
            ))
        }),
        _ => Ok(number::as_float(&value).unwrap_or_default()),
    }
}
