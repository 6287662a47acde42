//! The shapes of calls of built-in functions.
//!
//! Source: JSONata documentation, "Function library"; Step Functions developer guide, "JSONata functions".

use super::outcome::{Evaluated, Outcome};
use super::sequence;
use crate::shape::fault::Fault;
use crate::shape::types::Object;
use crate::shape::types::Shape;

/// The type of a parameter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ParameterType {
    Anything,
    String,
    Number,
    /// A number or an array of numbers.
    Numbers,
    /// A string or an array of strings.
    Strings,
    /// A number, a string, or a boolean.
    Scalar,
    /// An object or an array of objects.
    Objects,
}

/// The type of a result.
#[derive(Clone, Copy)]
enum ResultType {
    String,
    Number,
    Boolean,
    /// An array of strings.
    Strings,
    /// A sequence of numbers.
    Numbers,
    /// An array of the members of the first argument.
    Members,
    /// A sequence of the members of the first argument.
    Sequence,
    /// An array of arrays of the members of the first argument.
    Batches,
    /// One of the members of the first argument.
    Member,
    /// Any value.
    Anything,
}

/// The signature of a function, to the extent that shapes need it.
struct Signature {
    parameter: ParameterType,
    result: ResultType,
    /// Whether an undefined first argument makes the result undefined.
    is_undefined_for_undefined: bool,
}

/// The types of the parameters after the first one.
fn other_parameters(name: &str) -> &'static [ParameterType] {
    use ParameterType::{Anything, Number, String};
    match name {
        "substring" => &[Number, Number],
        "pad" => &[Number, String],
        "substringBefore" | "substringAfter" | "join" | "hash" | "lookup" | "toMillis" | "formatNumber"
        | "formatInteger" | "parseInteger" => &[String],
        "fromMillis" => &[String, String],
        // A separator or pattern is a string or a regular expression, whose shape is any.
        "split" => &[String, Number],
        "contains" => &[String],
        "replace" => &[String, Anything, Number],
        "round" | "power" | "formatBase" | "partition" => &[Number],
        "range" => &[Number, Number],
        _ => &[],
    }
}

/// Whether the context replaces a missing first argument, even if there are others.
fn applies_to_context(name: &str) -> bool {
    !matches!(name, "join" | "hash" | "lookup" | "partition" | "range")
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the table of functions is a match on Option"
)]
const fn signature(parameter: ParameterType, result: ResultType) -> Option<Signature> {
    Some(Signature {
        parameter,
        result,
        is_undefined_for_undefined: true,
    })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the table of functions is a match on Option"
)]
const fn defined(result: ResultType) -> Option<Signature> {
    Some(Signature {
        parameter: ParameterType::Anything,
        result,
        is_undefined_for_undefined: false,
    })
}

fn find(name: &str) -> Option<Signature> {
    match name {
        "string" => signature(ParameterType::Anything, ResultType::String),
        "length" => signature(ParameterType::String, ResultType::Number),
        "substring" | "substringBefore" | "substringAfter" | "uppercase" | "lowercase" | "trim" | "pad"
        | "replace" | "base64encode" | "base64decode" | "encodeUrlComponent" | "encodeUrl"
        | "decodeUrlComponent" | "decodeUrl" | "hash" => signature(ParameterType::String, ResultType::String),
        "contains" => signature(ParameterType::String, ResultType::Boolean),
        "split" => signature(ParameterType::String, ResultType::Strings),
        "join" => signature(ParameterType::Strings, ResultType::String),
        "number" => signature(ParameterType::Scalar, ResultType::Number),
        "toMillis" | "parseInteger" => signature(ParameterType::String, ResultType::Number),
        "abs" | "floor" | "ceil" | "round" | "power" | "sqrt" => {
            signature(ParameterType::Number, ResultType::Number)
        }
        "formatNumber" | "formatBase" | "formatInteger" | "fromMillis" => {
            signature(ParameterType::Number, ResultType::String)
        }
        "sum" | "max" | "min" | "average" => signature(ParameterType::Numbers, ResultType::Number),
        "boolean" | "not" => signature(ParameterType::Anything, ResultType::Boolean),
        "exists" => defined(ResultType::Boolean),
        "count" | "random" | "millis" => defined(ResultType::Number),
        "now" | "uuid" => defined(ResultType::String),
        "sort" | "reverse" | "shuffle" => signature(ParameterType::Anything, ResultType::Members),
        "distinct" => signature(ParameterType::Anything, ResultType::Sequence),
        "partition" => signature(ParameterType::Anything, ResultType::Batches),
        "single" => signature(ParameterType::Anything, ResultType::Member),
        "range" => signature(ParameterType::Anything, ResultType::Numbers),
        "parse" => signature(ParameterType::String, ResultType::Anything),
        "merge" => signature(ParameterType::Objects, ResultType::Anything),
        "lookup" | "spread" | "match" | "zip" => signature(ParameterType::Anything, ResultType::Anything),
        _ => None,
    }
}

/// The outcome of a call; `apply` evaluates the function that the second argument is.
pub(super) fn call(
    name: &str,
    values: &[Outcome],
    context: &Outcome,
    apply: &mut dyn FnMut(&[Outcome]) -> Outcome,
) -> Evaluated {
    // Functions without arguments apply to the context.
    let first = values.first().unwrap_or(context);
    let items = || sequence::flattened(&first.shape);
    match name {
        "map" | "filter" | "each" | "sift" | "reduce" => {
            return Ok(higher_order(name, values, apply));
        }
        "keys" => return Ok(Outcome::possible(one_or_several(&Shape::string()))),
        "append" => return Ok(append(values)),
        "merge" => {
            check(name, ParameterType::Objects, values, context)?;
            return Ok(first.then(merge(&first.shape)));
        }
        "type" => return Ok(first.then(Shape::string())),
        // The author wants the expression to fail.
        "error" | "assert" => return Ok(Outcome::unknown()),
        _ => {}
    }
    let Some(signature) = find(name) else {
        return Ok(Outcome::unknown());
    };
    check(name, signature.parameter, values, context)?;
    let shape = match signature.result {
        ResultType::String => Shape::string(),
        ResultType::Number => Shape::number(),
        ResultType::Boolean => Shape::boolean(),
        ResultType::Strings => Shape::array_of(Shape::string()),
        ResultType::Numbers => one_or_several(&Shape::number()),
        ResultType::Members => Shape::array_of(items()),
        ResultType::Sequence => one_or_several(&items()),
        ResultType::Batches => Shape::array_of(Shape::array_of(items())),
        ResultType::Member => items(),
        ResultType::Anything => Shape::Any,
    };
    if !signature.is_undefined_for_undefined {
        return Ok(Outcome::value(shape));
    }
    let may_be_undefined = matches!(
        name,
        "max" | "min" | "average" | "lookup" | "match" | "partition" | "parse" | "range"
    ) || values.iter().skip(1).any(|value| !value.is_defined());
    let outcome = first.then(shape.clone());
    if may_be_undefined && outcome.is_defined() {
        return Ok(Outcome::possible(shape));
    }
    Ok(outcome)
}

/// Fails if the arguments are certainly something that the function does not accept.
fn check(name: &str, parameter: ParameterType, values: &[Outcome], context: &Outcome) -> Result<(), Fault> {
    let others = other_parameters(name);
    let all = || std::iter::once(parameter).chain(others.iter().copied());
    let unfit = |skipped: usize| {
        let mut pairs = values.iter().zip(all().skip(skipped));
        pairs.position(|(value, parameter)| !parameter.accepts(value))
    };
    // The context may replace the first argument, except outside all paths, where there is none.
    let has_context = context.is_defined() || !context.shape.is_any();
    let may_be_context = has_context && values.len() <= others.len() && applies_to_context(name);
    let (index, value) = match values {
        [] if parameter.accepts(context) => return Ok(()),
        [] => (0, context),
        _ => match unfit(0) {
            None => return Ok(()),
            Some(_) if may_be_context && unfit(1).is_none() => return Ok(()),
            Some(index) => (index, &values[index]),
        },
    };
    Err(Fault::InvalidArgument {
        function: format!("${name}"),
        index,
        expected: all().nth(index).unwrap_or(parameter).expected(),
        found: value.shape.clone(),
    })
}

impl ParameterType {
    /// Whether an argument may be accepted; an undefined one is.
    fn accepts(self, argument: &Outcome) -> bool {
        if !argument.is_defined() || argument.shape.is_any() || argument.shape.is_never() {
            return true;
        }
        let union = argument.shape.union();
        let array_of = |accepted: &Shape| {
            union
                .array
                .as_ref()
                .is_some_and(|array| array.min == 0 || !array.items().meet(accepted).is_never())
        };
        let (has_numbers, has_strings) = (!union.numbers.is_never(), !union.strings.is_never());
        match self {
            Self::Anything => true,
            Self::String => has_strings,
            Self::Number => has_numbers,
            Self::Numbers => has_numbers || array_of(&Shape::number()),
            Self::Scalar => has_numbers || has_strings || !union.booleans.is_never(),
            Self::Objects => union.object.is_some() || array_of(&Shape::any_object()),
            Self::Strings => has_strings || array_of(&Shape::string()),
        }
    }

    /// What is accepted, in words.
    const fn expected(self) -> &'static str {
        match self {
            Self::Anything => "any value",
            Self::String => "a string",
            Self::Number => "a number",
            Self::Numbers => "an array of numbers",
            Self::Scalar => "a number, a string, or a boolean",
            Self::Objects => "an array of objects",
            Self::Strings => "an array of strings",
        }
    }
}

fn higher_order(name: &str, values: &[Outcome], apply: &mut dyn FnMut(&[Outcome]) -> Outcome) -> Outcome {
    let [first, _, ..] = values else {
        return Outcome::unknown();
    };
    if first.is_undefined() {
        return first.then(Shape::never());
    }
    let items = sequence::flattened(&first.shape);
    match name {
        "filter" => Outcome::possible(one_or_several(&items)),
        "map" => {
            let each = apply(&[Outcome::value(items)]);
            // Results that are arrays stay arrays.
            Outcome::possible(one_or_several(&each.shape))
        }
        "sift" => Outcome::possible(Shape::any_object()),
        _ => Outcome::unknown(),
    }
}

fn append(values: &[Outcome]) -> Outcome {
    let [first, second] = values else {
        return Outcome::unknown();
    };
    if first.is_undefined() || second.is_undefined() {
        return Outcome::unknown();
    }
    let items = sequence::flattened(&first.shape).join(&sequence::flattened(&second.shape));
    Outcome::value(one_or_several(&items))
}

/// An item, or an array of any number of items.
fn one_or_several(items: &Shape) -> Shape {
    let array = Shape::array_of(items.clone());
    items.join(&array)
}

/// The merge of the objects in an array.
fn merge(argument: &Shape) -> Shape {
    let union = argument.union();
    let Some(array) = union.array.as_ref().filter(|_| !argument.is_any()) else {
        return Shape::any_object();
    };
    if array.exact_len() == Some(array.leading.len()) {
        let objects = array.leading.iter().map(|item| item.union().object.clone());
        let objects: Option<Vec<Object>> = objects.collect();
        let merged = objects.map(|objects| {
            objects
                .iter()
                .fold(Object::closed(), |all, object| all.merge(object))
        });
        return merged.map_or_else(Shape::any_object, Shape::from);
    }
    // Any of the objects may be there.
    let items = array.items();
    let union = items.union();
    let Some(object) = union.object.as_ref().filter(|_| !items.is_any()) else {
        return Shape::any_object();
    };
    let mut merged = object.clone();
    for field in merged.fields.values_mut() {
        field.is_certain = false;
    }
    merged.into()
}
