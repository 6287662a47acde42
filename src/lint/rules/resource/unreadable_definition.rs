//! `unreadable-definition`

use crate::template::IssueKind;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A definition cannot be read.
    ///
    /// ## What it does
    ///
    /// Reports a definition of a template that was not checked, with the reason: it is in Amazon S3, in a parameter, or
    /// outside the directory under check; or the expanded template exceeds 16 MiB and twice the length of its files, or
    /// the conditions of a definition have more than 256 outcomes.
    ///
    /// ## Why is this bad?
    ///
    /// The definition was not checked, so it may contain errors.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::Serverless::StateMachine
    ///     Properties:
    ///       DefinitionUri: s3://definitions/flow.asl.json
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
        name: "unreadable-definition",
        family: Resource,
        severity: Info,
        check: Check::Template(IssueKind::Unreadable),
    }
}
