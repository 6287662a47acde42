//! Rules about the text of a file, whose errors the reader reports.

use crate::lint::rule::rules;

rules! {
    duplicate_key,
    invalid_syntax,
    too_deeply_nested,
    unknown_rule_in_comment,
}
