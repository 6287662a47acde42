//! The shapes of calls of built-in functions.
//!
//! Source: JSONata documentation, "Function library"; Step Functions developer guide, "JSONata functions".

use super::outcome::{Evaluated, Outcome};
use super::sequence;
use crate::shape::fault::Fault;
use crate::shape::types::Object;
use crate::shape::types::Shape;

/// What an argument of a function must be.
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

/// What the arguments after the first one must be.
fn further(name: &str) -> &'static [Accepts] {
    use Accepts::{Anything, Number, Text};
    match name {
        "substring" => &[Number, Number],
        "pad" => &[Number, Text],
        "substringBefore" | "substringAfter" | "join" | "hash" | "lookup" | "toMillis" | "formatNumber"
        | "formatInteger" | "parseInteger" => &[Text],
        "fromMillis" => &[Text, Text],
        // A separator or pattern is a string or a regular expression, whose shape is any.
        "split" => &[Text, Number],
        "contains" => &[Text],
        "replace" => &[Text, Anything, Number],
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
            check(name, Accepts::Objects, values, context)?;
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
    check(name, signature.accepts, values, context)?;
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

/// Fails if the arguments are certainly something that the function does not accept.
fn check(name: &str, accepts: Accepts, values: &[Outcome], context: &Outcome) -> Result<(), Fault> {
    let further = further(name);
    let all = || std::iter::once(accepts).chain(further.iter().copied());
    let unfit = |skipped: usize| {
        let mut pairs = values.iter().zip(all().skip(skipped));
        pairs.position(|(value, accepts)| !accepts.accepts(value))
    };
    // The context may replace the first argument, except outside all paths, where there is none.
    let has_context = context.is_defined() || !context.shape.is_any();
    let may_be_context = has_context && values.len() <= further.len() && applies_to_context(name);
    let (index, value) = match values {
        [] if accepts.accepts(context) => return Ok(()),
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
        expected: all().nth(index).unwrap_or(accepts).expected(),
        found: value.shape.clone(),
    })
}

impl Accepts {
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
            Self::Text => has_strings,
            Self::Number => has_numbers,
            Self::Numbers => has_numbers || array_of(&Shape::number()),
            Self::Scalar => has_numbers || has_strings || !union.booleans.is_never(),
            Self::Objects => union.object.is_some() || array_of(&Shape::any_object()),
            Self::Texts => has_strings || array_of(&Shape::string()),
        }
    }

    /// What is accepted, in words.
    const fn expected(self) -> &'static str {
        match self {
            Self::Anything => "any value",
            Self::Text => "a string",
            Self::Number => "a number",
            Self::Numbers => "an array of numbers",
            Self::Scalar => "a number, a string, or a boolean",
            Self::Objects => "an array of objects",
            Self::Texts => "an array of strings",
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
