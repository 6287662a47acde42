//! `empty-value`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A list or an object is empty where it must not be.
    ///
    /// ## What it does
    ///
    /// Reports empty `States`, `Choices`, `Branches`, `ErrorEquals`, and similar fields.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, {"StartAt": "C", "States": {"C": {"Type": "Pass", "End": true}}}], "End": true}}}
    /// ```
    pub static RULE = {
        name: "empty-value",
        family: Fields,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        check: Check::Schema,
    }
}
