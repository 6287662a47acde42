//! Predicates about one value, and their truth for each kind of value.

use crate::asl::semantics::comparison::{is_satisfied, string_order};
use crate::asl::semantics::string_pattern::Pattern;
use crate::asl::semantics::timestamp::instant;
use crate::asl::state::choice::Comparison;
use jiff::Timestamp;
use std::cmp::Ordering;

/// A statement about one value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Predicate {
    /// `String…`
    Text(Comparison, String),
    /// `StringMatches`
    Matches(Pattern),
    /// `Numeric…`
    Number(Comparison, f64),
    /// `BooleanEquals`
    Boolean(bool),
    /// `Timestamp…`
    Time(Comparison, Timestamp),
    /// `Is…`, with its operand.
    Is(Comparison, bool),
    /// JSONata's `=`.
    Equals(Literal),
    /// JSONata's `!=`.
    Differs(Literal),
    /// JSONata's `<`, `<=`, `>`, `>=`.
    Orders(Comparison, Literal),
    /// JSONata: the value itself.
    IsTrue,
    /// JSONata's `$exists`.
    Exists,
    /// Something that is not analyzed: it may be true or false.
    Opaque,
}

/// A value written down in JSONata.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Literal {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
}

/// A kind of values that the predicates about them cannot distinguish.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Case {
    /// The path finds nothing.
    Missing,
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// This number.
    Number(f64),
    /// Exactly this string.
    Text(String),
    /// A string that no predicate names.
    OtherText {
        /// It is ordered like this one.
        like: String,
        /// The instant it represents, if it is a timestamp.
        time: Option<Timestamp>,
    },
    /// An array or an object.
    Structure,
}

/// The truth of a predicate or formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    /// Yes.
    True,
    /// No.
    False,
    /// JSONata returns nothing: false for `and` and `or`, an error by itself.
    Undefined,
    /// The execution fails.
    Fails,
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::True } else { Self::False }
    }
}

/// Whether an order satisfies a comparison; unordered values do not.
fn is(comparison: Comparison, order: Option<Ordering>) -> bool {
    order.is_some_and(|order| is_satisfied(comparison, order))
}

impl Predicate {
    /// The possible truths for a kind of values; several if the kind does not determine it.
    pub(super) fn truths(&self, case: &Case) -> &'static [Truth] {
        const EITHER: &[Truth] = &[Truth::True, Truth::False];
        let truth = match self {
            Self::Opaque => return EITHER,
            Self::Is(Comparison::IsPresent, wanted) => ((*case != Case::Missing) == *wanted).into(),
            Self::Text(..)
            | Self::Matches(_)
            | Self::Number(..)
            | Self::Boolean(_)
            | Self::Time(..)
            | Self::Is(..)
                if *case == Case::Missing =>
            {
                Truth::Fails
            }
            Self::Text(comparison, operand) => text_of(case, *comparison, operand).into(),
            Self::Matches(pattern) => match case {
                Case::Text(text) => pattern.matches(text).into(),
                Case::OtherText { .. } if pattern.matches_everything() => Truth::True,
                Case::OtherText { .. } if pattern.literal().is_none() => return EITHER,
                _ => Truth::False,
            },
            Self::Number(comparison, operand) => match case {
                Case::Number(n) => is(*comparison, n.partial_cmp(operand)).into(),
                _ => Truth::False,
            },
            Self::Boolean(operand) => (*case == Case::Bool(*operand)).into(),
            Self::Time(comparison, operand) => {
                is(*comparison, time_of(case).map(|time| time.cmp(operand))).into()
            }
            Self::Is(comparison, wanted) => (is_of_type(*comparison, case) == *wanted).into(),
            Self::Exists => (*case != Case::Missing).into(),
            Self::IsTrue => match case {
                Case::Missing => Truth::Undefined,
                Case::Bool(value) => (*value).into(),
                _ => return &[Truth::True, Truth::False, Truth::Fails],
            },
            // A missing value is neither equal to nor different from a literal.
            Self::Equals(_) | Self::Differs(_) if *case == Case::Missing => Truth::False,
            Self::Equals(literal) => equals(case, literal).into(),
            Self::Differs(literal) => (!equals(case, literal)).into(),
            Self::Orders(comparison, literal) => match (case, literal) {
                (Case::Missing, _) => Truth::Undefined,
                (Case::Number(n), Literal::Number(operand)) => is(*comparison, n.partial_cmp(operand)).into(),
                (Case::Text(_) | Case::OtherText { .. }, Literal::Text(operand)) => {
                    text_of(case, *comparison, operand).into()
                }
                _ => Truth::Fails,
            },
        };
        match truth {
            Truth::True => &[Truth::True],
            Truth::False => &[Truth::False],
            Truth::Undefined => &[Truth::Undefined],
            Truth::Fails => &[Truth::Fails],
        }
    }

    /// The number that it compares values with.
    pub(super) const fn number(&self) -> Option<f64> {
        match self {
            Self::Number(_, number)
            | Self::Equals(Literal::Number(number))
            | Self::Differs(Literal::Number(number))
            | Self::Orders(_, Literal::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// The string that it compares values with.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(_, text)
            | Self::Equals(Literal::Text(text))
            | Self::Differs(Literal::Text(text))
            | Self::Orders(_, Literal::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// Whether the predicate is meant for values of this kind.
    pub(super) fn expects(&self, case: &Case) -> bool {
        let literal = match self {
            Self::Opaque | Self::Exists | Self::Is(Comparison::IsPresent, _) => return true,
            Self::Is(..) => return *case != Case::Missing,
            Self::Text(..) | Self::Matches(_) => {
                return matches!(case, Case::Text(_) | Case::OtherText { .. });
            }
            Self::Time(..) => return time_of(case).is_some(),
            Self::Number(..) => return matches!(case, Case::Number(_)),
            Self::Boolean(_) | Self::IsTrue => return matches!(case, Case::Bool(_)),
            Self::Equals(literal) | Self::Differs(literal) | Self::Orders(_, literal) => literal,
        };
        match literal {
            Literal::Null => *case != Case::Missing,
            Literal::Bool(_) => matches!(case, Case::Bool(_)),
            Literal::Number(_) => matches!(case, Case::Number(_)),
            Literal::Text(_) => matches!(case, Case::Text(_) | Case::OtherText { .. }),
        }
    }
}

/// The numbers that predicates compare values with, in order, each once.
pub(super) fn named_numbers(predicates: &[&Predicate]) -> Vec<f64> {
    let mut named: Vec<f64> = predicates
        .iter()
        .filter_map(|predicate| predicate.number())
        .collect();
    named.sort_by(f64::total_cmp);
    named.dedup();
    named
}

fn text_of(case: &Case, comparison: Comparison, operand: &str) -> bool {
    match case {
        Case::Text(text) => is(comparison, Some(string_order(text, operand))),
        Case::OtherText { like, .. } => is(comparison, Some(string_order(like, operand))),
        _ => false,
    }
}

fn time_of(case: &Case) -> Option<Timestamp> {
    match case {
        Case::Text(text) => instant(text),
        Case::OtherText { time, .. } => *time,
        _ => None,
    }
}

fn is_of_type(comparison: Comparison, case: &Case) -> bool {
    match comparison {
        Comparison::IsNull => *case == Case::Null,
        Comparison::IsBoolean => matches!(case, Case::Bool(_)),
        Comparison::IsNumeric => matches!(case, Case::Number(_)),
        Comparison::IsString => matches!(case, Case::Text(_) | Case::OtherText { .. }),
        Comparison::IsTimestamp => time_of(case).is_some(),
        _ => false,
    }
}

fn equals(case: &Case, literal: &Literal) -> bool {
    match (case, literal) {
        (Case::Null, Literal::Null) => true,
        (Case::Bool(a), Literal::Bool(b)) => a == b,
        (Case::Number(a), Literal::Number(b)) => a.partial_cmp(b) == Some(Ordering::Equal),
        (Case::Text(a), Literal::Text(b)) => a == b,
        _ => false,
    }
}
