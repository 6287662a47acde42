//! The values that the predicates about one subject can distinguish.

use super::predicate::{Case, Predicate, Truth, named_numbers};
use crate::asl::semantics::comparison::string_order;
use crate::asl::semantics::timestamp::instant;
use crate::asl::state::choice::Comparison;
use jiff::{SignedDuration, Timestamp};

/// The truth of the predicates about a subject for one kind of values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// The truth of each predicate.
    pub truths: Vec<Truth>,
    /// At least one of the predicates is meant for such values.
    pub is_expected: bool,
}

/// More rows than this are not analyzed.
const MAX_ROWS: usize = 2_048;

/// Every combination of truths that some value may have; `None` if there are too many.
pub(super) fn rows(predicates: &[&Predicate]) -> Option<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::new();
    for case in cases(predicates) {
        let is_expected = predicates.iter().any(|predicate| predicate.expects(&case));
        let first = rows.len();
        rows.push(Row {
            truths: Vec::with_capacity(predicates.len()),
            is_expected,
        });
        for predicate in predicates {
            let (truth, others) = predicate.truths(&case).split_first()?;
            let known = rows.len();
            for other in others {
                rows.extend_from_within(first..known);
                let longer = rows.len() + first - known;
                for row in &mut rows[longer..] {
                    row.truths.push(*other);
                }
            }
            for row in &mut rows[first..known] {
                row.truths.push(*truth);
            }
            if rows.len() > MAX_ROWS {
                return None;
            }
        }
    }
    rows.sort_unstable_by(|a, b| a.truths.cmp(&b.truths));
    rows.dedup_by(|later, kept| {
        let is_same = later.truths == kept.truths;
        kept.is_expected |= is_same && later.is_expected;
        is_same
    });
    Some(rows)
}

/// Every kind of values that the predicates can distinguish.
fn cases(predicates: &[&Predicate]) -> Vec<Case> {
    if predicates
        .iter()
        .all(|predicate| **predicate == Predicate::Opaque)
    {
        // Opaque predicates do not distinguish any values: one kind represents all.
        return vec![Case::Structure];
    }
    let mut cases = vec![
        Case::Missing,
        Case::Null,
        Case::Bool(true),
        Case::Bool(false),
        Case::Structure,
    ];
    cases.extend(numbers(predicates).into_iter().map(Case::Number));
    texts(predicates, &mut cases);
    cases
}

/// The numbers that the predicates name, and one in each gap between them.
fn numbers(predicates: &[&Predicate]) -> Vec<f64> {
    let named = named_numbers(predicates);
    let Some(first) = named.first() else {
        return vec![0.0];
    };
    let mut numbers = vec![first.next_down()];
    numbers.extend(named.iter().flat_map(|n| [*n, n.next_up()]));
    numbers
}

/// The strings that the predicates name, and for each gap between them one that is not a timestamp, and those that are.
fn texts(predicates: &[&Predicate], cases: &mut Vec<Case>) {
    let mut named: Vec<String> = predicates
        .iter()
        .filter_map(|predicate| match predicate {
            Predicate::Matches(pattern) => pattern.literal(),
            _ => predicate.text().map(str::to_owned),
        })
        .collect();
    named.sort_by(|a, b| string_order(a, b));
    named.dedup();
    let times = times(predicates);
    let mut gaps: Vec<String> = named.iter().map(|text| format!("{text}\0")).collect();
    if named.first().is_none_or(|first| !first.is_empty()) {
        gaps.push(String::new());
    }
    for like in gaps {
        let other = |time| Case::OtherText {
            like: like.clone(),
            time,
        };
        cases.push(other(None));
        cases.extend(times.iter().map(|time| other(Some(*time))));
    }
    cases.extend(named.into_iter().map(Case::Text));
}

/// The instants that the predicates name, and one in each gap between them; none if no predicate is about timestamps.
fn times(predicates: &[&Predicate]) -> Vec<Timestamp> {
    let mut named: Vec<Timestamp> = predicates
        .iter()
        .filter_map(|predicate| match predicate {
            Predicate::Time(_, time) => Some(*time),
            Predicate::Is(Comparison::IsTimestamp, _) => instant("2000-01-01T00:00:00Z"),
            _ => None,
        })
        .collect();
    named.sort_unstable();
    named.dedup();
    let near =
        |time: &Timestamp, nanoseconds: i64| time.checked_add(SignedDuration::from_nanos(nanoseconds)).ok();
    let before = named.first().and_then(|first| near(first, -1));
    let after = named.iter().flat_map(|time| [Some(*time), near(time, 1)]);
    before.into_iter().chain(after.flatten()).collect()
}
