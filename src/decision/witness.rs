//! Values for each kind of values that predicates distinguish, as a person would write them.

use super::predicate::{Case, Literal, Predicate, named_numbers};
use crate::asl::semantics::timestamp::instant;
use crate::asl::state::choice::Comparison;
use crate::value::{Number, Value};
use jiff::{SignedDuration, Timestamp};

/// The values that a subject of these predicates may have, those that the predicates are meant for first.
pub(super) fn candidates(predicates: &[&Predicate]) -> Vec<Case> {
    let mut cases: Vec<Case> = texts(predicates).into_iter().map(Case::Text).collect();
    cases.extend(numbers(predicates).into_iter().map(Case::Number));
    cases.extend([
        Case::Bool(true),
        Case::Bool(false),
        Case::Structure,
        Case::Null,
        Case::Missing,
    ]);
    let unexpected = |case: &Case| predicates.iter().filter(|p| !p.expects(case)).count();
    cases.sort_by_cached_key(|case| (*case == Case::Missing, unexpected(case)));
    cases
}

/// A value of a kind; `None` for a missing one.
pub(super) fn value(case: &Case) -> Option<Value> {
    Some(match case {
        Case::Missing => return None,
        Case::Null => Value::Null,
        Case::Bool(truth) => Value::Bool(*truth),
        Case::Number(number) => number_value(*number),
        Case::Text(text) | Case::OtherText { like: text, .. } => Value::from(text.as_str()),
        Case::Structure => Value::empty_object(),
    })
}

/// A number, as an integer if it is one.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole numbers that fit are converted"
)]
fn number_value(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return Value::from(number as i64);
    }
    Number::from_f64(number).map_or(Value::Null, Value::Number)
}

/// The numbers that the predicates name, and one in each gap between them.
fn numbers(predicates: &[&Predicate]) -> Vec<f64> {
    let named = named_numbers(predicates);
    let Some(first) = named.first() else {
        return vec![1.0];
    };
    let mut numbers = Vec::with_capacity(named.len() * 2 + 1);
    for (at, number) in named.iter().enumerate() {
        numbers.push(*number);
        numbers.push(match named.get(at + 1) {
            Some(next) if next - number > 1.0 => number + 1.0,
            Some(next) => f64::midpoint(*number, *next),
            None => number + 1.0,
        });
    }
    numbers.push(first - 1.0);
    numbers
}

/// The strings that the predicates name, examples of their patterns, and others.
fn texts(predicates: &[&Predicate]) -> Vec<String> {
    let mut texts: Vec<String> = Vec::new();
    let mut is_ordered = false;
    for predicate in predicates {
        texts.extend(predicate.text().map(str::to_owned));
        match predicate {
            Predicate::Text(comparison, _) | Predicate::Orders(comparison, Literal::Text(_)) => {
                is_ordered |= *comparison != Comparison::Equal;
            }
            Predicate::Matches(pattern) => {
                texts.extend(["sample", ""].map(|filling| pattern.example(filling)));
            }
            Predicate::Time(_, time) => texts.extend(around(*time)),
            Predicate::Is(Comparison::IsTimestamp, _) => texts.push("2030-01-01T00:00:00Z".to_owned()),
            _ => {}
        }
    }
    if is_ordered {
        let after: Vec<String> = texts.iter().map(|text| format!("{text} ")).collect();
        texts.extend(after);
    }
    texts.extend(["other", "sample", "", "~"].map(str::to_owned));
    let mut seen = std::collections::HashSet::new();
    texts.retain(|text| seen.insert(text.clone()));
    texts
}

/// A timestamp, and those an hour before and after it.
fn around(time: Timestamp) -> impl Iterator<Item = String> {
    let hours = [0, -1, 1].map(SignedDuration::from_hours);
    hours
        .into_iter()
        .filter_map(move |shift| Some(time.checked_add(shift).ok()?.to_string()))
        .filter(|text| instant(text).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lie_on_and_between_those_named() {
        let orders = [3.0, 10.0, 10.5].map(|n| Predicate::Number(Comparison::Less, n));
        let all: Vec<&Predicate> = orders.iter().collect();
        assert_eq!(numbers(&all), [3.0, 4.0, 10.0, 10.25, 10.5, 11.5, 2.0]);
        assert_eq!(numbers(&[]), [1.0]);
    }

    #[test]
    fn values_of_the_expected_type_come_first() {
        let equals = Predicate::Text(Comparison::Equal, "paid".into());
        let cases = candidates(&[&equals]);
        assert_eq!(cases.first(), Some(&Case::Text("paid".into())));
        assert_eq!(cases.last(), Some(&Case::Missing));
        assert_eq!(value(&Case::Number(2.0)).map(|v| v.to_json()), Some("2".into()));
        assert_eq!(value(&Case::Missing), None);
    }
}
