//! `missing-definition-file`

use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// The file of a definition is not there.
    ///
    /// ## What it does
    ///
    /// Reports a `DefinitionUri` (or `${file(…)}`, `file(…)`) whose file does not exist, relative to the template's folder.
    ///
    /// ## Why is this bad?
    ///
    /// Packaging the template fails, unless a build puts the file there first.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::Serverless::StateMachine
    ///     Properties:
    ///       DefinitionUri: fixtures/template/absent.asl.json
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
        name: "missing-definition-file",
        family: Resource,
        severity: Warning,
        check: Check::Reader,
    }
}
