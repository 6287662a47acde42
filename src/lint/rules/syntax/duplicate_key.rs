//! `duplicate-key`

use crate::document::SyntaxErrorKind;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An object contains the same key twice.
    ///
    /// ## What it does
    ///
    /// Reports the second occurrence of a key in an object.
    ///
    /// ## Why is this bad?
    ///
    /// JSON parsers use the last value and silently ignore the others, so the first definition of a state is lost.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}, "A": {"Type": "Succeed"}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "duplicate-key",
        family: Syntax,
        severity: Warning,
        check: Check::Syntax(SyntaxErrorKind::DuplicateKey),
    }
}
