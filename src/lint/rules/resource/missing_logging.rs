//! `missing-logging`

use super::logging;
use crate::lint::finding::Findings;
use crate::lint::rule::{Check, declare_rule};
use crate::spec::WorkflowType;
use crate::template::Resource;

declare_rule! {
    /// A state machine has no logging.
    ///
    /// ## What it does
    ///
    /// Reports a Standard state machine of a template without logging, or with the log level `OFF`.
    ///
    /// ## Why is this bad?
    ///
    /// Execution histories are deleted after 90 days and cannot be searched; logs can.
    ///
    /// ## Fails
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
    ///       LoggingConfiguration:
    ///         Level: ERROR
    ///         Destinations: [{CloudWatchLogsLogGroup: {LogGroupArn: !GetAtt Logs.Arn}}]
    /// ```
    pub static RULE = {
        name: "missing-logging",
        family: Resource,
        severity: Info,
        advice: true,
        check: Check::Resource(check),
    }
}

fn check(resource: &Resource, findings: &mut Findings<'_>) {
    if let Some(finding) = logging::missing(resource, WorkflowType::Standard, "state machine") {
        findings.add(finding);
    }
}
