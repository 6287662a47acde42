//! Validation of mocked results against AWS's shapes.

use crate::aws::integration;
use crate::aws::outputs::{self, Bounds, Kind, Shape};
use crate::aws::resource::{self, Pattern, Resource};
use crate::value::Value;

/// How strictly a result is validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ValidationMode {
    /// Required fields and types.
    #[default]
    Strict,
    /// Types of the fields that are present.
    Present,
    /// No validation.
    None,
}

/// The expected shape of a result.
#[derive(Debug)]
pub(super) struct Expected {
    shape: Shape,
    is_sdk: bool,
    /// Fields that the integration parses, which may contain any JSON.
    parsed: &'static [&'static str],
}

/// The expected shape of the result of a resource; `None` if it is unknown.
pub(super) fn expected(resource: &str) -> Option<Expected> {
    let classified = resource::classify(resource);
    let is_sdk = matches!(classified, Resource::Sdk { .. });
    let call = classified.call()?;
    let (service, action) = (call.service.text, call.action.text);
    let (shape, parsed): (_, &[&str]) = if is_sdk {
        (outputs::shape(service, action)?, &[])
    } else {
        let (service, operation) = integration::find(service, action)?.response(call.pattern)?;
        let parsed: &[&str] = match (operation, call.pattern) {
            ("invoke", _) => &["Payload"],
            ("describeExecution", Pattern::Sync2) => &["Input", "Output"],
            _ => &[],
        };
        (outputs::shape(service, operation)?, parsed)
    };
    Some(Expected {
        shape,
        is_sdk,
        parsed,
    })
}

impl Expected {
    /// AWS's message for the first error in a result.
    pub(super) fn fault(&self, result: &Value, mode: ValidationMode) -> Option<String> {
        if mode == ValidationMode::None {
            return None;
        }
        if !matches!(result, Value::Object(_)) {
            return Some("Mocked result must be a JSON object.".to_owned());
        }
        self.check(&self.shape, result, "", mode)
            .err()
            .map(|words| format!("Mock result schema validation error: {words}"))
    }

    fn check(&self, shape: &Shape, value: &Value, name: &str, mode: ValidationMode) -> Result<(), String> {
        let must = |what: &str| Err(format!("Field '{name}' must be {what}"));
        match (shape.kind(), value) {
            (Kind::Document, _) => Ok(()),
            (Kind::Structure(members), Value::Object(fields)) => {
                for member in members {
                    let name = if self.is_sdk { member.sdk_name } else { member.name };
                    match fields.get(name) {
                        Some(_) if self.parsed.contains(&name) => {}
                        Some(field) => self.check(&member.shape, field, name, mode)?,
                        None if member.required && mode == ValidationMode::Strict => {
                            return Err(format!("Required field '{name}' is missing"));
                        }
                        None => {}
                    }
                }
                Ok(())
            }
            (
                Kind::Map {
                    value: shape, length, ..
                },
                Value::Object(fields),
            ) => {
                within_length(length, fields.len(), name)?;
                fields
                    .values()
                    .try_for_each(|field| self.check(&shape, field, name, mode))
            }
            (Kind::Structure(_) | Kind::Map { .. }, _) => must("an object"),
            (Kind::List { member, length }, Value::Array(items)) => {
                within_length(length, items.len(), name)?;
                items
                    .iter()
                    .try_for_each(|item| self.check(&member, item, name, mode))
            }
            (Kind::List { .. }, _) => must("an array"),
            (Kind::Text { length, values }, Value::String(text)) => {
                within_length(length, text.chars().count(), name)?;
                if values.is_empty() || values.contains(&&**text) {
                    Ok(())
                } else {
                    Err(format!("Field '{name}' is not an expected value"))
                }
            }
            (Kind::Blob { length }, Value::String(text)) => within_length(length, text.len(), name),
            (Kind::Timestamp, Value::String(_)) | (Kind::Boolean, Value::Bool(_)) => Ok(()),
            (Kind::Text { .. } | Kind::Blob { .. } | Kind::Timestamp, _) => must("a string"),
            (Kind::Boolean, _) => must("a boolean"),
            (Kind::Integer { range } | Kind::Number { range }, Value::Number(number)) => {
                let number = number.as_f64();
                if range.min.is_some_and(|min| number < min) {
                    return Err(format!("Field '{name}' is less than the minimum value"));
                }
                if range.max.is_some_and(|max| number > max) {
                    return Err(format!("Field '{name}' exceeds the maximum value"));
                }
                Ok(())
            }
            (Kind::Integer { .. } | Kind::Number { .. }, _) => must("a number"),
        }
    }
}

/// Checks the number of characters, bytes, or items.
fn within_length(length: Bounds, count: usize, name: &str) -> Result<(), String> {
    #[expect(clippy::cast_precision_loss, reason = "nothing has 2^53 of them")]
    let count = count as f64;
    if length.min.is_some_and(|min| count < min) {
        return Err(format!("Field '{name}' is smaller than the minimum length"));
    }
    if length.max.is_some_and(|max| count > max) {
        return Err(format!("Field '{name}' exceeds the maximum length"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(resource: &str, result: &str, mode: ValidationMode) -> Option<String> {
        let result = Value::parse(result).expect("JSON");
        expected(resource).expect("a known shape").fault(&result, mode)
    }

    #[test]
    fn only_strict_mode_requires_fields() {
        let resource = "arn:aws:states:::states:startExecution";
        let words = fault(resource, "{}", ValidationMode::Strict).expect("a fault");
        assert!(
            words.ends_with("Required field 'ExecutionArn' is missing"),
            "{words}"
        );
        assert_eq!(fault(resource, "{}", ValidationMode::Present), None);
        assert!(fault(resource, r#"{"StartDate":1}"#, ValidationMode::Present).is_some());
        assert_eq!(fault(resource, r#"{"StartDate":1}"#, ValidationMode::None), None);
    }

    #[test]
    fn jobs_return_the_response_of_the_polling_operation() {
        let resource = "arn:aws:states:::states:startExecution.sync:2";
        let words = fault(resource, r#"{"Output":{"any":1}}"#, ValidationMode::Present);
        assert_eq!(words, None);
        assert!(fault(resource, r#"{"Status":"ASLEEP"}"#, ValidationMode::Present).is_some());
    }

    #[test]
    fn bytes_and_arrays_have_bounds_too() {
        let resource = "arn:aws:states:::aws-sdk:kms:encrypt";
        let blob = |length: usize| {
            let result = format!(r#"{{"CiphertextBlob":"{}"}}"#, "A".repeat(length));
            fault(resource, &result, ValidationMode::Present)
        };
        assert_eq!(blob(6144), None);
        assert!(
            blob(6145).is_some_and(|words| words.ends_with("'CiphertextBlob' exceeds the maximum length"))
        );
        assert!(
            blob(0)
                .is_some_and(|words| words.ends_with("'CiphertextBlob' is smaller than the minimum length"))
        );
    }

    #[test]
    fn ignores_variables_that_step_functions_defines() {
        assert!(expected("arn:aws:states:::http:invoke").is_none());
        assert!(expected("arn:aws:lambda:us-east-1:123456789012:function:f").is_none());
    }
}
