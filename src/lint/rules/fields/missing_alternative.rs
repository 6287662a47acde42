//! `missing-alternative`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// None of several alternative fields is present.
    ///
    /// ## What it does
    ///
    /// Reports a state with neither `Next` nor `End`, a Wait state without a duration, and a Choice rule without an
    /// operator.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "missing-alternative",
        family: Fields,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Unsafe,
        check: Check::Schema,
    }
}
