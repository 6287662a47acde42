//! `wildcard-permission`

use super::action_list;
use crate::lint::finding::{Finding, Findings};
use crate::lint::role_report::RoleReport;
use crate::lint::rule::{Check, declare_rule};

/// The action whose resources decide which rights can be passed on.
const PASS_ROLE: &str = "iam:PassRole";

declare_rule! {
    /// A role allows all actions of a kind, or passes every role.
    ///
    /// ## What it does
    ///
    /// Reports a pattern of actions, such as `dynamodb:*`, and `iam:PassRole` on `*`, in the role of a state machine if its
    /// policies are in the same template.
    ///
    /// ## Why is this bad?
    ///
    /// The role permits far more than the states need. Security Hub reports such policies (controls IAM.1 and IAM.21),
    /// and a role that can pass every role has the permissions of all of them.
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
    ///             Statement: [{Effect: Allow, Action: "sqs:*", Resource: !GetAtt Queue.Arn}]
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
    ///             Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn}]
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
        name: "wildcard-permission",
        family: Resource,
        severity: Warning,
        fix: Unsafe,
        check: Check::Role(check),
    }
}

fn check(report: &RoleReport<'_>, findings: &mut Findings<'_>) {
    let machine = &report.resource.name;
    for wildcard in &report.findings.surplus.wildcard_actions {
        let action = &wildcard.action;
        let control = if action == "*" { "IAM.1" } else { "IAM.21" };
        let message = format!("the role of `{machine}` allows all actions that match `{action}`");
        let fix = Some(wildcard)
            .filter(|wildcard| wildcard.is_own)
            .and_then(|wildcard| action_list::replace(report.source, wildcard.span, wildcard.is_listed, &wildcard.needed));
        findings.add(
            Finding::new(wildcard.span, message)
                .help(format!(
                    "list the actions that the states need, which `asl iam` prints (Security Hub control {control})"
                ))
                .fix(fix),
        );
    }
    for wildcard in &report.findings.surplus.wildcard_resources {
        if wildcard.action == PASS_ROLE {
            let message = format!("the role of `{machine}` can pass every role");
            findings.add(Finding::new(wildcard.span, message).help(
                "list the roles that the states pass, which `asl iam` prints (Security Hub control IAM.21)",
            ));
        }
    }
}
