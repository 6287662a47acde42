//! Evaluation of calls, with AWS's messages.

use std::rc::Rc;

use super::argument::{ArgumentValue, Failure};
use super::call::{ArgumentKind, Call};
use super::name;
use crate::expr::error::EvalError;
use crate::expr::jsonpath::{Path, PathError, Root};
use crate::expr::{Randomness, Scope};
use crate::value::Value;

impl Call {
    /// The value of the call; the cause of an error is AWS's message, which quotes the entire expression.
    pub fn eval(&self, scope: &Scope<'_>, randomness: &mut dyn Randomness) -> Result<Value, EvalError> {
        let arguments = self.arguments.iter().map(|argument| {
            let value = match &argument.kind {
                ArgumentKind::Text(literal) => {
                    return Ok(ArgumentValue {
                        value: Value::String(Rc::clone(&literal.value)),
                        raw: Some(Rc::clone(&literal.raw)),
                        is_json: false,
                    });
                }
                ArgumentKind::Number(number) => Value::Number(number.clone()),
                ArgumentKind::Bool(truth) => Value::Bool(*truth),
                ArgumentKind::Null => Value::Null,
                ArgumentKind::Path(path) => self.path(path, scope)?,
                ArgumentKind::Call(call) => {
                    let value = call.eval(scope, randomness)?;
                    return Ok(ArgumentValue {
                        value,
                        raw: None,
                        is_json: &*call.name == name::STRING_TO_JSON,
                    });
                }
            };
            Ok(ArgumentValue {
                value,
                raw: None,
                is_json: false,
            })
        });
        let arguments = arguments.collect::<Result<Vec<ArgumentValue>, EvalError>>()?;
        let Some(function) = self.function else {
            return Err(self.fault(&format!("{} is not an intrinsic function", self.name)));
        };
        let outcome = if function.takes(arguments.len()) {
            (function.run)(&arguments, randomness)
        } else {
            Err(Failure::Arguments)
        };
        outcome.map_err(|failure| match failure {
            Failure::Arguments => self.fault(&format!("Invalid arguments in {}", self.name)),
            Failure::Detail(detail) => self.fault(&detail),
        })
    }

    fn path(&self, path: &Path, scope: &Scope<'_>) -> Result<Value, EvalError> {
        path.eval(scope).map_err(|error| {
            let detail = match error {
                PathError::NotFound(text) if text.starts_with("Filter: ") => text,
                PathError::NotFound(_) | PathError::UnknownVariable(_) => format!(
                    "The JsonPath argument for the field '{}' could not be found in the input '{}'",
                    as_printed(path),
                    scope.input
                ),
                other => other.to_string(),
            };
            EvalError::runtime(format!(
                "The function '{}' had the following error: {detail}",
                self.text()
            ))
        })
    }

    fn fault(&self, detail: &str) -> EvalError {
        EvalError::runtime(format!(
            "There was an error while evaluating the intrinsic function: {}. {detail}",
            self.text()
        ))
    }
}

/// AWS prints a path into the context object with a single `$`.
fn as_printed(path: &Path) -> &str {
    match path.root() {
        Root::Context => &path.text()[1..],
        _ => path.text(),
    }
}
