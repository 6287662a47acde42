//! `Wait`: a delay.

use crate::asl::semantics::timestamp;
use crate::expr::EvalError;
use crate::history::Time;
use crate::simulate::number;
use crate::simulate::plan::{self, Setting};
use crate::simulate::state_cx::{Control, StateCx};
use crate::simulate::state_error::StepError;
use crate::simulate::waiting::Waiting;
use crate::spec::quota;
use crate::value::Value;

pub(super) fn enter(cx: &mut StateCx<'_, '_>, wait: &plan::Wait) -> Result<Control, StepError> {
    let effective = cx.effective_input()?;
    let now = cx.now();
    let until = match (&wait.seconds, &wait.timestamp) {
        (Some(setting), _) => now + seconds(cx, setting, &effective)?.saturating_mul(1000),
        (None, Some(setting)) => timestamp(cx, setting, &effective)?,
        (None, None) => now,
    };
    if until.since(now) > quota::WAIT_SECONDS * 1000 {
        return Err(EvalError::runtime("Wait state delay is too long.").into());
    }
    Ok(cx.sleep_until(Waiting::Timer, until))
}

/// Continues after the delay.
pub(super) fn resume(cx: &mut StateCx<'_, '_>) -> Result<Control, StepError> {
    let output = cx.pass_through()?;
    Ok(cx.leave(output))
}

fn seconds(cx: &mut StateCx<'_, '_>, setting: &Setting, input: &Value) -> Result<i64, EvalError> {
    let value = match cx.setting(setting, input) {
        Ok(value) => value,
        Err(missing) if missing.is_missing => {
            return Err(EvalError::runtime(format!(
                "The SecondsPath parameter does not reference an input value: {}",
                setting.text()
            )));
        }
        Err(other) => return Err(other.fault),
    };
    if let Setting::Jsonata {
        expression, location, ..
    } = setting
    {
        return number::in_range(expression, location, &value, "Seconds", 0..=i64::MAX);
    }
    let Some(seconds) = number::as_long(&value) else {
        return Err(EvalError::runtime(format!(
            "The SecondsPath parameter cannot be parsed as a long value: {} == {}",
            setting.text(),
            number::display(&value)
        )));
    };
    if seconds < 0 {
        return Err(EvalError::runtime(format!(
            "The SecondsPath parameter references a negative value: {} == {seconds}",
            setting.text()
        )));
    }
    Ok(seconds)
}

fn timestamp(cx: &mut StateCx<'_, '_>, setting: &Setting, input: &Value) -> Result<Time, EvalError> {
    let value = match cx.setting(setting, input) {
        Ok(value) => value,
        Err(missing) if missing.is_missing => {
            return Err(EvalError::runtime(format!(
                "The TimestampPath parameter does not reference an input value: {}",
                setting.text()
            )));
        }
        Err(other) => return Err(other.fault),
    };
    // The resolution of a Wait is a second; fractions are truncated.
    let read = match setting {
        Setting::Jsonata { .. } => timestamp::lenient_nanoseconds,
        _ => timestamp::nanoseconds,
    };
    if let Some(time) = value.as_str().and_then(read) {
        let seconds = i64::try_from(time.div_euclid(1_000_000_000)).unwrap_or(i64::MAX / 1000);
        return Ok(Time::from_millis(seconds.saturating_mul(1000)));
    }
    Err(match setting {
        Setting::Jsonata {
            expression, location, ..
        } if value.as_str().is_none() => expression.unexpected_type(location, "string", &value),
        Setting::Jsonata { location, .. } => EvalError::query(
            location.as_ref(),
            format!(
                "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {}",
                number::display(&value)
            ),
        ),
        _ => EvalError::runtime(format!(
            "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {} == {}",
            setting.text(),
            number::display(&value)
        )),
    })
}
