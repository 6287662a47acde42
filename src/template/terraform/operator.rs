//! Operators.

use super::value::{boolean, equal, known_bool, known_number, number};
use crate::document::Node;
use crate::source::Span;

pub(super) fn is_unary(tag: &str) -> bool {
    matches!(tag, "!" | "-")
}

pub(super) fn is_binary(tag: &str) -> bool {
    matches!(
        tag,
        "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%"
    )
}

pub(super) fn unary(tag: &str, operand: &Node, span: Span) -> Option<Node> {
    match tag {
        "!" => Some(boolean(!known_bool(operand)?, span)),
        _ => Some(number(-known_number(operand)?, span)),
    }
}

/// The result of a logical operator whose first operand suffices.
pub(super) fn short_circuit(tag: &str, left: &Node, span: Span) -> Option<Node> {
    let decides = match tag {
        "||" => true,
        "&&" => false,
        _ => return None,
    };
    (known_bool(left) == Some(decides)).then(|| boolean(decides, span))
}

pub(super) fn binary(tag: &str, left: &Node, right: &Node, span: Span) -> Option<Node> {
    if let Some(found) = short_circuit(tag, right, span) {
        return Some(found);
    }
    let result = match tag {
        "||" => known_bool(left)? || known_bool(right)?,
        "&&" => known_bool(left)? && known_bool(right)?,
        "==" => equal(left, right)?,
        "!=" => !equal(left, right)?,
        _ => {
            let (left, right) = (known_number(left)?, known_number(right)?);
            match tag {
                "<" => left < right,
                "<=" => left <= right,
                ">" => left > right,
                ">=" => left >= right,
                _ => return arithmetic(tag, left, right).map(|result| number(result, span)),
            }
        }
    };
    Some(boolean(result, span))
}

fn arithmetic(tag: &str, left: f64, right: f64) -> Option<f64> {
    match tag {
        "+" => Some(left + right),
        "-" => Some(left - right),
        "*" => Some(left * right),
        "/" => Some(left / right),
        "%" => Some(left % right),
        _ => None,
    }
}
