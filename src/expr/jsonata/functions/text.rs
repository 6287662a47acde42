//! Functions of strings and arrays of strings.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use jsonata_core::evaluator::EvaluatorError;
use jsonata_core::value::JValue;

use super::environment::{Environment, Outcome, error};
use super::stringify::stringify;
use crate::expr::jsonata::limits::{MAX_TEXT, memory};

/// `$string(value, prettify)`
pub(super) fn string(args: &[JValue], environment: &Environment) -> Outcome {
    match args {
        [value @ (JValue::String(_) | JValue::Undefined), ..] => Ok(value.clone()),
        [value, pretty] => {
            let text = text_of(value, matches!(pretty, JValue::Bool(true)), environment)?;
            environment.text(text)
        }
        _ => Ok(JValue::Undefined),
    }
}

/// The text of a value that is neither a string nor undefined.
fn text_of(value: &JValue, pretty: bool, environment: &Environment) -> Result<String, EvaluatorError> {
    match value {
        JValue::Lambda(_) | JValue::Builtin { .. } | JValue::Regex { .. } => Ok(String::new()),
        JValue::Number(number) if !number.is_finite() => Err(error("D3001: Infinity or NaN")),
        value => stringify(value, pretty, environment),
    }
}

/// `left & right`
pub(super) fn concatenate(args: &[JValue], environment: &Environment) -> Outcome {
    let mut joined = String::new();
    for side in args {
        match side {
            JValue::Undefined => {}
            JValue::String(text) => {
                environment.budget.allocate_text(joined.len() + text.len())?;
                joined.push_str(text);
            }
            value => joined.push_str(&text_of(value, false, environment)?),
        }
    }
    environment.text(joined)
}

/// `$join(strings, separator)`
pub(super) fn join(args: &[JValue], environment: &Environment) -> Outcome {
    let [JValue::Array(texts), separator] = args else {
        return Ok(JValue::Undefined);
    };
    let separator = separator.as_str().unwrap_or_default();
    let texts = texts.iter().filter_map(JValue::as_str);
    let total: usize = texts.clone().map(|text| text.len() + separator.len()).sum();
    environment
        .budget
        .allocate_text(total.saturating_sub(separator.len()))?;
    let mut joined = String::with_capacity(total);
    for (index, text) in texts.enumerate() {
        joined.push_str(if index > 0 { separator } else { "" });
        joined.push_str(text);
    }
    Ok(JValue::from(joined))
}

/// `$pad(text, width, fill)`: characters are code points, and a fraction of the width is ignored.
pub(super) fn pad(args: &[JValue], environment: &Environment) -> Outcome {
    let [JValue::String(text), width, fill] = args else {
        return Ok(JValue::Undefined);
    };
    let width = width.as_f64().unwrap_or_default();
    let fill = fill.as_str().filter(|fill| !fill.is_empty()).unwrap_or(" ");
    if !width.is_finite() {
        return Err(memory());
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "not negative; larger saturates"
    )]
    let wanted = width.abs() as usize;
    let count = wanted.saturating_sub(text.chars().count());
    if count == 0 {
        return Ok(args[0].clone());
    }
    if count > MAX_TEXT {
        return Err(memory());
    }
    let length = fill.chars().count();
    let rest: String = fill.chars().take(count % length).collect();
    let whole = count / length;
    environment
        .budget
        .allocate_text(text.len() + fill.len().saturating_mul(whole) + rest.len())?;
    let padding = fill.repeat(whole) + &rest;
    let padded = if width < 0.0 {
        padding + text
    } else {
        text.to_string() + &padding
    };
    Ok(JValue::from(padded))
}

/// `$split(text, '', limit)`: UTF-16 units. Half of a character outside the Basic Multilingual Plane is not valid UTF-8,
/// so it becomes U+FFFD.
pub(super) fn split(args: &[JValue], environment: &Environment) -> Outcome {
    let [JValue::String(text), _, limit] = args else {
        return Ok(JValue::Undefined);
    };
    let limit = match limit {
        JValue::Number(limit) if *limit < 0.0 => return Err(error("D3020: negative limit")),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative; larger saturates"
        )]
        JValue::Number(limit) => *limit as usize,
        _ => usize::MAX,
    };
    let count = text.len().min(limit);
    environment.limits.check_items(count)?;
    environment.budget.allocate(count * 48)?;
    let units = text.chars().flat_map(|c| {
        let is_pair = c.len_utf16() == 2;
        let unit = if is_pair { char::REPLACEMENT_CHARACTER } else { c };
        std::iter::repeat_n(unit, c.len_utf16())
    });
    let units = units.take(limit).map(|unit| JValue::from(unit.to_string()));
    Ok(JValue::array(units.collect()))
}

/// `$base64decode(text)`: padding is optional, and invalid UTF-8 becomes U+FFFD.
pub(super) fn base64_decode(args: &[JValue], environment: &Environment) -> Outcome {
    let Some(text) = args.first().and_then(JValue::as_str) else {
        return Ok(JValue::Undefined);
    };
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    match GeneralPurpose::new(&STANDARD, config).decode(text) {
        Ok(bytes) => environment.text(String::from_utf8_lossy(&bytes).into_owned()),
        // AWS reports an internal error here, whose text is different each time.
        Err(_) => Err(error("the text is not valid Base64")),
    }
}

/// `$decodeUrlComponent(text)`: a plus sign is a blank, and invalid UTF-8 becomes U+FFFD.
pub(super) fn decode_url_component(args: &[JValue], environment: &Environment) -> Outcome {
    let Some(text) = args.first().and_then(JValue::as_str) else {
        return Ok(JValue::Undefined);
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match byte {
            b'+' => bytes.push(b' '),
            b'%' => {
                let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
                let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
                let Some(byte) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) else {
                    return Err(error(format!(
                        "D3140: Malformed URL passed to $decodeUrlComponent(): \"{text}\""
                    )));
                };
                bytes.push(byte);
                rest = &after[2..];
            }
            byte => bytes.push(byte),
        }
    }
    environment.text(String::from_utf8_lossy(&bytes).into_owned())
}

/// The second argument, if `$replace` may insert it for every character of the first.
pub(super) fn inserted(args: &[JValue], environment: &Environment) -> Outcome {
    if let [JValue::String(text), JValue::String(inserted)] = args
        && text.len().saturating_mul(inserted.len()) > MAX_TEXT
    {
        environment
            .budget
            .allocate(text.len().saturating_mul(inserted.len()))?;
    }
    Ok(args.get(1).cloned().unwrap_or(JValue::Undefined))
}
