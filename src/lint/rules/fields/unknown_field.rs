//! `unknown-field`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A state or another object has an unknown field.
    ///
    /// ## What it does
    ///
    /// Reports a field that the state type or the object that contains it does not have.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition. Usually the name is misspelled, or the field belongs to another
    /// state type.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Nxt": "B", "End": true}}}
    /// ```
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Retry": [], "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-field",
        family: Fields,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Either,
        check: Check::Schema,
    }
}
