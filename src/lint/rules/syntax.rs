//! The text of the file: what the reader met.

use crate::lint::rule::Rule;

mod duplicate_key;
mod invalid_syntax;
mod too_deeply_nested;
mod unknown_rule_in_comment;

pub use duplicate_key::DUPLICATE_KEY;
pub use invalid_syntax::INVALID_SYNTAX;
pub use too_deeply_nested::TOO_DEEPLY_NESTED;
pub use unknown_rule_in_comment::UNKNOWN_RULE_IN_COMMENT;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &DUPLICATE_KEY,
    &INVALID_SYNTAX,
    &TOO_DEEPLY_NESTED,
    &UNKNOWN_RULE_IN_COMMENT,
];
