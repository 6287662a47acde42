//! `States.StringToJson`, `States.JsonToString`, `States.JsonMerge`

use super::argument::{ArgumentValue, Failure, Outcome};
use super::function::{Function, Kind, Returns};
use super::name;
use crate::expr::Randomness;
use crate::value::{Value, jackson};

/// The functions of this family, by name.
pub(super) const FUNCTIONS: &[Function] = &[
    Function::new(
        name::JSON_MERGE,
        &[Kind::Object, Kind::Object, Kind::Shallow],
        3,
        Some(3),
        merge,
    )
    .returning(Returns::Merged),
    Function::new(name::JSON_TO_STRING, &[Kind::Any], 1, Some(1), to_text).returning(Returns::Text),
    Function::new(name::STRING_TO_JSON, &[Kind::Text], 1, Some(1), from_text).returning(Returns::Parsed),
];

fn from_text(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
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

#[expect(clippy::unnecessary_wraps, reason = "all functions have one signature")]
fn to_text(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
    Ok(arguments[0].value.to_json().into())
}

/// Merges one level deep, regardless of the third argument; only `true`, which requests a deep merge, is rejected.
fn merge(arguments: &[ArgumentValue], _: &mut dyn Randomness) -> Outcome {
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
