//! `undefined-substitution`

use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A definition holds a `${Name}` that nothing is put in for.
    ///
    /// ## What it does
    ///
    /// Reports `${Name}` in the definition of a template where `DefinitionSubstitutions` (or the variables of `templatefile`) has no `Name`.
    ///
    /// ## Why is this bad?
    ///
    /// The text stays as it is: a Task would call a function of the name `${Name}`.
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
        check: Check::Reader,
    }
}
