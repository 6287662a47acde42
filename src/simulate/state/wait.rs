//! `Wait`: a delay.

use crate::expr::Fault;
use crate::history::Time;
use crate::simulate::engine::{Engine, Flow, Wake};
use crate::simulate::failure::Problem;
use crate::simulate::ids::FrameId;
use crate::simulate::plan::{self, Setting, Step};
use crate::simulate::waiting::Waiting;
use crate::simulate::{number, timestamp};
use crate::value::Value;
use std::rc::Rc;

/// AWS counts a delay in seconds with 32 bits.
const MAX_SECONDS: i64 = 2_147_483_647;

impl Engine<'_> {
    pub(in crate::simulate) fn wait(
        &mut self,
        id: FrameId,
        step: &Step,
        wait: &plan::Wait,
    ) -> Result<Flow, Problem> {
        let effective = self.effective_input(id, step)?;
        let now = self.clock.now();
        let until = match (&wait.seconds, &wait.timestamp) {
            (Some(setting), _) => now + self.seconds(id, setting, &effective)?.saturating_mul(1000),
            (None, Some(setting)) => self.timestamp(id, setting, &effective)?,
            (None, None) => now,
        };
        if until.since(now) > MAX_SECONDS * 1000 {
            return Err(Fault::runtime("Wait state delay is too long.").into());
        }
        self.frames[id].waiting = Waiting::Timer;
        self.clock.at(until, Wake::Frame(id));
        Ok(Flow::Wait)
    }

    /// Goes on after the delay.
    pub(in crate::simulate) fn wait_over(&mut self, id: FrameId) -> Result<Flow, Problem> {
        let plan = Rc::clone(&self.runs[self.frames[id].run.0].plan);
        let step = plan.state(self.frames[id].state);
        let outgoing = self.hand_on(id, step)?;
        self.leave(id, step, outgoing, step.exit)
    }

    fn seconds(&mut self, id: FrameId, setting: &Setting, input: &Value) -> Result<i64, Fault> {
        let value = match self.setting(id, setting, input) {
            Ok(value) => value,
            Err(missing) if missing.is_missing => {
                return Err(Fault::runtime(format!(
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
            return number::in_range(expression, location, &value, "Seconds", 0);
        }
        let Some(seconds) = number::as_long(&value) else {
            return Err(Fault::runtime(format!(
                "The SecondsPath parameter cannot be parsed as a long value: {} == {}",
                setting.text(),
                number::shown(&value)
            )));
        };
        if seconds < 0 {
            return Err(Fault::runtime(format!(
                "The SecondsPath parameter references a negative value: {} == {seconds}",
                setting.text()
            )));
        }
        Ok(seconds)
    }

    fn timestamp(&mut self, id: FrameId, setting: &Setting, input: &Value) -> Result<Time, Fault> {
        let value = match self.setting(id, setting, input) {
            Ok(value) => value,
            Err(missing) if missing.is_missing => {
                return Err(Fault::runtime(format!(
                    "The TimestampPath parameter does not reference an input value: {}",
                    setting.text()
                )));
            }
            Err(other) => return Err(other.fault),
        };
        // The resolution of a Wait is a second: what is below is cut off.
        if let Some(time) = value.as_str().and_then(timestamp::nanoseconds) {
            let seconds = i64::try_from(time.div_euclid(1_000_000_000)).unwrap_or(i64::MAX / 1000);
            return Ok(Time::from_millis(seconds.saturating_mul(1000)));
        }
        Err(match setting {
            Setting::Jsonata {
                expression, location, ..
            } if value.as_str().is_none() => expression.unexpected_type(location, "string", &value),
            Setting::Jsonata { location, .. } => Fault::query(
                location.as_ref(),
                format!(
                    "The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: {}",
                    number::shown(&value)
                ),
            ),
            _ => Fault::runtime(format!(
                "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: {} == {}",
                setting.text(),
                number::shown(&value)
            )),
        })
    }
}
