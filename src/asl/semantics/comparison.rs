//! The order of values in the rules of a Choice.

use crate::asl::state::choice::Comparison;
use crate::value::Number;
use std::cmp::Ordering;

/// Whether an ordering satisfies a comparison; false for comparisons without an order, such as `IsNull`.
pub fn is_satisfied(comparison: Comparison, ordering: Ordering) -> bool {
    match comparison {
        Comparison::Equal => ordering.is_eq(),
        Comparison::Less => ordering.is_lt(),
        Comparison::Greater => ordering.is_gt(),
        Comparison::LessOrEqual => ordering.is_le(),
        Comparison::GreaterOrEqual => ordering.is_ge(),
        _ => false,
    }
}

/// The order of strings: by UTF-16 code units, as Java compares them, in both query languages.
pub fn string_order(left: &str, right: &str) -> Ordering {
    if left.is_ascii() && right.is_ascii() {
        return left.cmp(right);
    }
    left.encode_utf16().cmp(right.encode_utf16())
}

/// The order of numbers by value: `0` equals `0.0`.
pub fn numeric_order(left: &Number, right: &Number) -> Ordering {
    match (left.as_i64(), right.as_i64()) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ if left == right => Ordering::Equal,
        _ => left
            .as_f64()
            .partial_cmp(&right.as_f64())
            .unwrap_or(Ordering::Equal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Value;

    #[test]
    fn numbers_compare_by_value() {
        let number = |text: &str| Value::parse(text).unwrap().as_number().unwrap().clone();
        for (left, right, ordering) in [
            ("0", "0.0", Ordering::Equal),
            ("1.5", "2", Ordering::Less),
            ("9007199254740993", "9007199254740992", Ordering::Greater),
        ] {
            assert_eq!(
                numeric_order(&number(left), &number(right)),
                ordering,
                "{left} {right}"
            );
        }
    }

    #[test]
    fn strings_compare_by_utf_16_code_unit() {
        for (left, right, ordering) in [
            ("a", "b", Ordering::Less),
            ("a", "a", Ordering::Equal),
            ("\u{ff5e}", "\u{1f600}", Ordering::Greater),
        ] {
            assert_eq!(string_order(left, right), ordering, "{left} {right}");
        }
    }

    #[test]
    fn orderings_satisfy_comparisons() {
        for (comparison, satisfied) in [
            (Comparison::Equal, [false, true, false]),
            (Comparison::Less, [true, false, false]),
            (Comparison::LessOrEqual, [true, true, false]),
            (Comparison::Greater, [false, false, true]),
            (Comparison::GreaterOrEqual, [false, true, true]),
            (Comparison::IsNull, [false; 3]),
        ] {
            let orderings = [Ordering::Less, Ordering::Equal, Ordering::Greater];
            assert_eq!(orderings.map(|o| is_satisfied(comparison, o)), satisfied);
        }
    }
}
