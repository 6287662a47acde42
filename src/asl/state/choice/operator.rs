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
pub static OPERATORS: [Operator; 39] = {
    use Comparison::{
        Equal, Greater, GreaterOrEqual, IsBoolean, IsNull, IsNumeric, IsPresent, IsString, IsTimestamp, Less,
        LessOrEqual, Matches,
    };
    use Operand::{Boolean, Numeric, String, Timestamp};
    [
        operator("BooleanEquals", Boolean, Equal),
        path_operator("BooleanEqualsPath", Boolean, Equal),
        operator("IsBoolean", Boolean, IsBoolean),
        operator("IsNull", Boolean, IsNull),
        operator("IsNumeric", Boolean, IsNumeric),
        operator("IsPresent", Boolean, IsPresent),
        operator("IsString", Boolean, IsString),
        operator("IsTimestamp", Boolean, IsTimestamp),
        operator("NumericEquals", Numeric, Equal),
        path_operator("NumericEqualsPath", Numeric, Equal),
        operator("NumericGreaterThan", Numeric, Greater),
        operator("NumericGreaterThanEquals", Numeric, GreaterOrEqual),
        path_operator("NumericGreaterThanEqualsPath", Numeric, GreaterOrEqual),
        path_operator("NumericGreaterThanPath", Numeric, Greater),
        operator("NumericLessThan", Numeric, Less),
        operator("NumericLessThanEquals", Numeric, LessOrEqual),
        path_operator("NumericLessThanEqualsPath", Numeric, LessOrEqual),
        path_operator("NumericLessThanPath", Numeric, Less),
        operator("StringEquals", String, Equal),
        path_operator("StringEqualsPath", String, Equal),
        operator("StringGreaterThan", String, Greater),
        operator("StringGreaterThanEquals", String, GreaterOrEqual),
        path_operator("StringGreaterThanEqualsPath", String, GreaterOrEqual),
        path_operator("StringGreaterThanPath", String, Greater),
        operator("StringLessThan", String, Less),
        operator("StringLessThanEquals", String, LessOrEqual),
        path_operator("StringLessThanEqualsPath", String, LessOrEqual),
        path_operator("StringLessThanPath", String, Less),
        operator("StringMatches", String, Matches),
        operator("TimestampEquals", Timestamp, Equal),
        path_operator("TimestampEqualsPath", Timestamp, Equal),
        operator("TimestampGreaterThan", Timestamp, Greater),
        operator("TimestampGreaterThanEquals", Timestamp, GreaterOrEqual),
        path_operator("TimestampGreaterThanEqualsPath", Timestamp, GreaterOrEqual),
        path_operator("TimestampGreaterThanPath", Timestamp, Greater),
        operator("TimestampLessThan", Timestamp, Less),
        operator("TimestampLessThanEquals", Timestamp, LessOrEqual),
        path_operator("TimestampLessThanEqualsPath", Timestamp, LessOrEqual),
        path_operator("TimestampLessThanPath", Timestamp, Less),
    ]
};

/// An operator whose key contains the operand itself, or for a type test, a boolean.
const fn operator(name: &'static str, operand: Operand, comparison: Comparison) -> Operator {
    Operator {
        name,
        operand,
        comparison,
        is_path: false,
    }
}

/// An operator whose key contains a path to the operand.
const fn path_operator(name: &'static str, operand: Operand, comparison: Comparison) -> Operator {
    Operator {
        is_path: true,
        ..operator(name, operand, comparison)
    }
}

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
