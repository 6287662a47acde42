//! `excess-permission`

use super::action_list;
use crate::lint::finding::{Finding, Findings};
use crate::lint::role_report::RoleReport;
use crate::lint::rule::{Check, declare_rule};

declare_rule! {
    /// A role allows an action that no state needs.
    ///
    /// ## What it does
    ///
    /// Compares the role of a state machine, if its policies are in the same template, with what the states need. Reports an
    /// action that no state machine with this role uses on the resources of the statement. Nothing is reported if other
    /// resources use the role, too.
    ///
    /// ## Why is this bad?
    ///
    /// Anyone who can change the definition or its input can use the permission for other purposes.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Queue: {Type: AWS::SQS::Queue}
    ///   Role:
    ///     Type: AWS::IAM::Role
    ///     Properties:
    ///       AssumeRolePolicyDocument: {}
    ///       Policies:
    ///         - PolicyName: main
    ///           PolicyDocument:
    ///             Statement:
    ///               - {Effect: Allow, Action: ["sqs:SendMessage", "sqs:DeleteMessage"], Resource: !GetAtt Queue.Arn}
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
    ///       RoleArn: !GetAtt Role.Arn
    ///       Definition:
    ///         StartAt: Send
    ///         States:
    ///           Send:
    ///             Type: Task
    ///             Resource: arn:aws:states:::sqs:sendMessage
    ///             Parameters: {QueueUrl: !Ref Queue, MessageBody: a}
    ///             End: true
    /// ```
    ///
    /// ## Passes
    ///
    /// ```yaml
    /// Resources:
    ///   Queue: {Type: AWS::SQS::Queue}
    ///   Role:
    ///     Type: AWS::IAM::Role
    ///     Properties:
    ///       AssumeRolePolicyDocument: {}
    ///       Policies:
    ///         - PolicyName: main
    ///           PolicyDocument:
    ///             Statement: [{Effect: Allow, Action: ["sqs:SendMessage"], Resource: !GetAtt Queue.Arn}]
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
    ///       RoleArn: !GetAtt Role.Arn
    ///       Definition:
    ///         StartAt: Send
    ///         States:
    ///           Send:
    ///             Type: Task
    ///             Resource: arn:aws:states:::sqs:sendMessage
    ///             Parameters: {QueueUrl: !Ref Queue, MessageBody: a}
    ///             End: true
    /// ```
    pub static RULE = {
        name: "excess-permission",
        family: Resource,
        severity: Info,
        fix: Unsafe,
        check: Check::Role(check),
    }
}

fn check(report: &RoleReport<'_>, findings: &mut Findings<'_>) {
    for excess in &report.findings.surplus.excess {
        let message = format!(
            "the role of `{}` allows `{}`, which no state needs",
            report.resource.name, excess.action
        );
        let fix = Some(excess)
            .filter(|excess| excess.is_own && excess.is_listed && excess.has_siblings)
            .and_then(|excess| action_list::remove(report.source, excess.span));
        findings.add(Finding::new(excess.span, message).help("remove the action").fix(fix));
    }
}
