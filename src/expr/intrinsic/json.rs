//! `States.StringToJson`, `States.JsonToString`, `States.JsonMerge`

use super::eval::{Failure, Given, Outcome};
use crate::value::Value;
use crate::value::jackson;

pub(super) fn from_text(arguments: &[Given]) -> Outcome {
    let text = arguments[0].text()?;
    if text.trim_ascii().is_empty() {
        return Ok(Value::Null);
    }
    jackson::read(text).map_err(|fault| {
        Failure::Detail(format!(
            "Cannot convert String to Json in States.StringToJson, caused by: {fault}"
        ))
    })
}

pub(super) fn to_text(arguments: &[Given]) -> Value {
    arguments[0].value.to_json().into()
}

/// Merges one level deep, whatever the third argument is; only `true`, which asks for more, is refused.
pub(super) fn merge(arguments: &[Given]) -> Outcome {
    let (Value::Object(first), Value::Object(second)) = (&arguments[0].value, &arguments[1].value) else {
        return Err(Failure::Arguments);
    };
    if arguments[2].value == Value::Bool(true) {
        return Err(Failure::Arguments);
    }
    let mut merged = first.as_ref().clone();
    merged.extend(second.iter().map(|(key, member)| (key.clone(), member.clone())));
    Ok(Value::object(merged))
}
