//! Payload templates: a JSON value with expressions inside.
//!
//! In JSONPath states the value of a key that ends in `.$` is a path or a call; in JSONata states a string
//! between `{%` and `%}` is an expression, at any depth. This module knows no document: the builder that does
//! (lowering) puts a template together from its parts and names the place of each.

use std::rc::Rc;

use crate::expr::intrinsic::Call;
use crate::expr::jsonata::Expression;
use crate::expr::jsonpath::{Path, PathError};
use crate::expr::{Fault, Randomness, Scope};
use crate::value::Value;

/// A template, compiled.
#[derive(Debug, Clone)]
pub enum Template {
    /// A value with nothing to evaluate in it.
    Literal(Value),
    /// An object, keys in order, `.$` taken off them.
    Object(Vec<(Rc<str>, Template)>),
    /// An array.
    Array(Vec<Template>),
    /// A path.
    Path(Field<Path>),
    /// A call of an intrinsic function.
    Intrinsic(Field<Call>),
    /// A JSONata expression.
    Jsonata(Field<Expression>),
}

/// An expression and the name AWS gives its place.
#[derive(Debug, Clone)]
pub struct Field<T> {
    /// The expression.
    pub expression: Rc<T>,
    /// For JSONPath the key as written, `k.$`; for JSONata the way from the state's field, `Output/a/b[0]`.
    pub location: Rc<str>,
}

impl<T> Field<T> {
    /// `expression` at `location`.
    pub fn new(expression: T, location: impl Into<Rc<str>>) -> Self {
        Self {
            expression: Rc::new(expression),
            location: location.into(),
        }
    }
}

impl Template {
    /// An object; a literal if all its members are.
    pub fn object(members: Vec<(Rc<str>, Template)>) -> Self {
        if !members
            .iter()
            .all(|(_, member)| matches!(member, Self::Literal(_)))
        {
            return Self::Object(members);
        }
        let literals = members.into_iter().filter_map(|(key, member)| match member {
            Self::Literal(value) => Some((key, value)),
            _ => None,
        });
        Self::Literal(Value::object(literals.collect()))
    }

    /// An array; a literal if all its items are.
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

    /// The value of the template in `scope`.
    pub fn eval(&self, scope: &Scope<'_>, randomness: &mut dyn Randomness) -> Result<Value, Fault> {
        match self {
            Self::Literal(value) => Ok(value.clone()),
            Self::Object(members) => {
                let members = members.iter();
                let members = members
                    .map(|(key, member)| Ok((Rc::clone(key), member.eval(scope, randomness)?)))
                    .collect::<Result<_, Fault>>()?;
                Ok(Value::object(members))
            }
            Self::Array(items) => {
                let items = items.iter().map(|item| item.eval(scope, randomness));
                Ok(Value::array(items.collect::<Result<_, Fault>>()?))
            }
            Self::Path(field) => field.eval(scope),
            Self::Intrinsic(field) => field.expression.eval(scope, randomness),
            Self::Jsonata(field) => field.expression.eval_field(&field.location, scope, randomness),
        }
    }
}

impl Field<Path> {
    fn eval(&self, scope: &Scope<'_>) -> Result<Value, Fault> {
        let path = &self.expression;
        path.eval(scope).or_else(|error| match error {
            PathError::NotFound(_) if path.ends_past_array(scope) => Ok(Value::Null),
            PathError::NotFound(_) | PathError::UnknownVariable(_) => Err(Fault::runtime(format!(
                "The JSONPath '{}' specified for the field '{}' could not be found in the input '{}'",
                path.text(),
                self.location,
                scope.input
            ))),
            other => Err(Fault::runtime(other.to_string())),
        })
    }
}
