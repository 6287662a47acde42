//! `invalid-timestamp`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A timestamp is not in RFC 3339 format.
    ///
    /// ## What it does
    ///
    /// Reports timestamps that lack the uppercase `T`, or the `Z` or offset, and dates or times that do not exist.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
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
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::Schema,
    }
}
