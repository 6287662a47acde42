//! `undefined-substitution`

use crate::template::IssueKind;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A definition contains a `${Name}` without a substitution.
    ///
    /// ## What it does
    ///
    /// Reports `${Name}` in the definition of a template where `DefinitionSubstitutions` (or the variables of `templatefile`) has no `Name`.
    ///
    /// ## Why is this bad?
    ///
    /// The placeholder remains in the deployed definition: a Task would call a function with the name `${Name}`.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::Serverless::StateMachine
    ///     Properties:
    ///       Definition:
    ///         StartAt: A
    ///         States: {A: {Type: Task, Resource: "${FunctionArn}", End: true}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::Serverless::StateMachine
    ///     Properties:
    ///       Definition:
    ///         StartAt: A
    ///         States: {A: {Type: Task, Resource: "${FunctionArn}", End: true}}
    ///       DefinitionSubstitutions: {FunctionArn: !GetAtt Function.Arn}
    /// ```
    pub static RULE = {
        name: "undefined-substitution",
        family: Resource,
        severity: Warning,
        check: Check::Template(IssueKind::UndefinedSubstitution),
    }
}
