//! `misspelt-definition-file`

use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A definition's file is spelt with other letters in upper case.
    ///
    /// ## What it does
    ///
    /// Reports a `DefinitionUri` (or `${file(…)}`, `file(…)`) that differs from the name of the file only by case.
    ///
    /// ## Why is this bad?
    ///
    /// It works on macOS and Windows and fails on Linux, where most pipelines run.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::Serverless::StateMachine
    ///     Properties:
    ///       DefinitionUri: fixtures/template/Flow.asl.json
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::Serverless::StateMachine
    ///     Properties:
    ///       DefinitionUri: fixtures/template/flow.asl.json
    /// ```
    pub static RULE = {
        name: "misspelt-definition-file",
        family: Resource,
        severity: Warning,
        check: Check::Reader,
    }
}
