//! `missing-field`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A required field is missing.
    ///
    /// ## What it does
    ///
    /// Reports an object without a field that an object of its kind requires.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects the definition.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage", "Parameters": {"QueueUrl": "https://example.com/q", "MessageBody": "hello"}, "TimeoutSeconds": 30, "End": true}}}
    /// ```
    pub static RULE = {
        name: "missing-field",
        family: Fields,
        severity: Error,
        aws: AwsCode::SchemaValidationFailed,
        fix: Unsafe,
        check: Check::Schema,
    }
}
