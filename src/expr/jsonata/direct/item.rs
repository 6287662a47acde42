//! Values and operations of direct evaluation.

use jsonata_core::ast::BinaryOp;

use crate::expr::jsonata::limits::MAX_TEXT;
use crate::value::Value;

/// A value that is not an array.
#[derive(Clone, Copy)]
pub(super) enum Item<'v> {
    Value(&'v Value),
    Number(f64),
    Truth(bool),
    Text(&'v str),
}

/// What a path selects.
pub(super) enum Selected<'v> {
    One(&'v Value),
    Many(Vec<Item<'v>>),
}

/// The value or expression cannot be evaluated directly.
pub(super) struct Unsupported;

pub(super) type Evaluated<T> = Result<T, Unsupported>;

pub(super) const fn is_plain(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Add
            | BinaryOp::Subtract
            | BinaryOp::Multiply
            | BinaryOp::Divide
            | BinaryOp::Equal
            | BinaryOp::NotEqual
            | BinaryOp::LessThan
            | BinaryOp::LessThanOrEqual
            | BinaryOp::GreaterThan
            | BinaryOp::GreaterThanOrEqual
    )
}

pub(super) const fn is_arithmetic(op: BinaryOp) -> bool {
    matches!(
        op,
        BinaryOp::Add | BinaryOp::Subtract | BinaryOp::Multiply | BinaryOp::Divide
    )
}

impl Item<'_> {
    pub(super) fn number(self) -> Evaluated<f64> {
        match self {
            Self::Number(number) => Ok(number),
            Self::Value(Value::Number(number)) => Ok(number.as_f64()),
            _ => Err(Unsupported),
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Value(value) => value.as_str(),
            _ => None,
        }
    }
}

pub(super) fn binary<'v>(
    op: BinaryOp,
    left: Option<Item<'v>>,
    right: Option<Item<'v>>,
) -> Evaluated<Option<Item<'v>>> {
    let (Some(left), Some(right)) = (left, right) else {
        return Err(Unsupported);
    };
    let is_equality = matches!(op, BinaryOp::Equal | BinaryOp::NotEqual);
    if is_equality && let (Some(left), Some(right)) = (left.text(), right.text()) {
        return Ok(Some(Item::Truth((left == right) == (op == BinaryOp::Equal))));
    }
    let (left, right) = (left.number()?, right.number()?);
    #[expect(clippy::float_cmp, reason = "JSONata compares numbers exactly")]
    let result = match op {
        BinaryOp::Add => Item::Number(left + right),
        BinaryOp::Subtract => Item::Number(left - right),
        BinaryOp::Multiply => Item::Number(left * right),
        BinaryOp::Divide => Item::Number(left / right),
        BinaryOp::Equal => Item::Truth(left == right),
        BinaryOp::NotEqual => Item::Truth(left != right),
        BinaryOp::LessThan => Item::Truth(left < right),
        BinaryOp::LessThanOrEqual => Item::Truth(left <= right),
        BinaryOp::GreaterThan => Item::Truth(left > right),
        BinaryOp::GreaterThanOrEqual => Item::Truth(left >= right),
        _ => return Err(Unsupported),
    };
    match result {
        Item::Number(number) if !number.is_finite() => Err(Unsupported),
        result => Ok(Some(result)),
    }
}

pub(super) fn sum(selected: Selected<'_>) -> Evaluated<f64> {
    let mut total = 0.0;
    match selected {
        Selected::One(Value::Number(number)) => total = number.as_f64(),
        Selected::One(Value::Array(items)) if !items.is_empty() => {
            for item in items.iter() {
                total += Item::Value(item).number()?;
            }
        }
        Selected::Many(items) => {
            for item in items {
                total += item.number()?;
            }
        }
        Selected::One(_) => return Err(Unsupported),
    }
    // The sign of zero depends on how the numbers are added.
    if total.is_finite() && total != 0.0 {
        Ok(total)
    } else {
        Err(Unsupported)
    }
}

pub(super) fn join(selected: Selected<'_>, separator: &str) -> Evaluated<String> {
    let items: Vec<Item<'_>> = match selected {
        Selected::One(Value::Array(items)) if !items.is_empty() => items.iter().map(Item::Value).collect(),
        Selected::One(_) => return Err(Unsupported),
        Selected::Many(items) => items,
    };
    let mut joined = String::new();
    for (index, item) in items.iter().enumerate() {
        joined.push_str(if index > 0 { separator } else { "" });
        joined.push_str(item.text().ok_or(Unsupported)?);
        if joined.len() > MAX_TEXT {
            return Err(Unsupported);
        }
    }
    Ok(joined)
}
