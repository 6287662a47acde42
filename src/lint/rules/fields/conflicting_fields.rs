//! `conflicting-fields`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// Mutually exclusive fields are both present.
    ///
    /// ## What it does
    ///
    /// Reports `Next` next to `End`, a field next to its `…Path` counterpart, two durations of a Wait state, and two operators
    /// of a Choice rule.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition, since it cannot decide which of the fields applies.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Wait", "Seconds": 1, "SecondsPath": "$.s", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Wait", "SecondsPath": "$.s", "End": true}}}
    /// ```
    pub static RULE = {
        name: "conflicting-fields",
        family: Fields,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Unsafe,
        check: Check::Schema,
    }
}
