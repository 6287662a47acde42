//! `invalid-value`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A field has an invalid value.
    ///
    /// ## What it does
    ///
    /// Reports values that a field does not allow, such as an unknown `Type` or `JitterStrategy`.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
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
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::Schema,
    }
}
