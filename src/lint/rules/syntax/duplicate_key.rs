//! `duplicate-key`

use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// An object has the same key twice.
    ///
    /// ## What it does
    ///
    /// Reports a key that stands in an object a second time.
    ///
    /// ## Why is this bad?
    ///
    /// JSON readers keep the last one and drop the others without a word: a state defined twice is lost.
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
        check: Check::Reader,
    }
}
