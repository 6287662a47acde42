//! `out-of-range`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A number is out of range, or a string is too long.
    ///
    /// ## What it does
    ///
    /// Reports numbers below the minimum or above the maximum of a field, and strings that exceed its maximum length.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": -1, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 0, "End": true}}}
    /// ```
    pub static RULE = {
        name: "out-of-range",
        family: Fields,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Unsafe,
        check: Check::Schema,
    }
}
