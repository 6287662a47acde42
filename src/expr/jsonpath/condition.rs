//! Evaluation of filter conditions by the rules of Jayway's evaluators.

use std::cmp::Ordering;
use std::rc::Rc;

use super::ast::{Comparison, Condition, Operand, Path, Pattern};
use super::error::PathError;
use super::options::Options;
use crate::value::{Number, Value};

/// An evaluated operand.
enum Side<'a> {
    /// A path that selects nothing. It equals nothing, not even itself.
    Undefined,
    Value(Value),
    Pattern(&'a Pattern),
}

/// The effect of a comparison that is not possible.
enum Incomparable {
    /// The item does not meet the condition.
    NoMatch,
    /// The entire path fails.
    Error(PathError),
}

/// Whether `item` meets `condition`.
pub(super) fn is_met(condition: &Condition, item: &Value, options: Options<'_>) -> Result<bool, PathError> {
    match test(condition, item, options) {
        Ok(is_met) => Ok(is_met),
        Err(Incomparable::NoMatch) => Ok(false),
        Err(Incomparable::Error(error)) => Err(error),
    }
}

fn test(condition: &Condition, item: &Value, options: Options<'_>) -> Result<bool, Incomparable> {
    match condition {
        Condition::And(parts) => {
            for part in parts {
                if !test(part, item, options)? {
                    return Ok(false);
                }
            }
            Ok(true)
        }
        Condition::Or(parts) => {
            for part in parts {
                if test(part, item, options)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        Condition::Not(part) => Ok(!test(part, item, options)?),
        Condition::Exists { path, wanted } => {
            let Operand::Path { path, .. } = path else {
                return Err(Incomparable::NoMatch);
            };
            // Jayway evaluates both `@` and `$` on the item here.
            let options = Options {
                require_members: true,
                ..options
            };
            match path.eval_with(item, options) {
                Ok(_) => Ok(*wanted),
                Err(PathError::NotFound(_)) => Ok(!wanted),
                Err(error) => Err(incomparable(error)),
            }
        }
        Condition::Compare {
            left,
            operator,
            right,
        } => {
            let left = side(left, item, options)?;
            let right = side(right, item, options)?;
            compare(&left, *operator, &right)
        }
    }
}

fn incomparable(error: PathError) -> Incomparable {
    match error {
        PathError::Invalid(_) => Incomparable::NoMatch,
        other => Incomparable::Error(other),
    }
}

fn side<'a>(operand: &'a Operand, item: &Value, options: Options<'_>) -> Result<Side<'a>, Incomparable> {
    match operand {
        Operand::Literal(value) => Ok(Side::Value(value.clone())),
        Operand::Word(word) => Ok(Side::Value(Value::String(Rc::clone(word)))),
        Operand::Pattern(pattern) => Ok(Side::Pattern(pattern)),
        Operand::Path { path, of_item } => {
            let root = if *of_item { item } else { options.document };
            find(path, root, options)
        }
    }
}

fn find<'a>(path: &Path, root: &Value, options: Options<'_>) -> Result<Side<'a>, Incomparable> {
    let options = Options {
        require_members: false,
        ..options
    };
    match path.eval_with(root, options) {
        Ok(value) => Ok(Side::Value(value)),
        Err(PathError::NotFound(_)) => Ok(Side::Undefined),
        Err(error) => Err(incomparable(error)),
    }
}

fn compare(left: &Side<'_>, operator: Comparison, right: &Side<'_>) -> Result<bool, Incomparable> {
    let ordered = |wanted: fn(Ordering) -> bool| Ok(order(left, right).is_some_and(wanted));
    match operator {
        Comparison::Equal => Ok(equal(left, right)),
        Comparison::NotEqual => Ok(!equal(left, right)),
        Comparison::TypedEqual => Ok(same_type(left, right) && equal(left, right)),
        Comparison::TypedNotEqual => Ok(!(same_type(left, right) && equal(left, right))),
        Comparison::Less => ordered(Ordering::is_lt),
        Comparison::LessOrEqual => ordered(Ordering::is_le),
        Comparison::Greater => ordered(Ordering::is_gt),
        Comparison::GreaterOrEqual => ordered(Ordering::is_ge),
        Comparison::Matches => Ok(matches(left, right)),
        Comparison::In => is_in(left, right),
        Comparison::NotIn => is_in(left, right).map(|is| !is),
        Comparison::Contains => Ok(contains(left, right)),
        Comparison::Size => Ok(has_size(left, right)),
        Comparison::Empty => is_empty(left, right),
        Comparison::SubsetOf => lists(left, right, |left, right| {
            left.iter().all(|item| has(right, item))
        }),
        Comparison::AnyOf => lists(left, right, |left, right| {
            left.iter().any(|item| has(right, item))
        }),
        Comparison::NoneOf => lists(left, right, |left, right| {
            !left.iter().any(|item| has(right, item))
        }),
        Comparison::Exists => match (left, right) {
            (Side::Value(Value::Bool(left)), Side::Value(Value::Bool(right))) => Ok(left == right),
            (Side::Value(Value::Bool(_)), _) | (_, Side::Value(Value::Bool(_))) => Err(Incomparable::NoMatch),
            _ => Err(Incomparable::Error(PathError::Evaluation(
                "Failed to evaluate exists expression".to_owned(),
            ))),
        },
        // Jayway expects a list or a class created by Java code on the right, which no text can express.
        Comparison::All | Comparison::Type => Err(Incomparable::NoMatch),
    }
}

fn equal(left: &Side<'_>, right: &Side<'_>) -> bool {
    match (left, right) {
        (Side::Value(left), Side::Value(right)) => alike(left, right),
        _ => false,
    }
}

/// Equality where a string and a number may have the same text: the type of the left operand determines the comparison.
fn alike(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::String(text), Value::Number(number)) => **text == *number.to_string(),
        (Value::Number(number), Value::String(text)) => parsed(text).is_some_and(|other| other == *number),
        _ => left == right,
    }
}

fn parsed(text: &str) -> Option<Number> {
    match Value::parse(text) {
        Ok(Value::Number(number)) => Some(number),
        _ => None,
    }
}

fn same_type(left: &Side<'_>, right: &Side<'_>) -> bool {
    match (left, right) {
        (
            Side::Value(Value::Array(_) | Value::Object(_)),
            Side::Value(Value::Array(_) | Value::Object(_)),
        ) => true,
        (Side::Value(left), Side::Value(right)) => left.type_name() == right.type_name(),
        _ => false,
    }
}

fn order(left: &Side<'_>, right: &Side<'_>) -> Option<Ordering> {
    match (left, right) {
        (Side::Value(Value::Number(left)), Side::Value(Value::Number(right))) => Some(left.cmp(right)),
        (Side::Value(Value::String(left)), Side::Value(Value::String(right))) => {
            Some(left.encode_utf16().cmp(right.encode_utf16()))
        }
        _ => None,
    }
}

fn matches(left: &Side<'_>, right: &Side<'_>) -> bool {
    let (pattern, value) = match (left, right) {
        (Side::Pattern(_), Side::Pattern(_)) => return false,
        (Side::Pattern(pattern), value) | (value, Side::Pattern(pattern)) => (pattern, value),
        _ => return false,
    };
    match value {
        Side::Value(Value::Array(items)) => items.iter().any(|item| pattern.is_match(&subject(item))),
        Side::Value(value) => pattern.is_match(&subject(value)),
        _ => pattern.is_match(""),
    }
}

/// The text that a pattern is matched against.
fn subject(value: &Value) -> String {
    match value {
        Value::String(text) => text.as_ref().to_owned(),
        Value::Number(_) | Value::Bool(_) => value.to_json(),
        _ => String::new(),
    }
}

fn has(items: &[Value], wanted: &Value) -> bool {
    items.iter().any(|item| alike(wanted, item))
}

fn is_in(left: &Side<'_>, right: &Side<'_>) -> Result<bool, Incomparable> {
    match (left, right) {
        (Side::Value(left), Side::Value(Value::Array(items))) => Ok(has(items, left)),
        (_, Side::Value(Value::Array(_) | Value::Object(_))) => Ok(false),
        _ => Err(Incomparable::NoMatch),
    }
}

fn contains(left: &Side<'_>, right: &Side<'_>) -> bool {
    match (left, right) {
        (Side::Value(Value::String(text)), Side::Value(Value::String(part))) => text.contains(part.as_ref()),
        (Side::Value(Value::Array(items)), Side::Value(wanted)) => has(items, wanted),
        _ => false,
    }
}

fn has_size(left: &Side<'_>, right: &Side<'_>) -> bool {
    let (Side::Value(left), Side::Value(Value::Number(size))) = (left, right) else {
        return false;
    };
    let length = match left {
        Value::String(text) => text.encode_utf16().count(),
        Value::Array(items) => items.len(),
        _ => return false,
    };
    size.as_i64() == i64::try_from(length).ok()
}

fn is_empty(left: &Side<'_>, right: &Side<'_>) -> Result<bool, Incomparable> {
    let empty = match left {
        Side::Value(Value::String(text)) => text.is_empty(),
        Side::Value(Value::Array(items)) => items.is_empty(),
        Side::Value(Value::Object(members)) => members.is_empty(),
        _ => return Ok(false),
    };
    match right {
        Side::Value(Value::Bool(wanted)) => Ok(empty == *wanted),
        _ => Err(Incomparable::NoMatch),
    }
}

fn lists(
    left: &Side<'_>,
    right: &Side<'_>,
    test: impl Fn(&[Value], &[Value]) -> bool,
) -> Result<bool, Incomparable> {
    match (left, right) {
        (Side::Value(Value::Array(left)), Side::Value(Value::Array(right))) => Ok(test(left, right)),
        (
            Side::Value(Value::Array(_) | Value::Object(_)),
            Side::Value(Value::Array(_) | Value::Object(_)),
        ) => Ok(false),
        _ => Err(Incomparable::NoMatch),
    }
}
