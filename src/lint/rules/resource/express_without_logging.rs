//! `express-without-logging`

use super::logging;
use crate::lint::finding::Findings;
use crate::lint::rule::{Check, declare_rule};
use crate::spec::WorkflowType;
use crate::template::Resource;

declare_rule! {
    /// An Express state machine has no logging.
    ///
    /// ## What it does
    ///
    /// Reports an Express state machine of a template without logging, or with the log level `OFF`.
    ///
    /// ## Why is this bad?
    ///
    /// AWS keeps no history of Express executions: without logs, the cause of a failure cannot be determined.
    ///
    /// ## Fails
    ///
    /// ```yaml
    /// Resources:
    ///   Flow:
    ///     Type: AWS::StepFunctions::StateMachine
    ///     Properties:
    ///       StateMachineType: EXPRESS
    ///       RoleArn: !GetAtt Role.Arn
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
    ///       StateMachineType: EXPRESS
    ///       RoleArn: !GetAtt Role.Arn
    ///       Definition:
    ///         StartAt: A
    ///         States: {A: {Type: Succeed}}
    ///       LoggingConfiguration:
    ///         Level: ERROR
    ///         Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !GetAtt Logs.Arn}}]
    /// ```
    pub static RULE = {
        name: "express-without-logging",
        family: Resource,
        severity: Warning,
        check: Check::Resource(check),
    }
}

fn check(resource: &Resource, findings: &mut Findings<'_>) {
    if let Some(finding) = logging::missing(resource, WorkflowType::Express, "Express state machine") {
        findings.add(finding);
    }
}
