//! Which fields an object has, their types and ranges. [`crate::lint::schema`] finds these.

use crate::lint::rule::Rule;

mod conflicting_fields;
mod empty_value;
mod invalid_timestamp;
mod invalid_value;
mod missing_alternative;
mod missing_field;
mod out_of_range;
mod query_language_downgrade;
mod unknown_field;
mod wrong_query_language;
mod wrong_type;

pub use conflicting_fields::CONFLICTING_FIELDS;
pub use empty_value::EMPTY_VALUE;
pub use invalid_timestamp::INVALID_TIMESTAMP;
pub use invalid_value::INVALID_VALUE;
pub use missing_alternative::MISSING_ALTERNATIVE;
pub use missing_field::MISSING_FIELD;
pub use out_of_range::OUT_OF_RANGE;
pub use query_language_downgrade::QUERY_LANGUAGE_DOWNGRADE;
pub use unknown_field::UNKNOWN_FIELD;
pub use wrong_query_language::WRONG_QUERY_LANGUAGE;
pub use wrong_type::WRONG_TYPE;

/// The family's rules.
pub const RULES: &[&Rule] = &[
    &CONFLICTING_FIELDS,
    &EMPTY_VALUE,
    &INVALID_TIMESTAMP,
    &INVALID_VALUE,
    &MISSING_ALTERNATIVE,
    &MISSING_FIELD,
    &OUT_OF_RANGE,
    &QUERY_LANGUAGE_DOWNGRADE,
    &UNKNOWN_FIELD,
    &WRONG_QUERY_LANGUAGE,
    &WRONG_TYPE,
];
