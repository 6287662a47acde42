//! How many of a Map Run's items may fail before it does.

use crate::expr::Fault;
use crate::simulate::engine::Engine;
use crate::simulate::ids::FrameId;
use crate::simulate::inspect::Point;
use crate::simulate::number;
use crate::simulate::plan::{Distributed, Setting, Step};
use crate::simulate::waiting::Tolerance;
use crate::value::{Number, Value};

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
