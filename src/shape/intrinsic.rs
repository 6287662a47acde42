//! The shapes of calls of intrinsic functions.

use super::fault::{Evaluation, Fault};
use super::jsonpath;
use super::scope::Scope;
use super::types::Array;
use super::types::Object;
use super::types::Shape;
use crate::expr::intrinsic::{Argument, ArgumentKind, Call, Kind, Returns};
use crate::value::{Number, Value};
use std::borrow::Cow;

/// The shape of a call's result.
pub(super) fn call(call: &Call, scope: Scope<'_>) -> Evaluation {
    let mut arguments = Vec::with_capacity(call.arguments.len());
    for (index, given) in call.arguments.iter().enumerate() {
        let shape = argument(given, scope)?;
        // Literals are checked by the rules for intrinsic functions.
        let is_computed = matches!(given.kind, ArgumentKind::Path(_) | ArgumentKind::Call(_));
        let kind = call.function.and_then(|function| function.parameter(index));
        if let Some((expected, accepted)) = kind.and_then(accepted)
            && is_computed
            && shape.meet(&accepted).is_never()
        {
            return Err(Fault::InvalidArgument {
                function: call.name.to_string(),
                index,
                expected,
                found: shape,
            });
        }
        arguments.push(shape);
    }
    let returns = call.function.map_or(Returns::Any, |function| function.returns);
    match rejected(returns, &arguments) {
        Some((index, expected)) => Err(Fault::UnexpectedValue {
            argument: Some((call.name.to_string(), index)),
            expected,
            found: arguments[index].clone(),
        }),
        None => Ok(result(returns, &arguments)),
    }
}

fn argument(argument: &Argument, scope: Scope<'_>) -> Evaluation {
    match &argument.kind {
        ArgumentKind::Text(literal) => Ok(Shape::text(&literal.value)),
        ArgumentKind::Number(number) => Ok(Shape::from_value(&Value::Number(number.clone()))),
        ArgumentKind::Bool(truth) => Ok(Shape::from_value(&Value::Bool(*truth))),
        ArgumentKind::Null => Ok(Shape::null()),
        ArgumentKind::Path(path) => jsonpath::read(path, scope),
        ArgumentKind::Call(inner) => call(inner, scope),
    }
}

/// What a parameter accepts, in words and as a shape; `None` if it accepts everything.
fn accepted(kind: Kind) -> Option<(&'static str, Shape)> {
    Some(match kind {
        Kind::Any | Kind::Shallow => return None,
        Kind::Text => ("a string", Shape::string()),
        Kind::Integer => ("a number", Shape::number()),
        Kind::Array => ("an array", Shape::array_of(Shape::Any)),
        Kind::Object => ("an object", Shape::any_object()),
    })
}

/// The index of an argument whose every value makes the function fail, and what it accepts instead.
fn rejected(returns: Returns, arguments: &[Shape]) -> Option<(usize, Cow<'static, str>)> {
    match (returns, arguments) {
        (Returns::Parsed, [text, ..]) => {
            let constants = text.constants()?;
            let is_json = |value: &Value| value.as_str().is_none_or(|text| Value::parse(text).is_ok());
            let is_rejected = !constants.is_empty() && !constants.iter().any(is_json);
            is_rejected.then(|| (0, "JSON".into()))
        }
        (Returns::Item, [list, index]) => {
            let Shape::Union(union) = list else { return None };
            let max = union.array.as_ref().filter(|array| array.min > 0)?.max?;
            let constants = index.constants()?;
            let is_outside = |value: &Value| {
                let index = value.as_number().and_then(Number::as_i64);
                index.is_some_and(|index| usize::try_from(index).map_or(true, |index| index >= max))
            };
            let is_rejected = !constants.is_empty() && constants.iter().all(is_outside);
            is_rejected.then(|| (1, format!("an index below {max}").into()))
        }
        _ => None,
    }
}

/// The JSON value in the only string that an argument may be.
fn parsed(text: Option<&Shape>) -> Option<Shape> {
    match text?.constants()?.as_slice() {
        [Value::String(text)] => Value::parse(text).ok().map(|value| Shape::from_value(&value)),
        _ => None,
    }
}

/// The shape of a function's result.
fn result(returns: Returns, arguments: &[Shape]) -> Shape {
    let union = arguments.first().map(Shape::union);
    let array = union.as_deref().and_then(|union| union.array.as_ref());
    let items = || array.map_or(Shape::Any, Array::items);
    match returns {
        Returns::Any => Shape::Any,
        Returns::Parsed => parsed(arguments.first()).unwrap_or(Shape::Any),
        Returns::Text => Shape::string(),
        Returns::Number => Shape::number(),
        Returns::Boolean => Shape::boolean(),
        Returns::Texts => Shape::array_of(Shape::string()),
        Returns::Numbers => Shape::array_of(Shape::number()),
        Returns::Arguments => Array::tuple(arguments.to_vec()).into(),
        Returns::Items => Shape::array_of(items()),
        Returns::Batches => Shape::array_of(Shape::array_of(items())),
        Returns::Item => item(array, arguments.get(1)),
        Returns::Merged => merged(arguments),
    }
}

fn item(array: Option<&Array>, index: Option<&Shape>) -> Shape {
    let constants = index.and_then(Shape::constants);
    let index = match constants.as_deref() {
        Some([Value::Number(number)]) => number.as_i64().and_then(|index| usize::try_from(index).ok()),
        _ => None,
    };
    match (array, index) {
        (Some(array), Some(index)) => array.item(index).map_or(Shape::Any, |(shape, _)| shape),
        (Some(array), None) => array.items(),
        (None, _) => Shape::Any,
    }
}

/// The fields of the second object replace those of the first.
fn merged(arguments: &[Shape]) -> Shape {
    let objects = arguments
        .iter()
        .take(2)
        .map(|argument| argument.union().object.clone());
    let mut objects = objects.map(|object| object.unwrap_or_else(|| Object::of(Shape::Any)));
    match (objects.next(), objects.next()) {
        (Some(first), Some(second)) => first.merge(&second).into(),
        _ => Shape::any_object(),
    }
}
