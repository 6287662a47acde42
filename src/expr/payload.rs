//! Payload templates: JSON values that contain expressions.
//!
//! In JSONPath states, the value of a key that ends in `.$` is a path or an intrinsic function call. In JSONata states, a
//! string between `{%` and `%}` is an expression, at any depth. This module does not depend on documents: lowering builds
//! the templates and supplies the location of each expression.

use std::rc::Rc;

use crate::expr::error::{EvalError, SyntaxError};
use crate::expr::intrinsic::{self, Call};
use crate::expr::jsonata::{self, Expression};
use crate::expr::jsonpath::{Path, PathError};
use crate::expr::{Randomness, Scope};
use crate::spec::QueryLanguage;
use crate::value::{Map, Value};

/// A compiled template.
#[derive(Debug, Clone)]
pub enum Template {
    /// A value without expressions.
    Literal(Value),
    /// An object, keys in order, without their `.$` suffix.
    Object(Map<Template>),
    /// An array.
    Array(Vec<Template>),
    /// A path.
    Path(Field<Path>),
    /// A call of an intrinsic function.
    Intrinsic(Field<Call>),
    /// A JSONata expression.
    Jsonata(Field<Expression>),
}

/// An expression and AWS's name of its location.
#[derive(Debug, Clone)]
pub struct Field<T> {
    /// The expression.
    pub expression: Rc<T>,
    /// For JSONPath, the key as written, `k.$`; for JSONata, the path from the state's field, `Output/a/b[0]`.
    pub location: Rc<str>,
}

impl<T> Field<T> {
    /// Creates a field.
    pub fn new(expression: T, location: impl Into<Rc<str>>) -> Self {
        Self {
            expression: Rc::new(expression),
            location: location.into(),
        }
    }
}

/// An expression in a template that cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// Its path as AWS prints it, `Output/a/b[0]`, with the `.$` of the key.
    pub location: String,
    /// The expression's text.
    pub text: String,
    /// The syntax error.
    pub error: SyntaxError,
}

impl Template {
    /// Compiles a template from JSON. `field` is the state's field that contains it, such as `Output`, with which the
    /// locations of JSONata expressions start.
    pub fn from_value(value: &Value, language: QueryLanguage, field: &str) -> Result<Self, Malformed> {
        match value {
            Value::Object(members) => {
                let members = members.iter().map(|(key, member)| {
                    let location = format!("{field}/{key}");
                    match key.strip_suffix(".$") {
                        Some(name) if language == QueryLanguage::JsonPath => {
                            Ok((name.into(), Self::dynamic(member, key, location)?))
                        }
                        _ => Ok((Rc::clone(key), Self::from_value(member, language, &location)?)),
                    }
                });
                Ok(Self::object(members.collect::<Result<_, Malformed>>()?))
            }
            Value::Array(items) => {
                let items = (0..).zip(items.iter());
                let items = items.map(|(i, item)| Self::from_value(item, language, &format!("{field}[{i}]")));
                Ok(Self::array(items.collect::<Result<_, Malformed>>()?))
            }
            Value::String(text) if language == QueryLanguage::Jsonata => {
                let Some((inside, offset)) = jsonata::strip(text) else {
                    return Ok(Self::Literal(value.clone()));
                };
                match Expression::parse(inside) {
                    Ok(expression) => Ok(Self::jsonata(expression, field)),
                    Err(error) => Err(Malformed {
                        location: field.to_owned(),
                        text: text.as_ref().to_owned(),
                        error: error.shifted(offset),
                    }),
                }
            }
            _ => Ok(Self::Literal(value.clone())),
        }
    }

    /// Compiles the value of a key that ends in `.$`.
    fn dynamic(value: &Value, key: &str, location: String) -> Result<Self, Malformed> {
        let malformed = |text: &str, error| Malformed {
            location,
            text: text.to_owned(),
            error,
        };
        let Some(text) = value.as_str() else {
            let text = value.to_json();
            let message =
                "the value of a key ending in `.$` must be a string with a path or an intrinsic function";
            return Err(malformed(&text, SyntaxError::new(0..text.len(), message)));
        };
        if intrinsic::is_intrinsic(text) {
            let call = Call::parse(text).map(|call| Self::intrinsic(call, key));
            return call.map_err(|error| malformed(text, error));
        }
        let path = Path::parse(text).map(|path| Self::path(path, key));
        path.map_err(|error| malformed(text, error))
    }

    /// An object; a literal if all its members are literals.
    pub fn object(members: Map<Self>) -> Self {
        if !members.values().all(|member| matches!(member, Self::Literal(_))) {
            return Self::Object(members);
        }
        let literals = members.into_iter().filter_map(|(key, member)| match member {
            Self::Literal(value) => Some((key, value)),
            _ => None,
        });
        Self::Literal(Value::object(literals.collect()))
    }

    /// An array; a literal if all its items are literals.
    pub fn array(items: Vec<Template>) -> Self {
        if !items.iter().all(|item| matches!(item, Self::Literal(_))) {
            return Self::Array(items);
        }
        let literals = items.into_iter().filter_map(|item| match item {
            Self::Literal(value) => Some(value),
            _ => None,
        });
        Self::Literal(Value::array(literals.collect()))
    }

    /// A path in the field `location`.
    pub fn path(path: Path, location: impl Into<Rc<str>>) -> Self {
        Self::Path(Field::new(path, location))
    }

    /// A call in the field `location`.
    pub fn intrinsic(call: Call, location: impl Into<Rc<str>>) -> Self {
        Self::Intrinsic(Field::new(call, location))
    }

    /// An expression in the field `location`.
    pub fn jsonata(expression: Expression, location: impl Into<Rc<str>>) -> Self {
        Self::Jsonata(Field::new(expression, location))
    }

    /// A member with the same value in every scope; `None` if it is computed or missing.
    pub fn literal_member(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Literal(value) => value.get(key),
            Self::Object(members) => match members.get(key) {
                Some(Self::Literal(value)) => Some(value),
                _ => None,
            },
            _ => None,
        }
    }

    /// The value of the template in `scope`.
    pub fn eval(&self, scope: &Scope<'_>, randomness: &mut dyn Randomness) -> Result<Value, EvalError> {
        match self {
            Self::Literal(value) => Ok(value.clone()),
            Self::Object(members) => {
                let values = members.try_map(|member| member.eval(scope, randomness))?;
                Ok(Value::object(values))
            }
            Self::Array(items) => {
                let items = items.iter().map(|item| item.eval(scope, randomness));
                Ok(Value::array(items.collect::<Result<_, EvalError>>()?))
            }
            Self::Path(field) => field.eval(scope),
            Self::Intrinsic(field) => field.expression.eval(scope, randomness),
            Self::Jsonata(field) => field.expression.eval_field(&field.location, scope, randomness),
        }
    }
}

impl Field<Path> {
    fn eval(&self, scope: &Scope<'_>) -> Result<Value, EvalError> {
        let path = &self.expression;
        path.eval(scope).or_else(|error| match error {
            PathError::NotFound(_) if path.ends_past_array(scope) => Ok(Value::Null),
            PathError::NotFound(_) | PathError::UnknownVariable(_) => Err(EvalError::runtime(format!(
                "The JSONPath '{}' specified for the field '{}' could not be found in the input '{}'",
                path.text(),
                self.location,
                scope.input
            ))),
            other => Err(EvalError::runtime(other.to_string())),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::Seeded;

    fn eval(template: &str, language: QueryLanguage) -> Result<String, String> {
        let input = Value::parse(r#"{"a": {"b": [1.0, 2]}, "l": []}"#).unwrap();
        let template = Template::from_value(&Value::parse(template).unwrap(), language, "Output");
        let template =
            template.map_err(|malformed| format!("{}: {}", malformed.location, malformed.error))?;
        let value = template.eval(&Scope::new(&input, &Value::Null, &()), &mut Seeded::new(1));
        value.map(|value| value.to_json()).map_err(|fault| fault.cause)
    }

    #[test]
    fn compiles_the_values_of_dollar_keys() {
        let given = |template| eval(template, QueryLanguage::JsonPath);
        assert_eq!(
            given(r#"{"x.$": "$.a.b[0]", "y": ["$.a", {"z.$": "States.ArrayLength($.a.b)"}], "n": 1e3}"#),
            Ok(r#"{"x":1.0,"y":["$.a",{"z":2}],"n":1e3}"#.into())
        );
        assert_eq!(given(r#"{"x.$": "$.l[5]"}"#), Ok(r#"{"x":null}"#.into()));
        assert_eq!(
            given(r#"{"x": {"y.$": "$.nope"}}"#).unwrap_err(),
            "The JSONPath '$.nope' specified for the field 'y.$' could not be found in the input \
             '{\"a\":{\"b\":[1.0,2]},\"l\":[]}'"
        );
        assert!(
            given(r#"{"x.$": "plain"}"#)
                .unwrap_err()
                .starts_with("Output/x.$: ")
        );
        assert!(given(r#"{"x.$": 1}"#).unwrap_err().starts_with("Output/x.$: "));
    }

    #[test]
    fn compiles_jsonata_at_any_depth() {
        let given = |template| eval(template, QueryLanguage::Jsonata);
        assert_eq!(
            given(r#"{"x.$": ["{% $states.input.a.b[1] %}", "{%", 1.0]}"#),
            Ok(r#"{"x.$":[2,"{%",1.0]}"#.into())
        );
        assert_eq!(
            given(r#"{"a": {"b": [1, "{% $nope %}"]}}"#).unwrap_err(),
            "The JSONata expression '$nope' specified for the field 'Output/a/b[1]' returned nothing (undefined)."
        );
        assert_eq!(
            given(r#"["{% 1 + %}"]"#).unwrap_err(),
            "Output[0]: Unexpected end of expression"
        );
    }
}
