//! Functions of dates and times.

use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

use super::environment::{Environment, Outcome, error};
use crate::expr::jsonata::calendar::Date;
use crate::expr::jsonata::picture::{DatePicture, MAX_TIME, Offset};

/// The picture of a time in ISO 8601.
const ISO_8601: &str = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";

/// `$millis()`
#[expect(
    clippy::unnecessary_wraps,
    reason = "all functions of the table have one signature"
)]
pub(super) fn millis(_: &[JValue], environment: &Environment) -> Outcome {
    Ok(number(environment.now))
}

/// `$now(picture, zone)`
pub(super) fn now(args: &[JValue], environment: &Environment) -> Outcome {
    let time = millis(args, environment)?;
    write(&time, args.first(), args.get(1))
}

/// `$fromMillis(time, picture, zone)`
pub(super) fn from_millis(args: &[JValue], _: &Environment) -> Outcome {
    match args {
        [time, picture, zone] => write(time, Some(picture), Some(zone)),
        _ => Ok(JValue::Undefined),
    }
}

#[expect(clippy::cast_precision_loss, reason = "times are far below 2^53 milliseconds")]
const fn number(millis: i64) -> JValue {
    JValue::Number(millis as f64)
}

fn write(time: &JValue, picture: Option<&JValue>, zone: Option<&JValue>) -> Outcome {
    let Some(millis) = time.as_f64() else {
        return Ok(JValue::Undefined);
    };
    let millis = millis.trunc();
    if millis.is_nan() || millis.abs() > MAX_TIME {
        return Err(error("Invalid time value"));
    }
    let picture = DatePicture::parse(picture.and_then(JValue::as_str).unwrap_or(ISO_8601))?;
    let offset = zone
        .and_then(JValue::as_str)
        .map(Offset::parse)
        .unwrap_or_default();
    #[expect(clippy::cast_possible_truncation, reason = "an integer below 2^53")]
    let millis = millis as i64;
    Ok(JValue::from(picture.format(millis, offset)?))
}

/// `$toMillis(text, picture)`
pub(super) fn to_millis(args: &[JValue], environment: &Environment) -> Outcome {
    let [JValue::String(text), picture] = args else {
        return Ok(JValue::Undefined);
    };
    if let Some(picture) = picture.as_str() {
        let time = DatePicture::parse(picture)?.read(text, environment.now)?;
        return Ok(time.map_or(JValue::Undefined, JValue::Number));
    }
    let time: Result<i64, EvaluatorError> = iso_8601(text).ok_or_else(|| {
        error(format!(
            "D3110: The argument of the toMillis function must be an ISO 8601 formatted timestamp. Given \"{text}\""
        ))
    });
    time.map(number)
}

/// The time of `2026-09-13T21:29:05.123+02:00` in milliseconds. All but the year may be missing.
fn iso_8601(text: &str) -> Option<i64> {
    let mut rest = text;
    let year = digits(&mut rest, "", 4)?;
    let month = digits(&mut rest, "-", 2);
    let day = month.and_then(|_| digits(&mut rest, "-", 2));
    let date = Date::new(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let mut seconds = date.days() * 86_400;
    if rest.starts_with('T') {
        let hour = digits(&mut rest, "T", 2).filter(|hour| *hour < 24)?;
        let minute = digits(&mut rest, ":", 2).filter(|minute| *minute < 60)?;
        let second = digits(&mut rest, ":", 2).filter(|second| *second < 60)?;
        seconds += (hour * 60 + minute) * 60 + second;
    }
    let mut millis = 0;
    if let Some(after) = rest.strip_prefix('.') {
        let end = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (fraction, after) = after.split_at(end);
        if fraction.is_empty() {
            return None;
        }
        // Digits after the third are ignored.
        let digit = |index: usize| {
            fraction
                .as_bytes()
                .get(index)
                .map_or(0, |digit| i64::from(digit - b'0'))
        };
        millis = digit(0) * 100 + digit(1) * 10 + digit(2);
        rest = after;
    }
    match rest.chars().next() {
        None => {}
        Some('Z') if rest.len() == 1 => {}
        Some(sign @ ('+' | '-')) => {
            rest = &rest[1..];
            let hours = digits(&mut rest, "", 2)?;
            rest = rest.strip_prefix(':').unwrap_or(rest);
            let minutes = digits(&mut rest, "", 2)?;
            let offset = (hours * 60 + minutes) * 60;
            seconds -= if sign == '-' { -offset } else { offset };
            if !rest.is_empty() {
                return None;
            }
        }
        Some(_) => return None,
    }
    Some(seconds * 1_000 + millis)
}

/// Reads `prefix` and `count` digits; otherwise, `text` stays the same.
fn digits(text: &mut &str, prefix: &str, count: usize) -> Option<i64> {
    let after = text.strip_prefix(prefix)?;
    let number = after.get(..count)?;
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    *text = &after[count..];
    number.parse().ok()
}
