//! `invalid-syntax`

use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// The file's text is not valid JSON, or not valid YAML.
    ///
    /// ## What it does
    ///
    /// Reports each place where the reader had to give up or to guess.
    ///
    /// ## Why is this bad?
    ///
    /// AWS refuses a definition that is not JSON, with one message and the first place only. What comes after the fault may be
    /// read otherwise than it was meant.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true,}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "invalid-syntax",
        family: Syntax,
        severity: Error,
        aws: AwsCode::Refused("INVALID_JSON_DESCRIPTION"),
        check: Check::Reader,
    }
}
