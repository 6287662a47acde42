//! Java's text form of values, which Step Functions exposes in `States.Format` and in Jayway's messages.

use crate::value::{Number, Value};

/// `String.valueOf` of a value parsed into maps and lists: `{a=1, b=[x, null]}`.
pub(crate) fn text(value: &Value) -> String {
    let mut out = String::new();
    push_text(value, &mut out);
    out
}

/// Appends [`text`] to a text.
pub(crate) fn push_text(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => out.push_str(text),
        Value::Array(items) => {
            out.push('[');
            for (i, item) in items.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                push_text(item, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (i, (key, member)) in members.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                out.push_str(key);
                out.push('=');
                push_text(member, out);
            }
            out.push('}');
        }
        _ => value.write_json(out),
    }
}

/// The Java class of a value.
pub(crate) fn class(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "java.lang.Boolean",
        Value::String(_) => "java.lang.String",
        Value::Array(_) => "net.minidev.json.JSONArray",
        Value::Object(_) => "java.util.LinkedHashMap",
        Value::Number(number) => match number.as_i64() {
            Some(integer) if i32::try_from(integer).is_ok() => "java.lang.Integer",
            Some(_) => "java.lang.Long",
            None if number.is_integer() && !number.to_string().contains(['.', 'e', 'E']) => {
                "java.math.BigInteger"
            }
            None => "java.lang.Double",
        },
    }
}

/// A `double` as the JSON number that Java prints: `6.0`, `1.0E10`. `null` for NaN and the infinities.
pub(crate) fn double(number: f64) -> Value {
    if !number.is_finite() {
        return Value::Null;
    }
    let magnitude = number.abs();
    let text = if magnitude != 0.0 && !(1e-3..1e7).contains(&magnitude) {
        let text = format!("{number:E}");
        match text.split_once('E') {
            Some((digits, exponent)) if !digits.contains('.') => format!("{digits}.0E{exponent}"),
            _ => text,
        }
    } else {
        format!("{number:?}")
    };
    Value::parse(&text).unwrap_or_else(|_| Number::from_f64(number).map_or(Value::Null, Value::Number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_values_like_java() {
        let value = Value::parse(r#"{"a":1,"b":["x",null,{"c":1.50}]}"#).unwrap();
        assert_eq!(text(&value), "{a=1, b=[x, null, {c=1.50}]}");
    }

    #[test]
    fn prints_doubles_like_java() {
        let text = |f: f64| double(f).to_json();
        assert_eq!(
            [6.0, 0.5, 1e7, 1.5e-5, 123_456.25].map(text),
            ["6.0", "0.5", "1.0E7", "1.5E-5", "123456.25"]
        );
        assert_eq!(double(f64::NAN), Value::Null);
    }
}
