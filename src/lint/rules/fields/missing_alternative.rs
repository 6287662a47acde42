//! `missing-alternative`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// One of several fields must be given, and none is.
    ///
    /// ## What it does
    ///
    /// Reports a state with neither `Next` nor `End`, a Wait without a duration, a Choice rule without an operator.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses the definition.
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
        aws: AwsCode::Refused("SCHEMA_VALIDATION_FAILED"),
        check: Check::Schema,
    }
}
