//! `missing-permission`

use super::action_list;
use crate::aws::iam::requirement::Necessity;
use crate::iam::DenialReason;
use crate::lint::finding::{Finding, Findings};
use crate::lint::role_report::RoleReport;
use crate::lint::rule::{Check, declare_rule};
use crate::prose;

declare_rule! {
    /// A role does not allow what a state needs.
    ///
    /// ## What it does
    ///
    /// Compares the role of a state machine, if its policies are in the same template, with what the states need. Reports an
    /// action that no statement allows on the resource, or that a statement denies. Nothing is reported if the role has policies
    /// that are unknown until deployment. `asl iam` prints the complete policy, and `asl iam --check` also reports permissions
    /// that are only needed to stop a job when its execution is stopped.
    ///
    /// ## Why is this bad?
    ///
    /// The task fails with `States.Permissions` or an access denied error of the service, or the state machine cannot be
    /// created.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Table: {Type: AWS::DynamoDB::Table}
    ///   Role:
    ///     Type: AWS::IAM::Role
    ///     Properties:
    ///       AssumeRolePolicyDocument: {}
    ///       Policies:
    ///         - PolicyName: main
    ///           PolicyDocument:
    ///             Statement: [{Effect: Allow, Action: "dynamodb:GetItem", Resource: !GetAtt Table.Arn}]
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
    ///       RoleArn: !GetAtt Role.Arn
    ///       Definition:
    ///         StartAt: Save
    ///         States:
    ///           Save:
    ///             Type: Task
    ///             Resource: arn:aws:states:::dynamodb:putItem
    ///             Parameters: {TableName: !Ref Table, Item: {}}
    ///             End: true
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// Resources:
    ///   Table: {Type: AWS::DynamoDB::Table}
    ///   Role:
    ///     Type: AWS::IAM::Role
    ///     Properties:
    ///       AssumeRolePolicyDocument: {}
    ///       Policies:
    ///         - PolicyName: main
    ///           PolicyDocument:
    ///             Statement: [{Effect: Allow, Action: "dynamodb:PutItem", Resource: !GetAtt Table.Arn}]
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
    ///       RoleArn: !GetAtt Role.Arn
    ///       Definition:
    ///         StartAt: Save
    ///         States:
    ///           Save:
    ///             Type: Task
    ///             Resource: arn:aws:states:::dynamodb:putItem
    ///             Parameters: {TableName: !Ref Table, Item: {}}
    ///             End: true
    /// ```
    pub static RULE = {
        name: "missing-permission",
        family: Resource,
        severity: Warning,
        fix: Unsafe,
        check: Check::Role(check),
    }
}

fn check(report: &RoleReport<'_>, findings: &mut Findings<'_>) {
    for missing in &report.findings.missing {
        if missing.necessity < Necessity::Required {
            continue;
        }
        let (action, users) = (&missing.action, report.users(&missing.origins));
        let verb = if missing.origins.len() > 1 { "need" } else { "needs" };
        let machine = &report.resource.name;
        let reason = match missing.reason {
            DenialReason::NotAllowed => format!("the role of `{machine}` does not allow"),
            DenialReason::Statement => format!("the role of `{machine}` denies"),
            DenialReason::Boundary => {
                format!("the permissions boundary of the role of `{machine}` does not allow")
            }
        };
        let message = format!("{users} {verb} `{action}`, which {reason}");
        let resources = prose::quoted_list(&missing.resources);
        let help = match missing.reason {
            DenialReason::NotAllowed => format!("add a statement that allows `{action}` on {resources}"),
            DenialReason::Statement => format!("remove the statement that denies `{action}` on {resources}"),
            DenialReason::Boundary => format!("allow `{action}` on {resources} in the permissions boundary"),
        };
        let fix = missing
            .addition
            .filter(|_| missing.reason == DenialReason::NotAllowed)
            .and_then(|place| action_list::add(report.source, place.span, place.is_listed, action));
        findings.add(
            Finding::new(report.resource.name_span, message)
                .help(help)
                .fix(fix)
                .requires_whole_file(),
        );
    }
}
