//! The values that the questions about one subject can tell apart.

use super::question::{Case, Literal, Test, Truth, instant, order};
use crate::asl::state::choice::Comparison;
use jiff::{SignedDuration, Timestamp};

/// What the questions about a subject are answered for one kind of value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    /// An answer for each question.
    pub truths: Vec<Truth>,
    /// It is a value that at least one of the questions reckons with.
    pub is_expected: bool,
}

/// More rows than this say that the questions are too many to go through.
const MAX_ROWS: usize = 2_048;

/// Every combination of answers that some value may give; `None` where there are too many.
pub(super) fn rows(tests: &[&Test]) -> Option<Vec<Row>> {
    let mut rows: Vec<Row> = Vec::new();
    for case in cases(tests) {
        let is_expected = tests.iter().any(|test| test.expects(&case));
        let first = rows.len();
        rows.push(Row {
            truths: Vec::with_capacity(tests.len()),
            is_expected,
        });
        for test in tests {
            let (answer, others) = test.answers(&case).split_first()?;
            let known = rows.len();
            for other in others {
                rows.extend_from_within(first..known);
                let longer = rows.len() + first - known;
                for row in &mut rows[longer..] {
                    row.truths.push(*other);
                }
            }
            for row in &mut rows[first..known] {
                row.truths.push(*answer);
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

/// A value of every kind that the questions can tell from others.
fn cases(tests: &[&Test]) -> Vec<Case> {
    if tests.iter().all(|test| **test == Test::Opaque) {
        // One that is never looked into stands for all.
        return vec![Case::Structure];
    }
    let mut cases = vec![
        Case::Missing,
        Case::Null,
        Case::Bool(true),
        Case::Bool(false),
        Case::Structure,
    ];
    cases.extend(numbers(tests).into_iter().map(Case::Number));
    texts(tests, &mut cases);
    cases
}

/// The numbers that are named, and one in each gap between them.
fn numbers(tests: &[&Test]) -> Vec<f64> {
    let mut named: Vec<f64> = tests
        .iter()
        .filter_map(|test| match test {
            Test::Number(_, n)
            | Test::Equals(Literal::Number(n))
            | Test::Differs(Literal::Number(n))
            | Test::Orders(_, Literal::Number(n)) => Some(*n),
            _ => None,
        })
        .collect();
    named.sort_by(f64::total_cmp);
    named.dedup();
    let Some(first) = named.first() else {
        return vec![0.0];
    };
    let mut numbers = vec![first.next_down()];
    numbers.extend(named.iter().flat_map(|n| [*n, n.next_up()]));
    numbers
}

/// The strings that are named, and for each gap between them one that is no timestamp, and those that are.
fn texts(tests: &[&Test], cases: &mut Vec<Case>) {
    let mut named: Vec<String> = tests
        .iter()
        .filter_map(|test| match test {
            Test::Text(_, s)
            | Test::Equals(Literal::Text(s))
            | Test::Differs(Literal::Text(s))
            | Test::Orders(_, Literal::Text(s)) => Some(s.clone()),
            Test::Matches(pattern) => pattern.literal(),
            _ => None,
        })
        .collect();
    named.sort_by(|a, b| order(a, b));
    named.dedup();
    let times = times(tests);
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

/// The instants that are named, and one in each gap between them; none where nobody asks.
fn times(tests: &[&Test]) -> Vec<Timestamp> {
    let mut named: Vec<Timestamp> = tests
        .iter()
        .filter_map(|test| match test {
            Test::Time(_, time) => Some(*time),
            Test::Is(Comparison::IsTimestamp, _) => instant("2000-01-01T00:00:00Z"),
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
