//! `out-of-range`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A number lies outside its range, or a text is too long.
    ///
    /// ## What it does
    ///
    /// Reports numbers below a field's minimum or above its maximum, and strings beyond their length.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition.
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
        aws: AwsCode::Refused("SCHEMA_VALIDATION_FAILED"),
        check: Check::Schema,
    }
}
