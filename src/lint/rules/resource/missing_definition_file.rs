//! `missing-definition-file`

use crate::template::IssueKind;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// The file of a definition does not exist.
    ///
    /// ## What it does
    ///
    /// Reports a `DefinitionUri` (or `${file(…)}`, `file(…)`) whose file does not exist, relative to the directory of
    /// the template.
    ///
    /// ## Why is this bad?
    ///
    /// Packaging the template fails, unless a build step creates the file first.
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
        check: Check::Template(IssueKind::MissingFile),
    }
}
