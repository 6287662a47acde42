//! `unknown-field`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A field does not exist here.
    ///
    /// ## What it does
    ///
    /// Reports a field that the state's type, or the object it stands in, does not have.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition. Most often the name is misspelt, or the field belongs to another type of state.
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
        aws: AwsCode::Refused("SCHEMA_VALIDATION_FAILED"),
        check: Check::Schema,
    }
}
