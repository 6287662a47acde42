//! Bounds for quantities: `<= 30s`, `12`, `> 0.0004`.

use std::fmt;

/// A bound for a quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound<T> {
    /// How the quantity compares with the limit.
    pub operator: Operator,
    /// The limit.
    pub limit: T,
}

/// A comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`, which is the default.
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    Greater,
}

/// The longer of two signs with a common start precedes the shorter.
const OPERATORS: [Operator; 5] = [
    Operator::AtMost,
    Operator::AtLeast,
    Operator::Less,
    Operator::Greater,
    Operator::Equal,
];

impl Operator {
    /// The sign.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::Greater => ">",
        }
    }
}

impl<T: PartialOrd> Bound<T> {
    /// A quantity that is fixed.
    pub const fn exactly(limit: T) -> Self {
        Self {
            operator: Operator::Equal,
            limit,
        }
    }

    /// Reads a bound whose limit `limit` reads.
    pub fn parse(text: &str, limit: impl FnOnce(&str) -> Option<T>) -> Option<Self> {
        let text = text.trim();
        let (operator, rest) = OPERATORS
            .into_iter()
            .find_map(|operator| Some((operator, text.strip_prefix(operator.as_str())?)))
            .unwrap_or((Operator::Equal, text));
        let limit = limit(rest.trim())?;
        Some(Self { operator, limit })
    }

    /// Whether a quantity satisfies it.
    pub fn is_satisfied_by(&self, quantity: &T) -> bool {
        match self.operator {
            Operator::Less => *quantity < self.limit,
            Operator::AtMost => *quantity <= self.limit,
            Operator::Equal => *quantity == self.limit,
            Operator::AtLeast => *quantity >= self.limit,
            Operator::Greater => *quantity > self.limit,
        }
    }

    /// The bound as text, with its limit written by `limit`. An equals sign is left out.
    pub fn to_text(&self, limit: impl FnOnce(&T) -> String) -> String {
        let limit = limit(&self.limit);
        match self.operator {
            Operator::Equal => limit,
            operator => format!("{} {limit}", operator.as_str()),
        }
    }
}

impl fmt::Display for Operator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_comparison_operators_with_limits() {
        let number = |text: &str| text.parse::<u64>().ok();
        let admitted = |text: &str| -> Option<Vec<u64>> {
            let bound = Bound::parse(text, number)?;
            Some((1..=3).filter(|n| bound.is_satisfied_by(n)).collect())
        };
        for (text, expected) in [
            ("< 2", Some(vec![1])),
            ("<=2", Some(vec![1, 2])),
            ("= 2", Some(vec![2])),
            ("2", Some(vec![2])),
            (">= 2", Some(vec![2, 3])),
            (" > 2 ", Some(vec![3])),
            ("=> 2", None),
            ("", None),
        ] {
            assert_eq!(admitted(text), expected, "{text}");
        }
    }
}
