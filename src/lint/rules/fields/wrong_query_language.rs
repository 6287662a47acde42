//! `wrong-query-language`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A field belongs to the other query language.
    ///
    /// ## What it does
    ///
    /// Reports JSONPath fields in JSONata states and JSONata fields in JSONPath states. A state uses its own
    /// `QueryLanguage`, or that of the state machine, however deeply it is nested.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "Output": {"ok": true}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"QueryLanguage": "JSONata", "StartAt": "A", "States": {"A": {"Type": "Pass", "Output": {"ok": true}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "wrong-query-language",
        family: Fields,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Unsafe,
        check: Check::Schema,
    }
}
