//! The text of the file: what the reader met.

super::rules! {
    duplicate_key,
    invalid_syntax,
    too_deeply_nested,
    unknown_rule_in_comment,
}
