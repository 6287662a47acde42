//! `missing-role`

use crate::lint::finding::{Finding, Findings};
use crate::lint::rule::{Check, declare_rule};
use crate::template::{Resource, Setting};

declare_rule! {
    /// A state machine has no IAM role.
    ///
    /// ## What it does
    ///
    /// Reports an `AWS::StepFunctions::StateMachine` without `RoleArn`, and an `aws_sfn_state_machine` without `role_arn`.
    ///
    /// ## Why is this bad?
    ///
    /// Deployment fails: AWS requires a role, unless a macro of the template adds one.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
    ///       Definition:
    ///         StartAt: A
    ///         States: {A: {Type: Succeed}}
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
    ///       RoleArn: !GetAtt Role.Arn
    ///       Definition:
    ///         StartAt: A
    ///         States: {A: {Type: Succeed}}
    /// ```
    pub static RULE = {
        name: "missing-role",
        family: Resource,
        severity: Warning,
        check: Check::Resource(check),
    }
}

fn check(resource: &Resource, findings: &mut Findings<'_>) {
    if resource.configuration.role == Setting::Absent {
        let message = format!("state machine `{}` has no role", resource.name);
        findings.add(
            Finding::new(resource.name_span, message)
                .help("add `RoleArn`")
                .requires_whole_file(),
        );
    }
}
