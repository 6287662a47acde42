//! `unused-substitution`

use crate::template::IssueKind;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A substitution is never used.
    ///
    /// ## What it does
    ///
    /// Reports a name in `DefinitionSubstitutions` that no `${Name}` of the definition uses.
    ///
    /// ## Why is this bad?
    ///
    /// Often the definition has a different spelling of the name, so a placeholder remains in it. Otherwise the
    /// substitution is obsolete.
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
    ///         States: {A: {Type: Succeed}}
    ///       DefinitionSubstitutions: {Table: !Ref Orders}
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
    ///         States: {A: {Type: Task, Resource: "${Arn}", End: true}}
    ///       DefinitionSubstitutions: {Arn: !GetAtt Function.Arn}
    /// ```
    pub static RULE = {
        name: "unused-substitution",
        family: Resource,
        severity: Warning,
        check: Check::Template(IssueKind::UnusedSubstitution),
    }
}
