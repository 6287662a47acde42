//! `invalid-timestamp`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A timestamp is not in RFC 3339's form.
    ///
    /// ## What it does
    ///
    /// Reports timestamps that lack the capital `T`, the `Z` or offset, or that name no real date or time.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Wait", "Timestamp": "2026-13-01 00:00:00", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Wait", "Timestamp": "2026-12-01T00:00:00Z", "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-timestamp",
        family: Fields,
        severity: Error,
        aws: AwsCode::Refused("SCHEMA_VALIDATION_FAILED"),
        check: Check::Schema,
    }
}
