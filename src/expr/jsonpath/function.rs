//! Jayway's functions, `$.a.length()`.

use super::ast::{Argument, Function};
use super::error::PathError;
use super::options::Options;
use crate::expr::java;
use crate::value::Value;

/// The result of `function` on `node`.
pub(super) fn call(function: &Function, node: &Value, options: Options<'_>) -> Result<Value, PathError> {
    let Some((_, run)) = FUNCTIONS.iter().find(|(name, _)| *name == &*function.name) else {
        let message = format!("Function with name: {} does not exist.", function.name);
        return Err(PathError::Invalid(message));
    };
    let arguments = function.arguments.iter().map(|argument| match argument {
        Argument::Value(value) => Ok(value.clone()),
        Argument::Path(path) => path.eval_with(options.document, options),
    });
    run(node, &arguments.collect::<Result<Vec<_>, _>>()?)
}

type Run = fn(&Value, &[Value]) -> Result<Value, PathError>;

const FUNCTIONS: [(&str, Run); 13] = [
    ("append", |node, arguments| {
        let mut node = node.clone();
        if let Some(items) = node.as_array_mut() {
            items.extend_from_slice(arguments);
        }
        Ok(node)
    }),
    ("avg", |node, arguments| {
        aggregate(node, arguments, |sums| sums.sum / sums.count)
    }),
    ("concat", |node, arguments| {
        let strings = node
            .as_array()
            .unwrap_or_default()
            .iter()
            .filter_map(Value::as_str);
        let mut text: String = strings.collect();
        text.extend(
            arguments
                .iter()
                .filter(|argument| !argument.is_null())
                .map(java::text),
        );
        Ok(text.into())
    }),
    ("first", |node, _| item(node, 0)),
    ("index", |node, arguments| {
        let Some(index) = numbers(arguments).next() else {
            return Err(failure("Index 0 out of bounds for length 0"));
        };
        #[expect(clippy::cast_possible_truncation, reason = "cut as Java's intValue cuts")]
        item(node, index as i64)
    }),
    ("keys", |node, _| {
        let keys = node
            .as_object()
            .map(|members| members.keys().map(|key| Value::String(key.clone())));
        Ok(keys.map_or(Value::Null, |keys| Value::array(keys.collect())))
    }),
    ("last", |node, _| item(node, -1)),
    ("length", |node, arguments| Ok(length(node, arguments))),
    ("max", |node, arguments| {
        aggregate(node, arguments, |sums| sums.max)
    }),
    ("min", |node, arguments| {
        aggregate(node, arguments, |sums| sums.min)
    }),
    ("size", |node, arguments| Ok(length(node, arguments))),
    ("stddev", |node, arguments| {
        aggregate(node, arguments, |s| {
            (s.squares / s.count - s.sum * s.sum / s.count / s.count).sqrt()
        })
    }),
    ("sum", |node, arguments| {
        aggregate(node, arguments, |sums| sums.sum)
    }),
];

fn failure(message: impl Into<String>) -> PathError {
    PathError::Evaluation(message.into())
}

/// Jayway's message for everything that its aggregations do not accept.
fn empty() -> PathError {
    failure("JsonPathException: Aggregation function attempted to calculate value using empty array")
}

fn length(node: &Value, arguments: &[Value]) -> Value {
    let counted = match arguments.first() {
        Some(argument @ (Value::Array(_) | Value::Object(_))) => argument,
        _ => node,
    };
    let length = match counted {
        Value::Array(items) => items.len(),
        Value::Object(members) => members.len(),
        _ => return Value::Null,
    };
    i64::try_from(length).unwrap_or(i64::MAX).into()
}

/// An item by its index; negative values count from the end, where Jayway never reaches the first item.
fn item(node: &Value, index: i64) -> Result<Value, PathError> {
    let items = node.as_array().ok_or_else(empty)?;
    let length = i64::try_from(items.len()).unwrap_or(i64::MAX);
    if index < 0 && length + index <= 0 {
        return Err(failure(format!(
            "Target index:{index} larger than object count:{length}"
        )));
    }
    let at = if index < 0 { length + index } else { index };
    let item = usize::try_from(at).ok().and_then(|at| items.get(at));
    item.cloned()
        .ok_or_else(|| failure(format!("Index {at} out of bounds for length {length}")))
}

/// The numbers among `values` and in the arrays among them.
fn numbers(values: &[Value]) -> impl Iterator<Item = f64> {
    let items = values.iter().flat_map(|value| match value {
        Value::Array(items) => items.as_slice(),
        other => std::slice::from_ref(other),
    });
    items.filter_map(|item| item.as_number().map(crate::value::Number::as_f64))
}

struct Sums {
    count: f64,
    sum: f64,
    squares: f64,
    min: f64,
    max: f64,
}

fn aggregate(node: &Value, arguments: &[Value], result: fn(&Sums) -> f64) -> Result<Value, PathError> {
    let mut sums = Sums {
        count: 0.0,
        sum: 0.0,
        squares: 0.0,
        min: f64::INFINITY,
        max: f64::NEG_INFINITY,
    };
    let own = node
        .as_array()
        .map(|_| std::slice::from_ref(node))
        .unwrap_or_default();
    for number in numbers(own).chain(numbers(arguments)) {
        sums.count += 1.0;
        sums.sum += number;
        sums.squares += number * number;
        sums.min = sums.min.min(number);
        sums.max = sums.max.max(number);
    }
    if sums.count == 0.0 {
        return Err(empty());
    }
    Ok(java::double(result(&sums)))
}
