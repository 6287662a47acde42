//! `definition-file-case`

use crate::template::IssueKind;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// The path of a definition file differs from the file name in case.
    ///
    /// ## What it does
    ///
    /// Reports a `DefinitionUri` (or `${file(…)}`, `file(…)`) that differs from the name of the file only in case.
    ///
    /// ## Why is this bad?
    ///
    /// The file is found on macOS and Windows, but not on Linux, where most deployment pipelines run.
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
        name: "definition-file-case",
        aliases: ["misspelt-definition-file"],
        family: Resource,
        severity: Warning,
        check: Check::Template(IssueKind::MisspeltFile),
    }
}
