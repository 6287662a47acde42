//! The shapes of calls of built-in functions.
//!
//! Source: JSONata documentation, "Function library"; Step Functions developer guide, "JSONata functions".

use super::outcome::{Evaluated, Outcome};
use super::sequence;
use crate::shape::fault::Fault;
use crate::shape::types::Object;
use crate::shape::types::Shape;

/// What the first argument of a function must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Accepts {
    Anything,
    Text,
    Number,
    /// A number or an array of numbers.
    Numbers,
    /// A string or an array of strings.
    Texts,
    /// A number, a string, or a boolean.
    Scalar,
    /// An object or an array of objects.
    Objects,
}

/// What the value of a function is.
#[derive(Clone, Copy)]
enum Gives {
    Text,
    Number,
    Boolean,
    /// An array of strings.
    Texts,
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
    accepts: Accepts,
    gives: Gives,
    /// Whether an undefined first argument makes the result undefined.
    is_undefined_for_undefined: bool,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the table of functions is a match on Option"
)]
const fn signature(accepts: Accepts, gives: Gives) -> Option<Signature> {
    Some(Signature {
        accepts,
        gives,
        is_undefined_for_undefined: true,
    })
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the table of functions is a match on Option"
)]
const fn defined(gives: Gives) -> Option<Signature> {
    Some(Signature {
        accepts: Accepts::Anything,
        gives,
        is_undefined_for_undefined: false,
    })
}

fn find(name: &str) -> Option<Signature> {
    match name {
        "string" => signature(Accepts::Anything, Gives::Text),
        "length" => signature(Accepts::Text, Gives::Number),
        "substring" | "substringBefore" | "substringAfter" | "uppercase" | "lowercase" | "trim" | "pad"
        | "replace" | "base64encode" | "base64decode" | "encodeUrlComponent" | "encodeUrl"
        | "decodeUrlComponent" | "decodeUrl" | "hash" => signature(Accepts::Text, Gives::Text),
        "contains" => signature(Accepts::Text, Gives::Boolean),
        "split" => signature(Accepts::Text, Gives::Texts),
        "join" => signature(Accepts::Texts, Gives::Text),
        "number" => signature(Accepts::Scalar, Gives::Number),
        "toMillis" | "parseInteger" => signature(Accepts::Text, Gives::Number),
        "abs" | "floor" | "ceil" | "round" | "power" | "sqrt" => signature(Accepts::Number, Gives::Number),
        "formatNumber" | "formatBase" | "formatInteger" | "fromMillis" => {
            signature(Accepts::Number, Gives::Text)
        }
        "sum" | "max" | "min" | "average" => signature(Accepts::Numbers, Gives::Number),
        "boolean" | "not" => signature(Accepts::Anything, Gives::Boolean),
        "exists" => defined(Gives::Boolean),
        "count" | "random" | "millis" => defined(Gives::Number),
        "now" | "uuid" => defined(Gives::Text),
        "sort" | "reverse" | "shuffle" => signature(Accepts::Anything, Gives::Members),
        "distinct" => signature(Accepts::Anything, Gives::Sequence),
        "partition" => signature(Accepts::Anything, Gives::Batches),
        "single" => signature(Accepts::Anything, Gives::Member),
        "range" => signature(Accepts::Anything, Gives::Numbers),
        "parse" => signature(Accepts::Text, Gives::Anything),
        "merge" => signature(Accepts::Objects, Gives::Anything),
        "lookup" | "spread" | "match" | "zip" => signature(Accepts::Anything, Gives::Anything),
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
            if let Some(signature) = find(name) {
                check(name, &signature, first)?;
            }
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
    check(name, &signature, first)?;
    let shape = match signature.gives {
        Gives::Text => Shape::string(),
        Gives::Number => Shape::number(),
        Gives::Boolean => Shape::boolean(),
        Gives::Texts => Shape::array_of(Shape::string()),
        Gives::Numbers => one_or_several(&Shape::number()),
        Gives::Members => Shape::array_of(items()),
        Gives::Sequence => one_or_several(&items()),
        Gives::Batches => Shape::array_of(Shape::array_of(items())),
        Gives::Member => items(),
        Gives::Anything => Shape::Any,
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

/// Fails if the first argument is certainly something that the function does not accept.
fn check(name: &str, signature: &Signature, first: &Outcome) -> Result<(), Fault> {
    if !first.is_defined() || first.shape.is_any() || first.shape.is_never() {
        return Ok(());
    }
    let union = first.shape.union();
    let array_of = |accepted: &Shape| {
        union
            .array
            .as_ref()
            .is_some_and(|array| array.min == 0 || !array.items().meet(accepted).is_never())
    };
    let (is_accepted, expected) = match signature.accepts {
        Accepts::Anything => return Ok(()),
        Accepts::Text => (!union.strings.is_never(), "a string"),
        Accepts::Number => (!union.numbers.is_never(), "a number"),
        Accepts::Numbers => (
            !union.numbers.is_never() || array_of(&Shape::number()),
            "an array of numbers",
        ),
        Accepts::Scalar => (
            !union.numbers.is_never() || !union.strings.is_never() || !union.booleans.is_never(),
            "a number, a string, or a boolean",
        ),
        Accepts::Objects => (
            union.object.is_some() || array_of(&Shape::any_object()),
            "an array of objects",
        ),
        Accepts::Texts => (
            !union.strings.is_never() || array_of(&Shape::string()),
            "an array of strings",
        ),
    };
    if is_accepted {
        return Ok(());
    }
    Err(Fault::InvalidArgument {
        function: format!("${name}"),
        index: 0,
        expected,
        found: first.shape.clone(),
    })
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
