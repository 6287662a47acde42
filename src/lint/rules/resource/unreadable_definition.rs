//! `unreadable-definition`

use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A definition lies where it cannot be read.
    ///
    /// ## What it does
    ///
    /// Says which definition of a template was not checked, and why: it lies in S3, in a parameter, or outside the folder under check;
    /// or what the template puts together grows past 16 MiB and twice the length of its files, or a definition's conditions past 256 outcomes.
    ///
    /// ## Why is this bad?
    ///
    /// Nothing is wrong, but nothing was checked either.
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
        check: Check::Reader,
    }
}
