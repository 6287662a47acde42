//! Payload templates and literal data.

use crate::lint::rule::Rule;

mod dollar_key_in_jsonata;
mod duplicate_dollar_key;
mod hardcoded_secret;
mod literal_under_dollar_key;
mod missing_dollar;
mod path_in_plain_field;
mod payload_too_large;
mod static_result;

pub use dollar_key_in_jsonata::DOLLAR_KEY_IN_JSONATA;
pub use duplicate_dollar_key::DUPLICATE_DOLLAR_KEY;
pub use hardcoded_secret::HARDCODED_SECRET;
pub use literal_under_dollar_key::LITERAL_UNDER_DOLLAR_KEY;
pub use missing_dollar::MISSING_DOLLAR;
pub use path_in_plain_field::PATH_IN_PLAIN_FIELD;
pub use payload_too_large::PAYLOAD_TOO_LARGE;
pub use static_result::STATIC_RESULT;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &DOLLAR_KEY_IN_JSONATA,
    &DUPLICATE_DOLLAR_KEY,
    &HARDCODED_SECRET,
    &LITERAL_UNDER_DOLLAR_KEY,
    &MISSING_DOLLAR,
    &PATH_IN_PLAIN_FIELD,
    &PAYLOAD_TOO_LARGE,
    &STATIC_RESULT,
];
