//! `unknown-rule-in-comment`

use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// `asl-ignore:` in a `Comment` names an unknown rule.
    ///
    /// ## What it does
    ///
    /// Reports names after `asl-ignore:` that are not rules.
    ///
    /// ## Why is this bad?
    ///
    /// The comment suppresses nothing, usually because the name is misspelled.
    ///
    /// ## Fails
    ///
    /// ```json
    /// {"Comment": "asl-ignore: unreachable-stat", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```json
    /// {"Comment": "asl-ignore: unreachable-state", "StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}
    /// ```
    pub static RULE = {
        name: "unknown-rule-in-comment",
        family: Syntax,
        severity: Warning,
        check: Check::Linter,
    }
}
