//! The 39 comparison operators of a JSONPath Choice rule.
//!
//! States Language, "Data-test expression"; developer guide, "Choice workflow state".

/// A comparison.
#[derive(Debug, PartialEq, Eq)]
pub struct Operator {
    /// The key in a rule.
    pub name: &'static str,
    /// The type that both operands must have; for a type test, that of the value of the key.
    pub operand: Operand,
    /// The comparison.
    pub comparison: Comparison,
    /// The value of the key is a path to the operand.
    pub is_path: bool,
}

/// The type of an operand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operand {
    /// A string.
    String,
    /// A number.
    Numeric,
    /// `true` or `false`.
    Boolean,
    /// A string that is an RFC 3339 timestamp.
    Timestamp,
}

/// The relation that an operator tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Equal.
    Equal,
    /// Less than.
    Less,
    /// Greater than.
    Greater,
    /// Less or equal.
    LessOrEqual,
    /// Greater or equal.
    GreaterOrEqual,
    /// Matches a pattern in which `*` matches any characters.
    Matches,
    /// Is `null`.
    IsNull,
    /// The path selects a value.
    IsPresent,
    /// Is a number.
    IsNumeric,
    /// Is a string.
    IsString,
    /// Is a boolean.
    IsBoolean,
    /// Is a string that is a timestamp.
    IsTimestamp,
}

/// All operators, sorted by name.
pub static OPERATORS: [Operator; 39] = [
    Operator {
        name: "BooleanEquals",
        operand: Operand::Boolean,
        comparison: Comparison::Equal,
        is_path: false,
    },
    Operator {
        name: "BooleanEqualsPath",
        operand: Operand::Boolean,
        comparison: Comparison::Equal,
        is_path: true,
    },
    Operator {
        name: "IsBoolean",
        operand: Operand::Boolean,
        comparison: Comparison::IsBoolean,
        is_path: false,
    },
    Operator {
        name: "IsNull",
        operand: Operand::Boolean,
        comparison: Comparison::IsNull,
        is_path: false,
    },
    Operator {
        name: "IsNumeric",
        operand: Operand::Boolean,
        comparison: Comparison::IsNumeric,
        is_path: false,
    },
    Operator {
        name: "IsPresent",
        operand: Operand::Boolean,
        comparison: Comparison::IsPresent,
        is_path: false,
    },
    Operator {
        name: "IsString",
        operand: Operand::Boolean,
        comparison: Comparison::IsString,
        is_path: false,
    },
    Operator {
        name: "IsTimestamp",
        operand: Operand::Boolean,
        comparison: Comparison::IsTimestamp,
        is_path: false,
    },
    Operator {
        name: "NumericEquals",
        operand: Operand::Numeric,
        comparison: Comparison::Equal,
        is_path: false,
    },
    Operator {
        name: "NumericEqualsPath",
        operand: Operand::Numeric,
        comparison: Comparison::Equal,
        is_path: true,
    },
    Operator {
        name: "NumericGreaterThan",
        operand: Operand::Numeric,
        comparison: Comparison::Greater,
        is_path: false,
    },
    Operator {
        name: "NumericGreaterThanEquals",
        operand: Operand::Numeric,
        comparison: Comparison::GreaterOrEqual,
        is_path: false,
    },
    Operator {
        name: "NumericGreaterThanEqualsPath",
        operand: Operand::Numeric,
        comparison: Comparison::GreaterOrEqual,
        is_path: true,
    },
    Operator {
        name: "NumericGreaterThanPath",
        operand: Operand::Numeric,
        comparison: Comparison::Greater,
        is_path: true,
    },
    Operator {
        name: "NumericLessThan",
        operand: Operand::Numeric,
        comparison: Comparison::Less,
        is_path: false,
    },
    Operator {
        name: "NumericLessThanEquals",
        operand: Operand::Numeric,
        comparison: Comparison::LessOrEqual,
        is_path: false,
    },
    Operator {
        name: "NumericLessThanEqualsPath",
        operand: Operand::Numeric,
        comparison: Comparison::LessOrEqual,
        is_path: true,
    },
    Operator {
        name: "NumericLessThanPath",
        operand: Operand::Numeric,
        comparison: Comparison::Less,
        is_path: true,
    },
    Operator {
        name: "StringEquals",
        operand: Operand::String,
        comparison: Comparison::Equal,
        is_path: false,
    },
    Operator {
        name: "StringEqualsPath",
        operand: Operand::String,
        comparison: Comparison::Equal,
        is_path: true,
    },
    Operator {
        name: "StringGreaterThan",
        operand: Operand::String,
        comparison: Comparison::Greater,
        is_path: false,
    },
    Operator {
        name: "StringGreaterThanEquals",
        operand: Operand::String,
        comparison: Comparison::GreaterOrEqual,
        is_path: false,
    },
    Operator {
        name: "StringGreaterThanEqualsPath",
        operand: Operand::String,
        comparison: Comparison::GreaterOrEqual,
        is_path: true,
    },
    Operator {
        name: "StringGreaterThanPath",
        operand: Operand::String,
        comparison: Comparison::Greater,
        is_path: true,
    },
    Operator {
        name: "StringLessThan",
        operand: Operand::String,
        comparison: Comparison::Less,
        is_path: false,
    },
    Operator {
        name: "StringLessThanEquals",
        operand: Operand::String,
        comparison: Comparison::LessOrEqual,
        is_path: false,
    },
    Operator {
        name: "StringLessThanEqualsPath",
        operand: Operand::String,
        comparison: Comparison::LessOrEqual,
        is_path: true,
    },
    Operator {
        name: "StringLessThanPath",
        operand: Operand::String,
        comparison: Comparison::Less,
        is_path: true,
    },
    Operator {
        name: "StringMatches",
        operand: Operand::String,
        comparison: Comparison::Matches,
        is_path: false,
    },
    Operator {
        name: "TimestampEquals",
        operand: Operand::Timestamp,
        comparison: Comparison::Equal,
        is_path: false,
    },
    Operator {
        name: "TimestampEqualsPath",
        operand: Operand::Timestamp,
        comparison: Comparison::Equal,
        is_path: true,
    },
    Operator {
        name: "TimestampGreaterThan",
        operand: Operand::Timestamp,
        comparison: Comparison::Greater,
        is_path: false,
    },
    Operator {
        name: "TimestampGreaterThanEquals",
        operand: Operand::Timestamp,
        comparison: Comparison::GreaterOrEqual,
        is_path: false,
    },
    Operator {
        name: "TimestampGreaterThanEqualsPath",
        operand: Operand::Timestamp,
        comparison: Comparison::GreaterOrEqual,
        is_path: true,
    },
    Operator {
        name: "TimestampGreaterThanPath",
        operand: Operand::Timestamp,
        comparison: Comparison::Greater,
        is_path: true,
    },
    Operator {
        name: "TimestampLessThan",
        operand: Operand::Timestamp,
        comparison: Comparison::Less,
        is_path: false,
    },
    Operator {
        name: "TimestampLessThanEquals",
        operand: Operand::Timestamp,
        comparison: Comparison::LessOrEqual,
        is_path: false,
    },
    Operator {
        name: "TimestampLessThanEqualsPath",
        operand: Operand::Timestamp,
        comparison: Comparison::LessOrEqual,
        is_path: true,
    },
    Operator {
        name: "TimestampLessThanPath",
        operand: Operand::Timestamp,
        comparison: Comparison::Less,
        is_path: true,
    },
];

impl Operator {
    /// The operator with a name.
    pub fn from_name(key: &str) -> Option<&'static Self> {
        OPERATORS
            .binary_search_by(|o| o.name.cmp(key))
            .ok()
            .map(|i| &OPERATORS[i])
    }

    /// Whether it tests the type or presence of a value instead of comparing two values.
    pub const fn is_type_test(&self) -> bool {
        use Comparison::{IsBoolean, IsNull, IsNumeric, IsPresent, IsString, IsTimestamp};
        matches!(
            self.comparison,
            IsNull | IsPresent | IsNumeric | IsString | IsBoolean | IsTimestamp
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert!(OPERATORS.is_sorted_by(|a, b| a.name < b.name));
        assert!(OPERATORS.iter().all(|o| Operator::from_name(o.name) == Some(o)));
        assert_eq!(OPERATORS.iter().filter(|o| o.is_path).count(), 16);
        assert_eq!(Operator::from_name("StringMatchesPath"), None);
    }
}
