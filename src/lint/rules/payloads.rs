//! Rules about payload templates and literal data.

use crate::lint::rule::rules;

rules! {
    dollar_key_in_jsonata,
    duplicate_dollar_key,
    hardcoded_secret,
    literal_under_dollar_key,
    missing_dollar,
    path_in_plain_field,
    payload_too_large,
    static_result,
}
