//! Sample results of integrations, generated from AWS's shapes.

use crate::aws::integration::Integration;
use crate::aws::outputs::{self, Bounds, Kind, Member, Shape};
use crate::aws::resource::{self, Call, Pattern, Resource};
use crate::value::{Number, Object, Value};
use std::rc::Rc;

/// The maximum depth of a sample; deeper values are empty.
const DEPTH: usize = 4;

/// The number of members shown of a nested structure without required members.
const MEMBERS: usize = 4;

/// The conventions for names and timestamps in a result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// An optimized integration.
    Optimized,
    /// An SDK integration.
    Sdk,
}

/// A sample result of a task with this `Resource`; an empty object if the shape is unknown.
pub fn sample_result(text: &str) -> Value {
    match resource::classify(text) {
        Resource::Optimized { call, integration } => optimized(&call, integration),
        Resource::Sdk { call } if call.pattern == Pattern::RequestResponse => {
            response(call.service.text, call.action.text, Style::Sdk)
        }
        _ => Value::empty_object(),
    }
}

fn optimized(call: &Call<'_>, integration: &Integration) -> Value {
    // The result of a callback task is defined by its caller.
    if call.pattern == Pattern::WaitForTaskToken {
        return Value::empty_object();
    }
    let status = ("StatusCode", Value::from(200_i64));
    match (integration.service, integration.action) {
        ("lambda", _) => [
            ("ExecutedVersion", Value::from("$LATEST")),
            ("Payload", Value::empty_object()),
            status,
        ]
        .into(),
        ("http" | "apigateway", _) => [
            ("Headers", Value::empty_object()),
            ("ResponseBody", Value::empty_object()),
            status,
            ("StatusText", Value::from("OK")),
        ]
        .into(),
        _ => {
            let Some((service, operation)) = integration.response(call.pattern) else {
                return Value::empty_object();
            };
            let mut value = response(service, operation, Style::Optimized);
            // Input and output of an execution are JSON text; with `.sync:2`, they are parsed.
            if (service, operation) == ("sfn", "describeExecution")
                && let Some(members) = value.as_object_mut()
            {
                for name in ["Input", "Output"] {
                    let data = match call.pattern {
                        Pattern::Sync2 => Value::empty_object(),
                        _ => Value::from("{}"),
                    };
                    members.insert(name.into(), data);
                }
                for name in ["Error", "Cause"] {
                    members.remove(name);
                }
            }
            value
        }
    }
}

fn response(service: &str, operation: &str, style: Style) -> Value {
    let Some(shape) = outputs::shape(service, operation) else {
        return Value::empty_object();
    };
    sample(&shape, "", style, 0)
}

fn sample(shape: &Shape, name: &str, style: Style, depth: usize) -> Value {
    match shape.kind() {
        Kind::Structure(_) if depth >= DEPTH => Value::empty_object(),
        Kind::Structure(members) => {
            let mut object = Object::default();
            for member in chosen(&members, depth) {
                let name = match style {
                    Style::Optimized => member.name,
                    Style::Sdk => member.sdk_name,
                };
                object.insert(name.into(), sample(&member.shape, name, style, depth + 1));
            }
            Value::object(object)
        }
        Kind::List { member, length } => {
            let least = least(length);
            let is_empty = depth >= DEPTH || is_of_failure(name);
            let count = if is_empty { least } else { least.max(1) };
            let item = || sample(&member, name, style, depth + 1);
            Value::array((0..count).map(|_| item()).collect())
        }
        Kind::Map { value, length, .. } => {
            let mut object = Object::default();
            let least = least(length);
            let count = if depth >= DEPTH { least } else { least.max(1) };
            for i in 0..count {
                let key: Rc<str> = if i == 0 {
                    "key".into()
                } else {
                    format!("key{i}").into()
                };
                object.insert(key, sample(&value, name, style, depth + 1));
            }
            Value::object(object)
        }
        Kind::Text { length, values } => Value::from(text(name, length, &values)),
        Kind::Integer { range } => Value::from(whole(range)),
        Kind::Number { range } => {
            Number::from_f64(range.min.unwrap_or(0.0).max(0.0)).map_or(Value::Null, Value::Number)
        }
        Kind::Boolean => Value::Bool(false),
        Kind::Timestamp if style == Style::Sdk => Value::from("2030-01-01T00:00:00Z"),
        Kind::Timestamp => Value::from(1_893_456_000_000_i64),
        Kind::Document => Value::empty_object(),
        Kind::Blob { length } => Value::from("A".repeat(least(length).next_multiple_of(4))),
    }
}

/// The members to show: all at the top level, and further down the required ones or the first.
fn chosen(members: &[Member], depth: usize) -> Vec<&Member> {
    let is = |name: &str| members.iter().find(|member| member.name == name);
    // A DynamoDB value has exactly one type.
    if let (Some(text), Some(_), Some(_)) = (is("S"), is("N"), is("BOOL")) {
        return vec![text];
    }
    let good = members
        .iter()
        .filter(|member| member.required || !is_of_failure(member.name));
    if depth == 0 {
        return good.collect();
    }
    let required: Vec<&Member> = good.clone().filter(|member| member.required).collect();
    if !required.is_empty() {
        return required;
    }
    let tells = |name: &str| TELLING.iter().any(|end| name.ends_with(end));
    let telling: Vec<&Member> = good.clone().filter(|m| tells(m.name)).take(MEMBERS).collect();
    if telling.is_empty() {
        return good.take(MEMBERS).collect();
    }
    telling
}

/// The endings of the most informative names.
const TELLING: [&str; 5] = ["Id", "Arn", "Name", "Status", "State"];

/// Whether a member is present only after an error, or while the operation is not complete.
fn is_of_failure(name: &str) -> bool {
    let starts = ["Error", "Failure", "Unprocessed", "NextToken"];
    starts.iter().any(|start| name.starts_with(start))
}

fn text(name: &str, length: Bounds, values: &[&str]) -> String {
    // The status with which a task continues.
    let good = [
        "SUCCEEDED",
        "Succeeded",
        "COMPLETED",
        "Completed",
        "ACTIVE",
        "STOPPED",
    ];
    if let Some(value) = good
        .iter()
        .find(|value| values.contains(value))
        .or(values.first())
    {
        return (*value).to_owned();
    }
    let mut text = if name.ends_with("Arn") {
        "arn:aws:service:us-east-1:111111111111:sample".to_owned()
    } else {
        "sample".to_owned()
    };
    let least = least(length);
    while text.len() < least {
        text.push('x');
    }
    if let Some(most) = length.max {
        let most = whole(Bounds {
            min: Some(most),
            max: None,
        });
        text.truncate(usize::try_from(most).unwrap_or(usize::MAX));
    }
    text
}

fn least(bounds: Bounds) -> usize {
    usize::try_from(whole(bounds)).unwrap_or(0)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a bound of a length or of an integer"
)]
fn whole(range: Bounds) -> i64 {
    let least = range.min.unwrap_or(0.0).max(0.0);
    range.max.map_or(least, |most| least.min(most)).ceil() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::integration;

    /// Whether a value conforms to a shape, with the names of a style.
    fn fits(value: &Value, shape: &Shape, style: Style) -> bool {
        match (shape.kind(), value) {
            (Kind::Structure(members), Value::Object(object)) => object.iter().all(|(name, value)| {
                members.iter().any(|member| {
                    let named = match style {
                        Style::Optimized => member.name,
                        Style::Sdk => member.sdk_name,
                    };
                    *named == **name && fits(value, &member.shape, style)
                })
            }),
            (Kind::List { member, .. }, Value::Array(items)) => {
                items.iter().all(|item| fits(item, &member, style))
            }
            (Kind::Map { value: shape, .. }, Value::Object(object)) => {
                object.values().all(|value| fits(value, &shape, style))
            }
            (Kind::Text { length, values }, Value::String(text)) => {
                let len = f64::from(u32::try_from(text.len()).unwrap());
                length.contain(len) && (values.is_empty() || values.contains(&&**text))
            }
            (Kind::Integer { range } | Kind::Number { range }, Value::Number(n)) => range.contain(n.as_f64()),
            (Kind::Blob { length }, Value::String(text)) => {
                length.contain(f64::from(u32::try_from(text.len()).unwrap()))
            }
            (Kind::Boolean, Value::Bool(_)) | (Kind::Timestamp | Kind::Document, _) => true,
            _ => false,
        }
    }

    #[test]
    fn samples_match_their_shapes() {
        for (service, operation) in outputs::operations() {
            let shape = outputs::shape(service, operation).unwrap();
            for style in [Style::Optimized, Style::Sdk] {
                let value = response(service, operation, style);
                assert!(fits(&value, &shape, style), "{service}:{operation} {value}");
                assert!(value.json_len().unwrap() < 20_000, "{service}:{operation}");
            }
        }
    }

    #[test]
    fn every_optimized_integration_has_a_sample() {
        for row in integration::all() {
            for pattern in row.patterns {
                let arn = format!(
                    "arn:aws:states:::{}:{}{}",
                    row.service,
                    row.action,
                    pattern.suffix()
                );
                assert!(sample_result(&arn).as_object().is_some(), "{arn}");
            }
        }
        let job = sample_result("arn:aws:states:::batch:submitJob.sync");
        assert!(job.get("JobId").is_some() || job.get("Jobs").is_some(), "{job}");
        assert_eq!(
            sample_result("arn:aws:states:::sqs:sendMessage")
                .get("MessageId")
                .and_then(Value::as_str),
            Some("sample")
        );
        let started = sample_result("arn:aws:states:::states:startExecution.sync:2");
        assert_eq!(started.get("Output"), Some(&Value::empty_object()));
        assert_eq!(
            sample_result("arn:aws:states:::aws-sdk:dynamodb:getItem")
                .get("Item")
                .map(Value::to_json),
            Some(r#"{"key":{"S":"sample"}}"#.to_owned())
        );
    }
}
