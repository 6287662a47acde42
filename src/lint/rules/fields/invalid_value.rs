//! `invalid-value`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A field takes only certain values, and this is none of them.
    ///
    /// ## What it does
    ///
    /// Reports values outside a field's list: an unknown `Type`, a `JitterStrategy` that does not exist.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pas", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-value",
        family: Fields,
        severity: Error,
        aws: AwsCode::Refused("SCHEMA_VALIDATION_FAILED"),
        check: Check::Schema,
    }
}
