//! `invalid-label`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// The `Label` of a Distributed Map is too long or contains invalid characters.
    ///
    /// ## What it does
    ///
    /// Reports labels of more than 40 characters, and labels with whitespace, control characters, or one of `? * < > {
    /// } [ ] : ; , \ | ^ ~ $ # % & " `` ` ``.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition, since the label becomes part of the ARN of the Map Run.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "Label": "my label", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Map", "Label": "my-label", "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "B", "States": {"B": {"Type": "Pass", "End": true}}}, "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-label",
        family: Map,
        severity: Error,
        aws: AwsCode::InvalidLabelName,
        fix: Unsafe,
        check: Check::Schema,
    }
}
