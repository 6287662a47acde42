//! A call evaluated, with AWS's sentence when it fails.

use std::rc::Rc;

use super::{ArgumentKind, Call, table};
use crate::expr::jsonpath::{Path, PathError, Root};
use crate::expr::{Fault, Randomness, Scope};
use crate::value::Value;

/// An argument, evaluated.
pub(super) struct Given {
    pub(super) value: Value,
    /// A literal's text with its escapes, which `States.Format` reads itself.
    pub(super) raw: Option<Rc<str>>,
    /// Whether it came straight out of `States.StringToJson`, which gives what prints as JSON text.
    pub(super) is_json: bool,
}

/// Why a function failed.
pub(super) enum Failure {
    /// The arguments are not what it takes: AWS has one sentence for all of that.
    Arguments,
    /// AWS's words for this case.
    Detail(String),
}

/// What a function gives.
pub(super) type Outcome = Result<Value, Failure>;

impl Call {
    /// The value of the call; the fault's cause is AWS's sentence, which quotes the whole expression.
    pub fn eval(&self, scope: &Scope<'_>, randomness: &mut dyn Randomness) -> Result<Value, Fault> {
        let arguments = self.arguments.iter().map(|argument| {
            let value = match &argument.kind {
                ArgumentKind::Text(literal) => {
                    return Ok(Given {
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
                    return Ok(Given {
                        value,
                        raw: None,
                        is_json: &*call.name == "States.StringToJson",
                    });
                }
            };
            Ok(Given {
                value,
                raw: None,
                is_json: false,
            })
        });
        let arguments = arguments.collect::<Result<Vec<Given>, Fault>>()?;
        let Some(function) = table::find(&self.name) else {
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

    fn path(&self, path: &Path, scope: &Scope<'_>) -> Result<Value, Fault> {
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
            Fault::runtime(format!(
                "The function '{}' had the following error: {detail}",
                self.text()
            ))
        })
    }

    fn fault(&self, detail: &str) -> Fault {
        Fault::runtime(format!(
            "There was an error while evaluating the intrinsic function: {}. {detail}",
            self.text()
        ))
    }
}

/// AWS prints a path into the context object with one `$`.
fn as_printed(path: &Path) -> &str {
    match path.root() {
        Root::Context => &path.text()[1..],
        _ => path.text(),
    }
}

impl Given {
    pub(super) fn array(&self) -> Result<&[Value], Failure> {
        self.value.as_array().ok_or(Failure::Arguments)
    }

    pub(super) fn text(&self) -> Result<&str, Failure> {
        self.value.as_str().ok_or(Failure::Arguments)
    }

    /// A number cut to an integer of 32 bits, toward zero.
    pub(super) fn truncated(&self) -> Result<i64, Failure> {
        self.integer(f64::trunc)
    }

    /// A number rounded to an integer of 32 bits, halves up, as Java's `Math.round` does.
    pub(super) fn rounded(&self) -> Result<i64, Failure> {
        self.integer(|number| (number + 0.5).floor())
    }

    #[expect(clippy::cast_possible_truncation, reason = "checked to be within 32 bits")]
    fn integer(&self, cut: fn(f64) -> f64) -> Result<i64, Failure> {
        let number = self.value.as_number().ok_or(Failure::Arguments)?;
        if let Some(integer) = number.as_i64() {
            return in_range(integer);
        }
        let float = number.as_f64();
        let (least, most) = (f64::from(i32::MIN), f64::from(i32::MAX));
        if float.is_infinite() {
            return Ok(float.clamp(least, most) as i64);
        }
        let integer = cut(float);
        if (least..=most).contains(&integer) {
            Ok(integer as i64)
        } else {
            Err(Failure::Arguments)
        }
    }
}

/// `integer`, if 32 bits hold it.
pub(super) fn in_range(integer: i64) -> Result<i64, Failure> {
    i32::try_from(integer)
        .map(i64::from)
        .map_err(|_| Failure::Arguments)
}
