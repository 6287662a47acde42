//! How many of a Map Run's items may fail before it does.

use crate::expr::Fault;
use crate::simulate::engine::Engine;
use crate::simulate::frame::FrameId;
use crate::simulate::inspect::Point;
use crate::simulate::number;
use crate::simulate::plan::{Distributed, Setting, Step};
use crate::value::{Number, Value};

/// How many failures are tolerated.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulate::state::map) struct Tolerance {
    count: Option<i64>,
    percentage: Option<f64>,
}

impl Tolerance {
    /// Whether so many failed items of all are too many.
    #[expect(clippy::cast_precision_loss, reason = "a share of items, in per cent")]
    pub(in crate::simulate::state::map) fn is_exceeded(self, failed: usize, total: usize) -> bool {
        if failed == 0 {
            return false;
        }
        let by_count = |count: i64| i64::try_from(failed).unwrap_or(i64::MAX) > count;
        let by_share = |share: f64| failed as f64 * 100.0 / total.max(1) as f64 > share;
        match (self.count, self.percentage) {
            (None, None) => true,
            (count, percentage) => count.is_some_and(by_count) || percentage.is_some_and(by_share),
        }
    }
}

impl Engine<'_> {
    /// `ToleratedFailureCount` and `ToleratedFailurePercentage` as they come out.
    pub(in crate::simulate::state::map) fn tolerance(
        &mut self,
        id: FrameId,
        step: &Step,
        distributed: &Distributed,
        effective: &Value,
    ) -> Result<Tolerance, Fault> {
        let mut tolerance = Tolerance {
            count: None,
            percentage: None,
        };
        if let Some(setting) = &distributed.tolerated_count {
            let count = self.map_integer(id, setting, effective, "ToleratedFailureCount")?;
            self.note(Point::ToleratedFailureCount, step, &Value::from(count));
            if count < 0 {
                return Err(setting.refuse("ToleratedFailureCount cannot be negative."));
            }
            tolerance.count = Some(count);
        }
        if let Some(setting) = &distributed.tolerated_percentage {
            let percentage = self.percentage(id, setting, effective)?;
            let noted = Number::from_f64(percentage).map_or(Value::Null, Value::Number);
            self.note(Point::ToleratedFailurePercentage, step, &noted);
            if !(0.0..=100.0).contains(&percentage) {
                return Err(setting.refuse("ToleratedFailurePercentage must be between 0 and 100."));
            }
            tolerance.percentage = Some(percentage);
        }
        Ok(tolerance)
    }

    fn percentage(&mut self, id: FrameId, setting: &Setting, effective: &Value) -> Result<f64, Fault> {
        let value = self.setting(id, setting, effective)?;
        match setting {
            Setting::Jsonata {
                expression, location, ..
            } => value
                .as_number()
                .map(Number::as_f64)
                .ok_or_else(|| expression.unexpected_type(location, "number", &value)),
            Setting::Path { path, field, .. } => number::as_float(&value).ok_or_else(|| {
                Fault::runtime(format!(
                    "The {field} field refers to value \"{}\" which is not a valid float: {}",
                    number::shown(&value),
                    path.text()
                ))
            }),
            _ => Ok(number::as_float(&value).unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerance_is_what_may_fail_not_what_must() {
        let exceeded =
            |count, percentage, failed, total| Tolerance { count, percentage }.is_exceeded(failed, total);
        assert!(exceeded(None, None, 1, 100) && !exceeded(None, None, 0, 100));
        assert!(!exceeded(Some(2), None, 2, 3) && exceeded(Some(2), None, 3, 3));
        assert!(!exceeded(None, Some(50.0), 1, 2) && exceeded(None, Some(49.9), 1, 2));
        assert!(!exceeded(None, Some(100.0), 7, 7));
        assert!(exceeded(Some(5), Some(10.0), 2, 10));
    }
}
