//! `invalid-syntax`

use crate::document::SyntaxErrorKind;
use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// The file is not valid JSON or YAML.
    ///
    /// ## What it does
    ///
    /// Reports each syntax error of the file.
    ///
    /// ## Why is this bad?
    ///
    /// AWS rejects a definition that is not valid JSON, and reports only the first error. Anything after a syntax error
    /// may be read differently than intended.
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
        aws: AwsCode::InvalidJsonDescription,
        fix: Safe,
        check: Check::Syntax(SyntaxErrorKind::Malformed),
    }
}
