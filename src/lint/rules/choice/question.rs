//! What a condition asks of one value, and what it is answered.

use super::pattern::Pattern;
use crate::asl::state::choice::Comparison;
use jiff::Timestamp;
use std::cmp::Ordering;

/// A question about one value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
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
    /// `Is…`, and what it is to be.
    Is(Comparison, bool),
    /// JSONata's `=`.
    Equals(Literal),
    /// JSONata's `!=`.
    Differs(Literal),
    /// JSONata's `<`, `<=`, `>`, `>=`.
    Orders(Comparison, Literal),
    /// JSONata: the value itself.
    Holds,
    /// JSONata's `$exists`.
    Exists,
    /// Something that is not looked into: it may hold or not.
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

/// A value, as far as the questions about it can tell it from others.
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
    /// This very string.
    Text(String),
    /// A string that no question names.
    OtherText {
        /// It sorts as this one does.
        like: String,
        /// The instant it stands for, where it is a timestamp.
        time: Option<Timestamp>,
    },
    /// An array or an object.
    Structure,
}

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    /// Yes.
    True,
    /// No.
    False,
    /// JSONata gives no value: no by `and` and `or`, an error on its own.
    Undefined,
    /// The execution fails.
    Fails,
}

impl From<bool> for Truth {
    fn from(yes: bool) -> Self {
        if yes { Self::True } else { Self::False }
    }
}

/// How two strings sort: by UTF-16 code units, in both languages.
pub(super) fn order(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// The instant that a string stands for, where it is a timestamp of RFC 3339.
pub(super) fn instant(text: &str) -> Option<Timestamp> {
    (text.as_bytes().get(10) == Some(&b'T'))
        .then(|| text.parse().ok())
        .flatten()
}

/// Whether an order is the one asked for.
fn is(comparison: Comparison, order: Option<Ordering>) -> bool {
    order.is_some_and(|order| match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::Less => order.is_lt(),
        Comparison::Greater => order.is_gt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::GreaterOrEqual => order.is_ge(),
        _ => false,
    })
}

impl Test {
    /// The answers that a value may give; several where the case does not say enough.
    pub(super) fn answers(&self, case: &Case) -> &'static [Truth] {
        const EITHER: &[Truth] = &[Truth::True, Truth::False];
        let answer = match self {
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
                Case::OtherText { .. } if pattern.is_everything() => Truth::True,
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
            Self::Holds => match case {
                Case::Missing => Truth::Undefined,
                Case::Bool(holds) => (*holds).into(),
                _ => return &[Truth::True, Truth::False, Truth::Fails],
            },
            // Whatever is compared with nothing is neither equal nor different.
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
        match answer {
            Truth::True => &[Truth::True],
            Truth::False => &[Truth::False],
            Truth::Undefined => &[Truth::Undefined],
            Truth::Fails => &[Truth::Fails],
        }
    }

    /// Whether a value of this kind is what the question reckons with.
    pub(super) fn expects(&self, case: &Case) -> bool {
        let literal = match self {
            Self::Opaque | Self::Exists | Self::Is(Comparison::IsPresent, _) => return true,
            Self::Is(..) => return *case != Case::Missing,
            Self::Text(..) | Self::Matches(_) => {
                return matches!(case, Case::Text(_) | Case::OtherText { .. });
            }
            Self::Time(..) => return time_of(case).is_some(),
            Self::Number(..) => return matches!(case, Case::Number(_)),
            Self::Boolean(_) | Self::Holds => return matches!(case, Case::Bool(_)),
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

fn text_of(case: &Case, comparison: Comparison, operand: &str) -> bool {
    match case {
        Case::Text(text) => is(comparison, Some(order(text, operand))),
        Case::OtherText { like, .. } => is(comparison, Some(order(like, operand))),
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
