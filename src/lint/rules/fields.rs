//! Which fields an object has, their types and ranges. [`crate::lint::schema`] finds these.

use crate::lint::rule::rules;

rules! {
    conflicting_fields,
    empty_value,
    invalid_timestamp,
    invalid_value,
    missing_alternative,
    missing_field,
    out_of_range,
    query_language_downgrade,
    unknown_field,
    wrong_query_language,
    wrong_type,
}
