//! The text of the file: what the reader met.

use crate::lint::rule::rules;

rules! {
    duplicate_key,
    invalid_syntax,
    too_deeply_nested,
    unknown_rule_in_comment,
}
