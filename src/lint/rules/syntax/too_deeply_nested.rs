//! `too-deeply-nested`

use crate::document::SyntaxErrorKind;
use crate::lint::aws::AwsCode;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// The file is nested more than 512 levels deep.
    ///
    /// ## What it does
    ///
    /// Reports where the nesting of arrays and objects exceeds 512 levels. Deeper levels are not checked.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS rejects definitions that are nested too deeply.
    ///
    pub static RULE = {
        name: "too-deeply-nested",
        family: Syntax,
        severity: Error,
        aws: AwsCode::TooDeeplyNested,
        check: Check::Syntax(SyntaxErrorKind::TooDeep),
    }
}
